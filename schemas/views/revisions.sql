-- Forecasts, guidance and plans that were raised or cut: the former figure and the revised one, of one text or of the same speaker later.
create view revisions as
with forward as (
  select *,
    regexp_matches(before, '\b(earlier|prior|previous|previously|initial|initially|original|originally|former|formerly)\b( [a-z]+){0,4} ?[^a-z0-9 ]*$')
      or (regexp_matches(before, '\bfrom( its)? ?[^a-z0-9 ]*$')           -- "raised its outlook to 44%, from 42%"
          and regexp_matches(lower(quote), '\b(forecast|estimate|guidance|outlook|target|goal|projection|prediction|offer|bid)'))
      as former
  from intervals
  where modality in ('forecast', 'planned', 'estimate') and aspect = 'level'
    and not regexp_matches(before, '\brang(e|es|ed|ing) [^.;]*$')
)
select
  a.entity as entity,
  a.metric as metric,
  coalesce(b.period, a.period) as period,
  a.figure as former_figure,
  b.figure as figure,
  case when b.norm > a.norm then 'raised' else 'cut' end as direction,
  (b.norm - a.norm) / nullif(abs(a.norm), 0) * 100 as change_percent,
  coalesce(b.attribution, a.attribution) as attribution,
  b.modality as modality,
  b.segment as segment,
  b.geo as geo,
  b.quote as quote,
  a.quote as former_quote,
  b.published as published,
  a.published as former_published,
  b.title as title,
  b.fact_id as fact_id,
  a.fact_id as former_fact_id,
  b.doc_id as doc_id,
  a.doc_id as former_doc_id,
  entity_id
from forward as a join forward as b using (entity_id, metric)
where coalesce(a.unit_norm, a.unit) = coalesce(b.unit_norm, b.unit)
  and a.segment is not distinct from b.segment
  and a.geo is not distinct from b.geo
  and a.part_of is not distinct from b.part_of
  and (a.hi_norm < b.lo_norm or b.hi_norm < a.lo_norm)
  and case when a.doc_id = b.doc_id
           then a.former and not b.former and abs(a."start" - b."start") < 200 and a.moment = b.moment
           else a.published < b.published and a.family in ('financials', 'market', 'policy') and a.period_end = b.period_end
            and a.period_start is not distinct from b.period_start and a.attribution = b.attribution end
order by entity, metric, b.published, b.fact_id;

comment on column revisions.figure is 'What it is now, in words.';
comment on column revisions.former_figure is 'What it was before.';
comment on column revisions.direction is 'raised or cut.';
comment on column revisions.change_percent is 'By how many percent it was revised.';
comment on column revisions.former_quote is 'Sentence of the former figure.';
comment on column revisions.former_published is 'When that was published.';
comment on column revisions.former_fact_id is 'The former figure.';
comment on column revisions.former_doc_id is 'Its article.';
