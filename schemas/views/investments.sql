-- Money raised, invested, spent, and paid for companies: every stated level.
create view investments as
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
where metric in ('investment', 'capital_raised', 'deal_value', 'capital_expenditure', 'rd_spending', 'spending', 'share_buyback');

comment on column investments.usd is 'Value in USD, the lower end of a range; empty where no rate is known.';
