-- Budgets, subsidies, taxes, fees and fines: every stated level.
create view budgets as
select
  entity,
  metric,
  segment,
  figure,
  period,
  modality,
  value_norm,
  unit_norm,
  * exclude (family, entity, metric, segment, figure, period, modality, value_norm, unit_norm)
from levels
where metric in ('budget', 'subsidy', 'tax', 'fee', 'fine');
