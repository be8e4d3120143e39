-- Who makes a loss?
select entity, period, figure, modality, usd
from profits
where usd < 0 and confidence >= 0.7
order by usd, entity;
