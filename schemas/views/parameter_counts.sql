-- Parameters of AI models: every stated level.
create view parameter_counts as
select
  entity,
  metric,
  segment,
  figure,
  period,
  modality,
  value_norm as parameters,
  * exclude (family, entity, metric, segment, figure, period, modality, value_norm, unit_norm)
from levels
where metric in ('parameter_count');

comment on column parameter_counts.parameters is 'Parameters, the lower end of a range.';
