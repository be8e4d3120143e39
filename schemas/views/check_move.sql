-- A move that is stated in percent and as an amount, against the level beside it: "up 56 pence, or 7.6%, at 797 pence".
create view check_move as
with compared as (
  select
    percent.*,
    amount.figure as amount_figure,
    level.figure as level_figure,
    amount.fact_id as other_fact_id,
    amount.value / nullif(level.value - amount.value, 0) * 100 as after_move,
    amount.value / level.value * 100 as before_move,
    case when abs(percent.value - after_move) <= abs(percent.value - before_move) then after_move else before_move end as expected,
    coalesce((amount.hi - amount.lo) / 2 / abs(amount.value), 0) + coalesce((level.hi - level.lo) / 2 / level.value, 0) as rounding
  from intervals as percent
  join intervals as amount using (doc_id, entity_id, metric, quote)
  join intervals as level using (doc_id, entity_id, metric, quote)
  where percent.aspect = 'change' and percent.unit = 'percent'
    and amount.aspect = 'change' and amount.unit = level.unit and amount.value <> 0
    and level.aspect = 'level' and level.unit <> 'percent' and level.value > abs(amount.value)
)
select
  'move' as test,
  case
    when abs(value - expected) <= abs(expected) * rounding + coalesce((hi - lo) / 2, 0) then 'pass'
    when abs(value - expected) <= abs(expected) / 10 then 'warn'
    else 'fail'
  end as status,
  entity,
  metric,
  'Stated is ' || figure || ', but ' || amount_figure || ' beside ' || level_figure || ' is ' || printf('%+.2f %%', expected) as message,
  value as stated,
  expected,
  value - expected as difference,
  quote,
  quote as other_quote,
  fact_id,
  other_fact_id,
  doc_id,
  doc_id as other_doc_id,
  entity_id
from compared
qualify row_number() over (partition by fact_id order by abs(value - expected)) = 1;
