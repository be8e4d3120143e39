-- What are companies worth?
select entity, metric, figure, as_of
from valuations
where as_of is not null and confidence >= 0.7
order by usd desc, entity;
