-- Shares of markets and of production: every stated level; part_of and geo say of what.
create view market_shares as
select
  entity,
  metric,
  segment,
  figure,
  period,
  modality,
  value_norm as percent,
  * exclude (family, entity, metric, segment, figure, period, modality, value_norm, unit_norm)
from levels
where metric in ('market_share', 'production_share');

comment on column market_shares.percent is 'Value in percent, the lower end of a range.';
