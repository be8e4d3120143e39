-- Length, width, height, weight and screen size of products: every stated level.
create view dimensions as
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
where metric in ('length', 'width', 'height', 'wheelbase', 'weight', 'screen_size');
