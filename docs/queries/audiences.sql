-- How many people use, follow or download what?
select entity, metric, figure, published
from audiences
where confidence >= 0.6
order by metric, number desc, entity;
