-- One period side by side: what the firm itself guided to, what others forecast, and what came.
create view guidance as
with said as (
  select *,
    case
      when modality = 'actual' then 'actual'
      when regexp_matches(after, '^[^.;,0-9]*\b(analyst|wall street|consensus|economist)') then 'forecast'
      when contains(attribution, entity) then 'guidance'
      when attribution is not null then 'forecast'
      when regexp_matches(before, '\b(analyst|wall street|consensus|economist|poll|estimate)[^.;]*$') then 'forecast'
      when entity_kind in ('company', 'product') then 'guidance'
      else 'forecast'
    end as role,
    case when coalesce(period_start, period_end) is null then period || '@' || doc_id else moment end as span
  from intervals
  where period is not null and modality not in ('hypothetical', 'estimate')      -- an estimate is of what was
    and (family in ('financials', 'market') or metric = 'growth') and metric <> 'ownership_stake'
    and not (modality = 'actual' and (regexp_matches(period, '^(by|until|next)\b')
      or coalesce(period_end > published, false)                                 -- so far, or what it must be
      or regexp_matches(after, '^ (less|more|lower|higher) than\b')))  -- "4%, 1% less than forecast"
    and not regexp_matches(before, '\b(from|earlier|prior|previous|previously|former|formerly)\b[^.;0-9]*$')   -- see revisions
),
together as (       -- what one sentence sets side by side belongs together
  select *,
    case when count(distinct role) over (partition by entity_id, metric, aspect, span, segment, geo, doc_id, quote) > 1
         then quote end as sentence
  from said
),
periods as (
  select
    entity_id,
    metric,
    aspect,
    span,
    coalesce(unit_norm, unit) as unit_norm,
    segment,
    geo,
    sentence,
    any_value(entity) as entity,
    min(period) as period,
    min(period_start) as period_start,
    min(period_end) as period_end,
    first(figure order by confidence desc, fact_id) filter (role = 'guidance') as guidance,
    first(figure order by confidence desc, fact_id) filter (role = 'forecast') as forecast,
    first(figure order by confidence desc, fact_id) filter (role = 'actual') as actual,
    first(norm order by confidence desc, fact_id) filter (role = 'guidance') as guidance_value,
    first(norm order by confidence desc, fact_id) filter (role = 'forecast') as forecast_value,
    first(norm order by confidence desc, fact_id) filter (role = 'actual') as actual_value,
    list(distinct attribution order by attribution) filter (role = 'forecast') as forecasters,
    list(distinct quote order by quote) as quotes,
    list(fact_id order by fact_id) as fact_ids
  from together
  group by entity_id, metric, aspect, span, coalesce(unit_norm, unit), segment, geo, sentence
  having count(distinct role) > 1
)
select
  entity,
  metric,
  aspect,
  period,
  guidance,
  forecast,
  actual,
  (actual_value - coalesce(guidance_value, forecast_value)) / nullif(abs(coalesce(guidance_value, forecast_value)), 0) * 100 as surprise_percent,
  guidance_value,
  forecast_value,
  actual_value,
  unit_norm,
  segment,
  geo,
  period_start,
  period_end,
  forecasters,
  quotes,
  fact_ids,
  entity_id
from periods
order by entity, metric, period_end;

comment on column guidance.guidance is 'What the subject itself forecast or plans, in words.';
comment on column guidance.forecast is 'What others forecast: analysts, banks, institutes.';
comment on column guidance.actual is 'What came.';
comment on column guidance.surprise_percent is 'By how many percent the actual lies above the guidance, or above the forecast where there is no guidance.';
comment on column guidance.guidance_value is 'Guidance in unit_norm, the lower end of a range.';
comment on column guidance.forecast_value is 'Forecast in unit_norm, the lower end of a range.';
comment on column guidance.actual_value is 'Actual in unit_norm.';
comment on column guidance.forecasters is 'Who is cited for the forecast.';
