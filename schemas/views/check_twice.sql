-- One amount of an article that is given to two different times.
create view check_twice as
with kin as (       -- a product and its maker
  select entity_id, entity_id as kin_id from entities
  union
  select entity_id, maker_id from entities where maker_id is not null
  union
  select maker_id, entity_id from entities where maker_id is not null
)
select
  'twice' as test,
  'warn' as status,
  a.entity as entity,
  a.metric as metric,
  a.figure || ' is of ' || a.period || ' and of ' || b.period as message,
  value as stated,
  value as expected,
  0.0 as difference,
  a.quote as quote,
  b.quote as other_quote,
  a.fact_id as fact_id,
  b.fact_id as other_fact_id,
  doc_id,
  doc_id as other_doc_id,
  a.entity_id as entity_id
from intervals as a
join kin using (entity_id)
join intervals as b using (doc_id, aspect, value, unit, modality)
where kin_id = b.entity_id
  and a."start" < b."start"
  and aspect = 'level' and modality = 'actual'
  and (a.metric = b.metric or 'amount' in (a.metric, b.metric))
  and a.quote <> b.quote
  and abs(value) >= 1000 and a.decimals < 3 - log10(greatest(abs(value), 1))
  and a.period_end <> b.period_end;
