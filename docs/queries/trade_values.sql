-- How much is exported?
select entity, segment, metric, figure, period
from trade_values
where confidence >= 0.6
order by entity, period_end, figure;
