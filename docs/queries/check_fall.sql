-- Which counts fell that can only grow?
select entity, metric, message
from check_fall;
