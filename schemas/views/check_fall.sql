-- Counts that can only grow, as downloads do, and that a later article gives as lower: another scope, or a mistake.
create view check_fall as
with counts as (
  select *, coalesce(period_end, published) as day
  from intervals
  where metric in ('downloads', 'views', 'preorders', 'derivative_models')
    and aspect = 'level' and modality = 'actual' and basis is null
)
select
  'fall' as test,
  'warn' as status,
  b.entity as entity,
  metric,
  a.figure || ' by ' || a.day || ', but ' || b.figure || ' by ' || b.day as message,
  b.value as stated,
  a.value as expected,
  b.value - a.value as difference,
  b.quote as quote,
  a.quote as other_quote,
  b.fact_id as fact_id,
  a.fact_id as other_fact_id,
  b.doc_id as doc_id,
  a.doc_id as other_doc_id,
  entity_id
from counts as a
join counts as b using (entity_id, metric)
where a.day < b.day
  and a.lo > b.value
  and a.segment is not distinct from b.segment
  and a.geo is not distinct from b.geo
  and a.period_start is null and b.period_start is null;
