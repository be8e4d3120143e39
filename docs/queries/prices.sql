-- What do products cost, in dollars?
select entity, figure, round(value_norm) as usd, dims['price_type'] as price_type
from prices
where entity_kind = 'product' and confidence >= 0.7 and value_norm < 1e6
order by usd desc, entity;
