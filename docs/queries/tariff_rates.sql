-- In which sentences do tariffs stand?
select entity, counterparty, figure, quote
from tariff_rates
order by percent desc, entity, quote;
