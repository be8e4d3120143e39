-- Periods that don't fit: what is reported as done for a time to come, and results of a quarter that was long past when they were published.
create view check_period as
with dated as (
  select *, max(period_end) over (partition by doc_id, entity_id) as newest
  from intervals
  where modality = 'actual' and published is not null
),
odd as (
  select *,
    case
      when period_start > published and family in ('financials', 'market', 'audience', 'energy') then 'lies ahead'
      when regexp_matches(period, '^[0-9]{4}-[QH]') and published - period_end > 270 and period_end = newest
       and family = 'financials'
       and not regexp_matches(lower(quote), '\b(19|20)[0-9][0-9]\b|\b(last|previous) year\b|year (ago|earlier)') then 'is long past'
    end as fault
  from dated
)
select
  'period' as test,
  'warn' as status,
  entity,
  metric,
  figure || ' is said of ' || period || ', which ' || fault || ' on ' || published || ', when it was published' as message,
  null::double as stated,
  null::double as expected,
  null::double as difference,
  quote,
  null::varchar as other_quote,
  fact_id,
  null::varchar as other_fact_id,
  doc_id,
  null::varchar as other_doc_id,
  entity_id
from odd
where fault is not null;
