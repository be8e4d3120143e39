-- Parts against their whole: "25% comprised 16% electric cars and 9% hybrids" must add up, "of which" and "the rest" must not exceed it.
create view check_parts as
with numbers as (
  select
    doc_id,
    "start",
    sentence_start,
    sentence_end,
    value,
    unit,
    mention,
    fact_id,
    substring(text, sentence_start + 1, sentence_end - sentence_start) as quote,
    lower(quote) as sentence,
    lower(substring(text, sentence_start + 1, "start" - sentence_start)) as ahead,
    case when unit = 'percent' then 0.5 * pow(10, -length(regexp_extract(mention, '\.([0-9]+)', 1)))      -- half of the last digit
         else 0.5 * pow(10, floor(log10(nullif(abs(value), 0)))
           - length(regexp_extract(format('{:.9e}', abs(value)), '^[0-9]\.?([0-9]*?)0*e', 1))) end as rounding
  from quantities join (select doc_id, text from documents) using (doc_id)
  where kind in ('money', 'percent', 'count', 'measure') and value > 0 and value_max is null
    and outcome <> 'equivalent' and comparator in ('=', '~') and regexp_matches(mention, '[0-9]')
),
cued as (
  select *,
    regexp_extract(sentence, '\b(compris(es|ed|ing)|made up of|consist(s|ed|ing) of|broken down into|of which|the rest|the remainder)\b', 1) as cue,
    length(ahead) > length(regexp_extract(sentence, '^(.*?)\b(compris(es|ed|ing)|made up of|consist(s|ed|ing) of|broken down into|of which)\b', 1))
      as behind
  from numbers
  where cue <> '' and not regexp_matches(ahead, '\b(from|up|down|against|compared|versus|than)\b[^0-9]*$')
),
parts as (
  select
    doc_id,
    sentence_start,
    unit,
    min(cue) as cue,
    min("start") as "start",
    count(*) as pieces,
    sum(value) as total,
    sum(rounding) as rounding,
    max(value) as largest,
    string_agg(mention, ' and ' order by "start") as mentions,
    first(quote order by fact_id) as quote,
    min(fact_id) as part_id
  from cued
  where behind or cue in ('the rest', 'the remainder')
  group by doc_id, sentence_start, unit
),
wholes as (
  select
    parts.*,
    whole.value as whole,
    whole.rounding as whole_rounding,
    whole.mention as whole_mention,
    whole.fact_id as whole_id,
    whole.quote as other_quote
  from parts join numbers as whole using (doc_id, unit)
  where whole."start" < parts."start"
    and (whole.sentence_start = parts.sentence_start or (cue in ('the rest', 'the remainder') and parts."start" - whole."start" < 400))
    and (pieces > 1 or cue = 'of which')
  qualify row_number() over (partition by doc_id, parts.sentence_start, unit order by whole."start" desc) = 1
)
select
  'parts' as test,
  case
    when total - whole > rounding + whole_rounding then 'fail'
    when cue in ('of which', 'the rest', 'the remainder') or whole - total <= rounding + whole_rounding then 'pass'
    else 'fail'
  end as status,
  entity,
  metric,
  mentions || case when pieces = 1 then ' is part of ' || whole_mention else ' add up to '
    || case when total = round(total) then format('{:,}', total::bigint) else printf('%.2f', total) end || '; the whole is ' || whole_mention end as message,
  total as stated,
  whole as expected,
  total - whole as difference,
  quote,
  other_quote,
  fact_id,
  part_id as other_fact_id,
  doc_id,
  doc_id as other_doc_id,
  entity_id
from wholes join (select fact_id, entity, metric, entity_id from facts) on fact_id = coalesce(whole_id, part_id);
