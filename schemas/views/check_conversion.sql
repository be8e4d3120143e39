-- What a text itself says that an amount is in another currency or unit, against the rate of the European Central Bank or the factor of the unit: warn from 3 % beyond rounding, fail from 10 %; where the article has no date, info from 20 % and fail from 30 %.
create view check_conversion as
with in_brackets as (        -- "100 miles (62 km)": too far off to be taken for an equivalent
  select doc_id, "start" - 2 as "end", value as bracket_value, unit as bracket_unit
  from quantities join (select doc_id, text from documents) using (doc_id)
  where kind = 'measure' and value <> 0 and value_max is null
    and substring(text, "start" - 1, 2) = ' (' and substring(text, "end" + 1, 1) = ')'
),
stated as (
  select intervals.* replace (
    coalesce(equivalent_value, bracket_value) as equivalent_value,
    coalesce(equivalent_unit, bracket_unit) as equivalent_unit)
  from intervals left join in_brackets using (doc_id, "end")
  where (intervals.equivalent_value is not null or value_max is null)
    and not regexp_matches(after, '^ \([^)]*[0-9](\.\.\.|…)')        -- a teaser that is cut inside the number
),
converted as (
  select *,
    split_part(unit, '/', 1) as one,
    split_part(equivalent_unit, '/', 1) as other,
    regexp_extract(format('{:.9e}', abs(equivalent_value)), '^[0-9]\.?([0-9]*?)0*e', 1) as behind_first,
    0.5 * pow(10, floor(log10(nullif(abs(equivalent_value), 0))) - length(behind_first)) as rounding,
    last_day,
    published is not null or kind <> 'money' as dated
  from stated
  join (select unit as base_unit, kind from units) on split_part(unit, '/', 1) = base_unit
  left join (select doc_id, max(period_end) as last_day from facts where modality = 'actual' group by doc_id) using (doc_id)
  where value <> 0 and equivalent_value <> 0 and unit <> equivalent_unit
),
days as (       -- the rate of publication or of the period, whichever is nearer to what is stated
  select distinct fact_id, one, other, unnest([published, period_end, last_day]) as day
  from converted
  where kind = 'money'
),
sides as (
  select fact_id, day, one as currency, 1 as exponent from days
  union all
  select fact_id, day, other, -1 from days
),
usd as (
  select fact_id, day, case when currency = 'USD' then 1 else usd end as usd, exponent
  from sides
  asof left join (select currency as coin, date, usd from fx_rates where note is null) as rates
    on currency = coin and day >= date
  where day is not null and (currency = 'USD' or date > day - 8)
),
rates as (
  select fact_id, product(pow(usd, exponent)) as rate, strftime(day, 'at the rate of %Y-%m-%d') as base
  from usd
  group by fact_id, day
  having count(*) = 2
  union all
  select fact_id, a.factor / b.factor, 'by definition'
  from converted
  join units as a using (unit)
  join units as b on equivalent_unit = b.unit and a.canonical = b.canonical
  where a.kind not in ('money', 'percent', 'ratio') and a.factor / b.factor is not null    -- no factor turns °C into °F
),
compared as (
  select *,
    sign(equivalent_value) * abs(value) * rate as expected,
    case when decimals is null then abs(value) / 100 else 0.5 * pow(10, -decimals) end as tolerance,
    greatest(
      (abs(equivalent_value) - rounding) / (abs(value) + tolerance) / rate - 1,
      1 - (abs(equivalent_value) + rounding) / nullif(greatest(abs(value) - tolerance, 0), 0) / rate,
      0) as off
  from converted join rates using (fact_id)
),
nearest as (
  select * from compared qualify row_number() over (partition by fact_id order by off, base) = 1
)
select
  'conversion' as test,
  case
    when off <= 0.03 then 'pass'
    when not dated and off <= 0.3 then case when off <= 0.2 then 'pass' else 'info' end     -- nobody knows its day
    when off <= 0.1 then 'warn'
    when metric = 'price' then 'info'           -- "$990 (£899)" are the prices of two countries
    else 'fail'
  end as status,
  entity,
  metric,
  figure || ' is said to be ' || case when abs(equivalent_value) < 1000 then printf('%.6g', equivalent_value)
    else format('{:,}', round(equivalent_value)::bigint) end || ' ' || equivalent_unit || '; ' || base || ' it is '
    || case when abs(expected) < 1000 then printf('%.4g', expected) else format('{:,}', round(expected)::bigint) end
    || printf(' (%+.1f %%)', (equivalent_value / expected - 1) * 100) as message,
  equivalent_value as stated,
  expected,
  equivalent_value - expected as difference,
  quote,
  null::varchar as other_quote,
  fact_id,
  null::varchar as other_fact_id,
  doc_id,
  null::varchar as other_doc_id,
  entity_id
from nearest;
