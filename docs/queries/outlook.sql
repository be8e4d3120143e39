-- What is foretold, for when and by whom?
select horizon, entity, metric, figure, period, modality, attribution
from outlook
where horizon is not null
order by horizon, entity, metric, figure;
