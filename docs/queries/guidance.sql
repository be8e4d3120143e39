-- What was expected, and what came?
select entity, metric, period, guidance, forecast, actual, round(surprise_percent, 1) as surprise_percent
from guidance
order by entity, metric, period;
