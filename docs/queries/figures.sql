-- Which figures are forecasts, and who made them?
select entity, metric, figure, period, attribution
from figures
where modality = 'forecast' and attribution is not null and confidence >= 0.7
order by entity, metric, figure;
