-- A price target that is said to lie so many percent above or below the price of the share, against the prices that the text gives.
create view check_target as
with compared as (
  select
    c.*,
    target.figure as target_figure,
    price.figure as price_figure,
    price.quote as other_quote,
    price.fact_id as other_fact_id,
    (target.value / price.value - 1) * 100 as expected,
    (target.lo / price.hi - 1) * 100 as lowest,
    (target.hi / price.lo - 1) * 100 as highest
  from intervals as c
  join intervals as target using (doc_id, entity_id, metric)
  join intervals as price using (doc_id, entity_id)
  where metric = 'price_target' and c.aspect = 'change' and c.unit = 'percent' and target.aspect = 'level'
    and c.quote = target.quote
    and price.metric = 'share_price' and price.aspect = 'level' and price.unit = target.unit and price.value > 0
)
select
  'target' as test,
  case
    when coalesce(hi >= lowest, true) and coalesce(lo <= highest, true) then 'pass'
    when abs(value - expected) < 3 then 'warn'
    else 'fail'
  end as status,
  entity,
  metric,
  'Stated is ' || figure || ', but ' || target_figure || ' is ' || printf('%+.1f %%', expected) || ' from ' || price_figure as message,
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
qualify row_number() over (partition by fact_id order by abs(value - expected)) = 1;
