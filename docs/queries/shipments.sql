-- How many cars, phones and tablets are sold?
select entity, metric, figure, period, geo, modality
from shipments
where confidence >= 0.7
order by entity, as_of nulls last, figure;
