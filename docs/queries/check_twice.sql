-- Which amount is given to two times?
select entity, metric, message
from check_twice;
