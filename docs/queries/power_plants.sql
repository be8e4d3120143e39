-- How much power is installed?
select entity, metric, figure, value_norm, unit_norm
from power_plants
order by entity, metric;
