-- What markets are worth: every stated level.
create view market_sizes as
select
  entity,
  metric,
  segment,
  figure,
  period,
  modality,
  value_norm as usd,
  * exclude (family, entity, metric, segment, figure, period, modality, value_norm, unit_norm)
from levels
where metric in ('market_size');

comment on column market_sizes.usd is 'Value in USD, the lower end of a range; empty where no rate is known.';
