-- What are companies worth?
select entity, metric, figure, as_of, attribution
from valuations
where confidence >= 0.7
order by usd desc nulls last, entity;
