-- Market value lost or gained, as a part of the whole, against the move of the share in percent.
create view check_market_cap as
with moves as (
  select *
  from intervals
  where (metric = 'market_cap_change' or (metric in ('market_cap', 'valuation') and aspect = 'change'))
    and unit not in ('percent', 'percentage_point')
),
compared as (
  select
    share.*,
    moves.figure as moved_figure,
    whole.figure as whole_figure,
    moves.quote as other_quote,
    moves.fact_id as other_fact_id,
    moves.value / whole.value * 100 as of_former,                       -- the whole may be meant before the move
    moves.value / (whole.value - moves.value) * 100 as of_later,        -- or after it
    case when abs(share.value - of_former) < abs(share.value - of_later) then of_former else of_later end as expected,
    greatest(abs(moves.lo / moves.value - 1), abs(moves.hi / moves.value - 1), 0.005) + abs(whole.hi / whole.value - 1) as rounding
  from moves
  join intervals as whole using (doc_id, entity_id)
  join intervals as share using (doc_id, entity_id)
  where whole.metric in ('market_cap', 'valuation') and whole.aspect = 'level' and whole.unit = moves.unit
    and share.metric = 'share_price' and share.aspect = 'change' and share.unit = 'percent'
    and abs(moves."start" - whole."start") < 400
    and (moves.period_end = share.period_end or moves.period_end is null or share.period_end is null)
    and whole.value > abs(moves.value)
)
select
  'market_cap' as test,
  case
    when abs(value - expected) <= abs(expected) * rounding + (hi - lo) / 2 then 'pass'
    when abs(value - expected) <= abs(value) / 10 then 'warn'
    else 'fail'
  end as status,
  entity,
  metric,
  'The share moved ' || figure || ', but ' || moved_figure || ' of ' || whole_figure || ' is ' || printf('%+.1f %%', expected) as message,
  value as stated,
  expected,
  value - expected as difference,
  quote,
  other_quote,
  fact_id,
  other_fact_id,
  doc_id,
  doc_id as other_doc_id,
  entity_id
from compared
qualify row_number() over (partition by other_fact_id order by abs(value - expected)) = 1;
