-- Does the price-to-earnings ratio follow from price and earnings?
select entity, status, message
from check_pe_ratio;
