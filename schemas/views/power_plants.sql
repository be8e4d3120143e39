-- Power installed and energy generated: every stated level.
create view power_plants as
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
where metric in ('power_capacity', 'energy_output');
