-- Does a stated rise follow from the two levels?
select entity, metric, status, message
from check_change
order by status, entity;
