-- How big is the Maextro S800?
select metric, figure, value_norm, unit_norm
from dimensions
where entity = 'Maextro S800'
order by value_norm desc;
