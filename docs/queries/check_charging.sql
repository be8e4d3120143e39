-- Can a battery be charged as fast as is said?
select entity, status, message
from check_charging
order by status, entity;
