-- One figure of an article a thousand or a million times another one, with the same digits: a slip of the unit or of the decimal sign.
create view check_scale as
select
  'scale' as test,
  'fail' as status,
  a.entity as entity,
  metric,
  case when a.norm > b.norm then a.figure else b.figure end
    || case abs(round(log10(nullif(abs(b.norm / nullif(a.norm, 0)), 0)))) when 3 then ' is a thousand times ' else ' is a million times ' end
    || case when a.norm > b.norm then b.figure else a.figure end || ', with the same digits' as message,
  a.norm as stated,
  b.norm as expected,
  a.norm - b.norm as difference,
  a.quote as quote,
  b.quote as other_quote,
  a.fact_id as fact_id,
  b.fact_id as other_fact_id,
  doc_id,
  doc_id as other_doc_id,
  entity_id
from intervals as a
join intervals as b using (doc_id, entity_id, metric, aspect, modality)
where a."start" < b."start"
  and a.norm * b.norm > 0
  and coalesce(a.unit_norm, a.unit) = coalesce(b.unit_norm, b.unit)
  and round(abs(log10(nullif(abs(b.norm / nullif(a.norm, 0)), 0))), 3) in (3, 6)
  and a.moment = b.moment
  and metric not in ('count', 'measure', 'amount', 'share')
  and regexp_matches(a.mention, '[1-9].*[1-9]|[.,]000')         -- not £10 and £10,000
  and regexp_matches(b.mention, '[1-9].*[1-9]|[.,]000');
