-- Which one figure stands for each thing that is known of Kestrel Motors?
-- Actual levels; forecasts and plans stand in rows of their own.
select metric, figure, period, confidence
from key_figures
where entity = 'Kestrel Motors' and aspect = 'level' and actual
order by metric;
