-- Does the loss of market value fit the fall of the share?
select entity, status, message
from check_market_cap;
