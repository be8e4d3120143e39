-- The same number twice within a few lines, in two currencies: dollars in the headline, yuan in the text.
create view check_currency as
with amounts as (
  select quantities.*, substring(text, sentence_start + 1, sentence_end - sentence_start) as sentence
  from quantities join (select doc_id, text from documents) using (doc_id)
  where kind = 'money' and value <> 0 and outcome <> 'equivalent' and regexp_matches(mention, '[0-9]')
)
select
  'currency' as test,
  'fail' as status,
  entity,
  metric,
  '"' || a.mention || '" and then "' || b.mention || '": the same number, another currency' as message,
  a.value as stated,
  b.value * fx_rate as expected,
  a.value - b.value * fx_rate as difference,
  b.sentence as quote,
  a.sentence as other_quote,
  facts.fact_id as fact_id,
  a.fact_id as other_fact_id,
  doc_id,
  doc_id as other_doc_id,
  entity_id
from amounts as a
join amounts as b using (doc_id, value)
join facts using (doc_id)
where facts.fact_id = b.fact_id
  and split_part(a.unit, '/', 1) <> split_part(b.unit, '/', 1)
  and b."start" - a."start" between 1 and 600
  -- "below 60 euros" and then "60 dollars (55 euros)" agree
  and not coalesce(split_part(equivalent_unit, '/', 1) = split_part(a.unit, '/', 1) and
    case when a.comparator in ('<', '<=') then equivalent_value < a.value
         when a.comparator in ('>', '>=') then equivalent_value > a.value end, false)
qualify row_number() over (partition by facts.fact_id order by a."start" desc) = 1;
