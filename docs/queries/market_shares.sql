-- Who holds which part of a market?
select entity, figure, period, part_of, quote
from market_shares
order by percent desc, entity;
