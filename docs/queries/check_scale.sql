-- Which figures are a thousand times others?
select entity, metric, message
from check_scale;
