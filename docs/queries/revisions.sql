-- Which forecasts were raised or cut?
select entity, metric, period, former_figure, figure, direction, round(change_percent, 1) as change_percent
from revisions
order by entity, metric;
