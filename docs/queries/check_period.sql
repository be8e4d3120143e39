-- Which figures are of a time that doesn't fit?
select entity, metric, message
from check_period
order by entity, metric;
