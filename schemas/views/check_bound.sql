-- One value that is the most in one sentence and the least in another: "up to 145%" and "at least 145%".
create view check_bound as
select
  'bound' as test,
  'fail' as status,
  a.entity as entity,
  metric,
  'Both ' || a.figure || ' and ' || b.figure || ' are stated' as message,
  value as stated,
  value as expected,
  0.0 as difference,
  a.quote as quote,
  b.quote as other_quote,
  a.fact_id as fact_id,
  b.fact_id as other_fact_id,
  a.doc_id as doc_id,
  b.doc_id as other_doc_id,
  entity_id
from intervals as a
join intervals as b using (entity_id, metric, aspect, value, unit)
where a.comparator in ('<', '<=')
  and b.comparator in ('>', '>=')
  and a.quote <> b.quote
  and metric <> 'price'                 -- "under $35,000", "$35,000 and over": two classes
  and (a.segment is null or b.segment is null or a.segment = b.segment)
  and (a.geo is null or b.geo is null or a.geo = b.geo)
  and (a.doc_id = b.doc_id
       or (a.family <> 'other' and abs(a.published - b.published) < 31 and a.entity_kind in ('company', 'product')));
