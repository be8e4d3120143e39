-- A stated change, in percent, times or an amount, against the two levels that the text gives.
create view check_change as
with changes as (
  select *
  from intervals
  where aspect in ('change', 'multiple') and unit <> 'percentage_point' and modality <> 'hypothetical'
    and not regexp_matches(before, '\bfrom\b[^.;]{0,20}$')         -- "slowed to 5% from 8%" is the earlier change
),
levels as (
  select *,
    regexp_matches(before,                                          -- "up from $3 billion", "against 40 a year ago"
      '\b(from|against|versus|compared (with|to)|year-earlier|previous|previously)\b[^.;:0-9]*$') as former,
    count(distinct value) over (partition by doc_id, quote, entity_id, metric, unit) as in_sentence
  from intervals
  where aspect = 'level' and value > 0
),
level_pairs as (        -- two in one sentence, else those of two periods of equal length
  select
    doc_id,
    entity_id,
    metric,
    new.unit as unit,
    old.figure as old_figure,
    new.figure as new_figure,
    new.quote as quote,
    new.moment as moment,
    new.quote = old.quote as one_sentence,
    old.quote as other_quote,
    old.fact_id as other_fact_id,
    new."start" as new_start,
    old."start" as old_start,
    new.value as new,
    new.lo as new_lo,
    new.hi as new_hi,
    old.value as old,
    nullif(greatest(old.lo, 0), 0) as old_lo,
    old.hi as old_hi,
    count(*) over (partition by new.fact_id) as choices
  from levels as new
  join levels as old using (doc_id, entity_id, metric, unit)
  where new.value <> old.value
    and new.segment is not distinct from old.segment
    and new.geo is not distinct from old.geo
    and new.modality = old.modality
    and case when new.quote = old.quote
             then new.in_sentence = 2 and (new.period_end > old.period_end or (old.former and not new.former))
             else abs(date_diff('day', old.period_start, new.period_start - interval 1 year)) < 4
              and abs(date_diff('day', old.period_end, new.period_end - interval 1 year)) < 4 end
),
compared as (
  select
    c.*,
    level_pairs.* exclude (doc_id, entity_id, metric, unit, quote, moment),
    case when level_pairs.unit = 'percent' then 'points' when c.unit = 'percent' then 'percent' when c.aspect = 'multiple' then 'times' else 'amount' end as kind,
    case kind when 'percent' then (new / old - 1) * 100 when 'times' then new / old else new - old end as expected,
    case kind when 'percent' then (new_lo / old_hi - 1) * 100 when 'times' then new_lo / old_hi else new_lo - old_hi end as lowest,
    case kind when 'percent' then (new_hi / old_lo - 1) * 100 when 'times' then new_hi / old_lo else new_hi - old_lo end as highest
  from changes as c
  join level_pairs using (doc_id, entity_id, metric)
  where c.quote = level_pairs.quote
    and not (metric = 'growth' and level_pairs.unit = 'percent')      -- itself a change
    and not regexp_matches(left(after, greatest(least(new_start, old_start) - c."end", 0)), '\band\b|;')  -- of something else
    and (c.unit in ('percent', 'ratio') or c.unit = level_pairs.unit)
    and (one_sentence or (choices = 1 and c.moment = level_pairs.moment and c.basis = 'yoy'))
),
best as (               -- of several changes in a sentence that which fits belongs to the two levels
  select *, abs(value - expected) as off
  from compared
  qualify row_number() over (partition by doc_id, entity_id, metric, old, new order by off) = 1
)
select
  'change' as test,
  case
    when coalesce(hi >= lowest, true) and coalesce(lo <= highest, true) then 'pass'
    when kind = 'points' and abs(value - (new / old - 1) * 100) < 1 then 'pass'
    when off <= case kind when 'percent' then 1 else abs(expected) / 50 end
      or (not regexp_matches(mention, '[0-9]') and off <= abs(expected) / 4) then 'warn'       -- "doubled", "halved"
    else 'fail'
  end as status,
  entity,
  metric,
  'Stated is ' || figure || ', but from ' || old_figure || ' to ' || new_figure || ' it is '
    || case kind when 'percent' then printf('%+.1f %%', expected) when 'points' then printf('%+.1f points', expected)
                 when 'times' then printf('%.3g times', expected) else case when abs(expected) < 1000 then printf('%+.4g %s', expected, unit)
                           else if(expected > 0, '+', '') || format('{:,} {}', round(expected)::bigint, unit) end end as message,
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
from best;
