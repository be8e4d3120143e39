-- What products cost: every stated level; dims says whether it is a starting price, or per month.
create view prices as
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
where metric in ('price');
