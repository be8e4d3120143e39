-- Where each fact stands: its sentence as HTML, with the number in <mark>.
create view evidence as
with spans as (
  select facts.*, text, sentence_start, sentence_end
  from facts
  join documents using (doc_id)
  join quantities using (doc_id, "start", "end")
),
pieces as (     -- offsets count from 0, substring from 1
  select *,
    substring(text, sentence_start + 1, "start" - sentence_start) as before,
    substring(text, "start" + 1, "end" - "start") as marked,
    substring(text, "end" + 1, sentence_end - "end") as after
  from spans
),
escaped as (
  select *,
    replace(replace(replace(before, '&', '&amp;'), '<', '&lt;'), '>', '&gt;') as html_before,
    replace(replace(replace(marked, '&', '&amp;'), '<', '&lt;'), '>', '&gt;') as html_marked,
    replace(replace(replace(after, '&', '&amp;'), '<', '&lt;'), '>', '&gt;') as html_after
  from pieces
)
select
  entity,
  metric,
  aspect,
  coalesce(figure, mention) as figure,
  value,
  value_max,
  unit,
  html_before || '<mark>' || html_marked || '</mark>' || html_after as sentence,
  rule,
  confidence,
  title,
  published,
  source,
  url,
  doc_id,
  fact_id
from escaped
left join (select fact_id, figure from figures) using (fact_id);

comment on column evidence.figure is 'The value in words; below a confidence of 0.5 as the text has it.';
comment on column evidence.sentence is 'The sentence as HTML, the number with its unit in <mark>.';
