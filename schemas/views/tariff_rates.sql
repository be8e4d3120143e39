-- Duties in percent: every stated level, with who imposes it (counterparty) and the goods (segment).
create view tariff_rates as
select
  entity,
  metric,
  counterparty,
  segment,
  figure,
  period,
  modality,
  value_norm as percent,
  * exclude (family, entity, metric, counterparty, segment, figure, period, modality, value_norm, unit_norm)
from levels
where metric = 'tariff_rate';
