-- Who made or expects a loss?
select entity, period, figure, modality, usd
from profits
where usd < 0 and published > '2025-09-01'
order by usd, entity;
