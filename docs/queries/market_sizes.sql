-- What are markets worth, now and later?
select entity, figure, period, modality, attribution
from market_sizes
order by entity, period_end;
