-- What companies and their businesses take in: every stated level.
create view revenues as
select
  entity,
  metric,
  segment,
  figure,
  period,
  modality,
  value_norm as usd,
  * exclude (family, entity, metric, segment, figure, period, modality, value_norm, unit_norm)
from levels
where metric in ('revenue', 'recurring_revenue');

comment on column revenues.usd is 'Value in USD, the lower end of a range; empty where no rate is known.';
