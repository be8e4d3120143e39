-- Net income, operating income and EBITDA: every stated level; a loss is negative.
create view profits as
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
where metric in ('net_income', 'operating_income', 'ebitda');

comment on column profits.usd is 'Value in USD, the lower end of a range; empty where no rate is known.';
