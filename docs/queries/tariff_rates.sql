-- In which sentences do tariffs stand?
select entity, counterparty, figure, quote
from tariff_rates
where confidence >= 0.7
order by percent desc, entity;
