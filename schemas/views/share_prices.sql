-- Prices of shares and targets for them: every stated level.
create view share_prices as
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
where metric in ('share_price', 'price_target');

comment on column share_prices.usd is 'Value in USD, the lower end of a range; empty where no rate is known.';
