-- Pairs of statements about one thing that can't both be right, whatever the rounding. Only what is stated as a fact: a forecast contradicts no actual.
create view conflicts as
with place as (     -- the country that an article is about tells apart figures that don't name theirs
  select doc_id, coalesce(geo, entity) as place
  from figures
  where geo is not null or entity_kind = 'place'
  group by 1, 2
  qualify row_number() over (partition by doc_id order by count(*) desc, coalesce(geo, entity)) = 1
),
stated as (         -- what no other metric covers, unnamed people and kinds of goods can't be compared
  select intervals.*, place, period_start is not null or period_end is not null as dated
  from intervals
  join (select metric, about from metrics) using (metric)
  join (select entity_id, maker_id from entities) using (entity_id)
  left join place using (doc_id)
  where modality = 'actual' and family <> 'other' and metric not in ('age', 'survey_share')
    and (maker_id is not null or entity_kind <> 'product')     -- not "electric cars"
    and list_position(about, entity_kind) <= case when family in ('financials', 'market') then 2 else 1 end
),
each_value as (
  select *
  from stated
  qualify row_number() over (partition by series, moment, norm order by confidence desc, fact_id) = 1
),
contested as (      -- with more than two values it is a list of variants
  select *
  from each_value
  qualify count(*) over (partition by series, moment) = 2
),
pairs as (
  select
    a.* exclude (quote, title, figure, fact_id, doc_id),
    a.figure as figure,
    b.figure as other_figure,
    greatest(abs(a.norm), abs(b.norm)) / nullif(least(abs(a.norm), abs(b.norm)), 0) as ratio,
    case
      when a.value = -b.value then 'sign'
      when a.value = b.value and a.unit <> b.unit then 'currency'
      when round(ratio, -1) in (1000, 1000000) then 'scale x1000'
      when abs(a.value - b.value) <= 1.01 * pow(10, -least(a.decimals, b.decimals)) then 'rounding'
      when damerau_levenshtein(regexp_replace(a.mention, '[^0-9]', '', 'g'),
                               regexp_replace(b.mention, '[^0-9]', '', 'g')) = 1
       and length(regexp_replace(a.mention, '[^0-9]', '', 'g')) > 2 then 'typo'
      when not a.dated then 'period'
      else 'scope'
    end as guess,
    a.quote as quote,
    b.quote as other_quote,
    a.title as title,
    b.title as other_title,
    b.published as other_published,
    a.fact_id as fact_id,
    b.fact_id as other_fact_id,
    a.doc_id as doc_id,
    b.doc_id as other_doc_id
  from contested as a
  join contested as b using (series, moment)
  where (coalesce(a.published, '1000-01-01'), a.doc_id, a."start") < (coalesce(b.published, '1000-01-01'), b.doc_id, b."start")
    and (a.hi_norm < b.lo_norm or b.hi_norm < a.lo_norm)
    -- of which day a rate of exchange is makes some percent
    and (a.unit = b.unit or greatest(abs(a.norm), abs(b.norm)) > 1.05 * least(abs(a.norm), abs(b.norm)) or a.norm * b.norm < 0)
    and a.quote <> b.quote
    and (a.place = b.place or a.place is null or b.place is null or a.entity_kind = 'place')
    and (a.doc_id = b.doc_id or a.metric not in ('units_shipped', 'market_share') or a.geo is not null)     -- counted by country
    and moment <> '@'
)
select
  entity,
  metric,
  aspect,
  period,
  figure,
  other_figure,
  ratio,
  guess,
  quote,
  other_quote,
  title,
  other_title,
  published,
  other_published,
  fact_id,
  other_fact_id,
  doc_id,
  other_doc_id,
  entity_id
from pairs
where guess in ('currency', 'scale x1000')
   or (doc_id = other_doc_id and dated and ratio <= 1.1)
   or (doc_id <> other_doc_id and ratio <= 2
       and (dated or (aspect = 'level' and entity_kind <> 'product'
                      and metric not in ('price', 'share_price', 'index_level'))))
order by entity, metric, fact_id;

comment on column conflicts.other_figure is 'What the other statement says.';
comment on column conflicts.ratio is 'How many times the smaller value the larger one is.';
comment on column conflicts.guess is 'What may lie behind it: rounding, typo, sign, currency, scale x1000, period (none is stated), scope (another part or place).';
comment on column conflicts.other_quote is 'Sentence of the other statement.';
comment on column conflicts.other_title is 'Headline of its article.';
comment on column conflicts.other_published is 'When that was published.';
comment on column conflicts.other_fact_id is 'The other statement.';
comment on column conflicts.other_doc_id is 'Its article.';
