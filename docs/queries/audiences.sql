-- How many people use, follow or download what?
select entity, metric, figure, published
from audiences
order by metric, number desc, entity;
