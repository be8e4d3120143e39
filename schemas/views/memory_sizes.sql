-- Memory of chips and devices: every stated level.
create view memory_sizes as
select
  entity,
  metric,
  segment,
  figure,
  period,
  modality,
  value_norm as bytes,
  * exclude (family, entity, metric, segment, figure, period, modality, value_norm, unit_norm)
from levels
where metric in ('memory_capacity');

comment on column memory_sizes.bytes is 'Memory in bytes, the lower end of a range.';
