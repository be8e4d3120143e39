-- Exports and imports of places: every stated level.
create view trade_values as
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
where metric in ('export_value', 'import_value');

comment on column trade_values.usd is 'Value in USD, the lower end of a range; empty where no rate is known.';
