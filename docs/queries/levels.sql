-- What is planned?
select entity, metric, figure, period, geo
from levels
where modality = 'planned' and confidence >= 0.7
order by entity, metric, figure;
