-- Goods sold, made and ordered, in pieces: every stated level.
create view shipments as
select
  entity,
  metric,
  segment,
  figure,
  period,
  modality,
  value_norm as number,
  * exclude (family, entity, metric, segment, figure, period, modality, value_norm, unit_norm)
from levels
where metric in ('units_shipped', 'units_produced', 'preorders');

comment on column shipments.number is 'Value, the lower end of a range.';
