-- At which prices did shares trade, and where do analysts see them?
select entity, metric, figure, period, modality
from share_prices
order by entity, metric, as_of, figure;
