-- What batteries hold, in vehicles, phones and storage sites: every stated level.
create view batteries as
select
  entity,
  metric,
  segment,
  figure,
  period,
  modality,
  value_norm as kwh,
  * exclude (family, entity, metric, segment, figure, period, modality, value_norm, unit_norm)
from levels
where metric in ('battery_capacity');

comment on column batteries.kwh is 'Capacity in kWh, the lower end of a range.';
