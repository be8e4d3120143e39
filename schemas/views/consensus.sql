-- One row per series and period: what the sources say, whether they agree, and the value to take. Copies of a story count once.
create view consensus as
with ranked as (    -- the firm itself before others, then what is stated more exactly, then the newer
  select *,
    coalesce(attribution, story_id) as origin,
    row_number() over (
      partition by series, moment, modality
      order by contains(attribution, entity) desc nulls last, comparator = '=' desc, decimals desc nulls last,
        published desc nulls last, confidence desc, fact_id) as place
  from intervals
)
select
  any_value(entity) as entity,
  any_value(metric) as metric,
  any_value(aspect) as aspect,
  min(period) as period,
  arg_min(figure, place) as figure,
  arg_min(value, place) as value,
  arg_min(unit, place) as unit,
  min(norm) as lowest,
  max(greatest(norm, value_norm_max)) as highest,
  any_value(coalesce(unit_norm, unit)) as unit_norm,
  coalesce(max(lo_norm) <= min(hi_norm), true) as agree,
  count(*) as n_facts,
  count(distinct doc_id) as n_docs,
  count(distinct story_id) as n_stories,
  least(n_stories, count(distinct origin)) as n_sources,
  modality,
  min(segment) as segment,
  min(geo) as geo,
  min(counterparty) as counterparty,
  min(part_of) as part_of,
  min(counted) as counted,
  min(basis) as basis,
  any_value(dims) as dims,
  min(period_start) as period_start,
  min(period_end) as period_end,
  max(as_of) as as_of,
  list(quote order by place) as quotes,
  list(fact_id order by place) as fact_ids,
  any_value(entity_id) as entity_id
from ranked
group by series, moment, modality
order by entity, metric, period_end, fact_ids[1];

comment on column consensus.figure is 'The value to take, in words: of the firm itself before others, then the most exact, then the newest.';
comment on column consensus.value is 'That value as stated.';
comment on column consensus.unit is 'Its unit.';
comment on column consensus.lowest is 'Smallest value of any of them, in unit_norm.';
comment on column consensus.highest is 'Largest one.';
comment on column consensus.agree is 'Whether one number fits all of them, given rounding, comparators and ranges.';
comment on column consensus.n_facts is 'How many facts state it.';
comment on column consensus.n_docs is 'In how many articles.';
comment on column consensus.n_stories is 'In how many stories: syndicated copies count once.';
comment on column consensus.n_sources is 'From how many sources: a speaker who is cited in several stories counts once.';
comment on column consensus.quotes is 'The sentences, the best first.';
comment on column consensus.fact_ids is 'The facts, the best first.';
