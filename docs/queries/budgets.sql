-- Which fees, fines and subsidies are there?
select entity, metric, figure, period, quote
from budgets
order by value_norm desc, entity;
