-- Every article, and what became of its numbers: nothing is lost without a reason.
create view ledger as
with outcome_counts as (
  select doc_id, outcome, class, count(*) as numbers
  from quantities left join outcomes using (outcome)
  group by all
),
article_counts as (
  select
    doc_id,
    sum(numbers)::bigint as numbers,
    coalesce(sum(numbers) filter (class = 'fact'), 0)::bigint as facts,
    coalesce(sum(numbers) filter (class = 'part'), 0)::bigint as parts,
    coalesce(sum(numbers) filter (class = 'no figure'), 0)::bigint as no_figures,
    coalesce(sum(numbers) filter (class = 'left out'), 0)::bigint as left_out,
    map_from_entries(list((outcome, numbers) order by numbers desc, outcome)) as outcomes
  from outcome_counts
  group by doc_id
)
select
  title,
  published,
  coalesce(numbers, 0) as numbers,
  coalesce(facts, 0) as facts,
  coalesce(parts, 0) as parts,
  coalesce(no_figures, 0) as no_figures,
  coalesce(left_out, 0) as left_out,
  outcomes,
  source,
  item,
  url,
  doc_id
from documents left join article_counts using (doc_id)
order by source, item;

comment on column ledger.numbers is 'Numbers of the article, in digits and words.';
comment on column ledger.facts is 'Those that became a fact.';
comment on column ledger.parts is 'Those that belong to a fact: restatements, equivalents, qualifiers, periods.';
comment on column ledger.no_figures is 'Those that measure nothing: dates, names, codes, ordinals, idioms.';
comment on column ledger.left_out is 'Those that may be a figure and became none.';
comment on column ledger.outcomes is 'Numbers by outcome; the table outcomes says what each means.';
