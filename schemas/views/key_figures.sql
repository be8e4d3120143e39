-- The figure to show for each entity and metric: what is (actual) and what is expected, a row each. How it is chosen stands here and nowhere else.
create view key_figures as
with candidates as (
  select *,
    modality = 'actual' as actual,
    coalesce(dims['kind'], '') as kind,
    -- A part of a company is not the company, but parts of a product are its variants; a price per month is not the price,
    -- and what is earned in a day is not the profit.
    (entity_kind <> 'product' and coalesce(segment, geo, part_of) is not null)
      or dims['per'] is not null or (metric = 'price' and contains(unit, '/'))
      or (metric in ('revenue', 'net_income') and coalesce(period_start = period_end, false)) as narrowed,
    confidence >= 0.7 as sure
  from figures
  where modality <> 'hypothetical'
),
ranked as (     -- the order of preference, top to bottom
  select *,
    row_number() over best as place,
    first_value(doc_id) over best as best_doc,
    first_value(confidence) over best as best_confidence,
    first_value(narrowed) over best as best_narrowed,
    first_value(unit_norm) over best as best_unit
  from candidates
  window best as (
    partition by entity_id, metric, kind, aspect, actual
    order by
      narrowed,                     -- of the whole
      sure desc,                    -- confidence from 0.7
      as_of desc nulls last,        -- the newest
      period is null,               -- of a stated period
      confidence desc, mentions desc, fact_id
  )
),
worded as (     -- what else one must know to read the figure
  select *,
    concat_ws(' ', figure, case when segment = 'active' then segment end, dims['test_cycle'], dims['charge'], case when dims['per'] is not null then 'per ' || dims['per'] end,
              case when not actual then '(' || modality || ')' end, case when not sure then '?' end) as shown,
    coalesce(period, as_of::varchar) as "when"
  from ranked
),
-- The variants of a product: the other levels in the article of the best one, if they are nearly as sure.
variant as (
  select entity_id, metric, kind, aspect, actual, shown,
    min(value_norm) as low, max(coalesce(value_norm_max, value_norm)) as high
  from worded
  where place = 1
    or (entity_kind = 'product' and doc_id = best_doc and confidence > best_confidence - 0.15 and narrowed = best_narrowed
        and unit_norm is not distinct from best_unit)
  group by all
),
grouped as (
  select entity_id, metric, kind, aspect, actual,
    string_agg(shown, ' | ' order by low, shown) as variants, min(low) as lowest, max(high) as highest
  from variant
  group by all
)
select
  entity,
  metric,
  nullif(kind, '') as kind,
  aspect,
  shown as figure,
  "when" as period,
  modality,
  variants,
  lowest,
  highest,
  value_norm,
  unit_norm,
  as_of,
  attribution,
  segment,
  geo,
  part_of,
  confidence,
  title,
  quote,
  actual,
  family,
  entity_kind,
  entity_id,
  doc_id,
  fact_id
from worded join grouped using (entity_id, metric, kind, aspect, actual)
where place = 1;

comment on column key_figures.kind is 'What the price of tokens is for: input, output.';
comment on column key_figures.figure is 'The value in words, with test cycle and modality; ? where confidence is below 0.7.';
comment on column key_figures.period is 'Period of the figure, else the date of the article.';
comment on column key_figures.variants is 'Of a product: this figure and the others that the same article gives, as for two batteries.';
comment on column key_figures.lowest is 'Lowest of the variants in the canonical unit.';
comment on column key_figures.highest is 'Highest of the variants in the canonical unit.';
comment on column key_figures.actual is 'False for estimates, forecasts and plans.';
