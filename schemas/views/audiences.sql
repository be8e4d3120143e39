-- Users, customers, followers, views and downloads: every stated level.
create view audiences as
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
where metric in ('users', 'customers', 'followers', 'views', 'downloads');

comment on column audiences.number is 'Value, the lower end of a range.';
