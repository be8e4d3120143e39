-- Who raises, invests and spends how much?
select entity, metric, figure, period, modality, attribution
from investments
where confidence >= 0.7
order by usd desc nulls last, entity, metric;
