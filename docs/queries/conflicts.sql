-- Which statements contradict each other?
-- The guess says what may lie behind it.
select entity, metric, period, figure, other_figure, guess, title, other_title
from conflicts
order by entity, metric;
