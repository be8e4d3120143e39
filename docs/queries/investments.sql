-- Who raised money?
select entity, figure, period, attribution, title
from investments
where metric = 'capital_raised' and modality = 'actual'
order by usd desc, entity;
