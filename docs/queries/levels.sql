-- What is said of people: staff, age, opinions?
-- Every metric has a family; levels holds all of them.
select entity, metric, figure, period, quote
from levels
where family = 'people' and confidence >= 0.75
order by metric, entity, figure;
