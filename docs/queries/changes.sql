-- What grew or fell by more than ten percent?
select entity, metric, figure, period, basis
from changes
where unit = 'percent' and abs(value) > 10 and confidence >= 0.7
order by abs(value) desc, entity;
