-- How much memory is on board?
select entity, figure, bytes / 1e9 as gb
from memory_sizes
order by bytes desc, entity;
