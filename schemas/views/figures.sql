-- Facts as people want to see them: confidence from 0.5, the figure spelled out, columns in reading order.
create view figures as
with confident as (
  select facts.*, family from facts join metrics using (metric) where confidence >= 0.5
),
sized as (      -- the word that makes the larger end short: 2,900,000,000 is 2.9 billion
  select *,
    greatest(abs(value), abs(coalesce(value_max, value))) as size,
    case when size >= 1e15 then 1e15 when size >= 1e12 then 1e12 when size >= 1e9 then 1e9 when size >= 1e6 then 1e6 else 1 end as scale
  from confident
),
worded as (
  select *,
    -- all digits of the text, and no exponent: a double keeps 15
    case when abs(value / scale) between 1e-15 and 1e-4 then rtrim(format('{:.19f}', value / scale), '0')
         else format('{:,.15g}', value / scale + 0) end as low,
    case when abs(value_max / scale) between 1e-15 and 1e-4 then rtrim(format('{:.19f}', value_max / scale), '0')
         else format('{:,.15g}', value_max / scale + 0) end as high,
    case when unit = 'byte' then case scale when 1e15 then 'PB' when 1e12 then 'TB' when 1e9 then 'GB' when 1e6 then 'MB' else 'bytes' end
         else case scale when 1e15 then 'quadrillion' when 1e12 then 'trillion' when 1e9 then 'billion' when 1e6 then 'million' end end as magnitude,
    case unit when 'percent' then '%' when 'ratio' then 'times' when 'percentage_point' then 'percentage points'
              when 'count' then counted when 'byte' then null when 'N*m' then 'Nm' when 'GPU*hour' then 'GPU hours'
              when 'person' then 'people'
              else replace(unit, '/Mtoken', ' per million tokens') end as one,
    -- written out units stand in the plural: 3 years, 128,000 tokens
    case when unit in ('token', 'parameter', 'year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'share', 'point', 'pixel')
           and size <> 1 then one || 's' else one end as noun
  from sized
)
select
  entity,
  metric,
  aspect,
  concat_ws(' ', case when comparator not in ('=', 'range') then comparator end,
                 case when aspect = 'change' and value > 0 then '+' else '' end ||
                 case when value_max is null then low else low || ' to ' || high end, magnitude, noun) as figure,
  period,
  modality,
  segment,
  geo,
  counterparty,
  part_of,
  counted,
  basis,
  dims,
  attribution,
  value,
  value_max,
  unit,
  comparator,
  value_norm,
  value_norm_max,
  unit_norm,
  period_start,
  period_end,
  as_of,
  published,
  title,
  quote,
  confidence,
  mentions,
  source,
  url,
  family,
  entity_kind,
  entity_id,
  doc_id,
  fact_id
from worded;

comment on column figures.figure is 'The value in words: comparator, number, magnitude, unit or counted noun.';
