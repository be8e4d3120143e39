-- How far vehicles go on one charge or tank: every stated level; dims says the test cycle.
create view driving_ranges as
select
  entity,
  metric,
  segment,
  figure,
  period,
  modality,
  value_norm as km,
  * exclude (family, entity, metric, segment, figure, period, modality, value_norm, unit_norm)
from levels
where metric in ('driving_range');

comment on column driving_ranges.km is 'Range in km, the lower end of a range.';
