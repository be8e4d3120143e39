-- Price and earnings of one share against the price-to-earnings ratio that the text gives. Earnings of less than a year need not agree: info.
create view check_pe_ratio as
with compared as (
  select
    ratio.*,
    price.figure as price_figure,
    eps.figure as eps_figure,
    price.quote as other_quote,
    price.fact_id as other_fact_id,
    price.value / eps.value as expected,
    price.lo / eps.hi as lowest,
    price.hi / eps.lo as highest,
    coalesce(date_diff('day', eps.period_start, eps.period_end), 365) between 360 and 370 as whole_year
  from intervals as ratio
  join intervals as price using (doc_id, entity_id)
  join intervals as eps using (doc_id, entity_id)
  where ratio.metric = 'pe_ratio' and ratio.aspect = 'level'
    and price.metric = 'share_price' and price.aspect = 'level'
    and eps.metric = 'earnings_per_share' and eps.aspect = 'level' and eps.lo > 0 and eps.unit = price.unit
    and ratio.modality = eps.modality
)
select
  'pe_ratio' as test,
  case
    when hi >= lowest and lo <= highest then 'pass'
    when not whole_year then 'info'
    when abs(value - expected) <= expected / 20 then 'warn'
    else 'fail'
  end as status,
  entity,
  metric,
  'Stated is ' || figure || ', but ' || price_figure || ' by ' || eps_figure || ' is ' || printf('%.1f', expected)
    || case when whole_year then '' else '; those earnings are not of a whole year' end as message,
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
