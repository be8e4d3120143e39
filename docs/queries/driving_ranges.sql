-- Which electric cars announced for 2026 go farthest?
select entity, figure, dims['test_cycle'] as test_cycle, modality
from driving_ranges
where title like '%2026%'
order by km desc, entity;
