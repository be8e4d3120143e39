-- What companies are worth, on the exchange or to a buyer: every stated level.
create view valuations as
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
where metric in ('market_cap', 'valuation');

comment on column valuations.usd is 'Value in USD, the lower end of a range; empty where no rate is known.';
