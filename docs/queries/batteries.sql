-- Which batteries hold the most?
select distinct entity, figure, kwh
from batteries
order by kwh desc, entity
limit 6;
