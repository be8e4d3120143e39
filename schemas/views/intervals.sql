-- Figures as intervals: between which bounds each can lie, given its rounding, comparator and range. The other views compare these.
create view intervals as
with sized as (     -- off by half of the last digit stated, by a twentieth where it is said to be rough
  select
    figures.*,
    decimals,
    story_id,
    "start",
    "end",
    lower(substring(text, greatest("start" - 60, 0) + 1, least("start", 60))) as before,
    lower(substring(text, "end" + 1, 60)) as after,
    mention,
    fx_rate,
    equivalent_value,
    equivalent_value_max,
    equivalent_unit,
    greatest(
      case when decimals is null then abs(figures.value) / 100 else 0.5 * pow(10, -decimals) end,
      case when comparator = '~' then abs(figures.value) / 20 else 0 end) as tolerance,
    coalesce(value_norm / nullif(value, 0), 1) as factor
  from figures
  join (
    select fact_id, decimals, "start", "end", mention, fx_rate, equivalent_value, equivalent_value_max, equivalent_unit
    from facts
  ) using (fact_id)
  join (select doc_id, story_id, text from documents) using (doc_id)
),
bounded as (
  select *,
    case when comparator not in ('<', '<=') then value - tolerance end as lo,
    case when comparator not in ('>', '>=') then coalesce(value_max, value) + tolerance end as hi
  from sized
)
select
  * exclude (tolerance, factor),
  coalesce(value_norm, value) as norm,
  case when factor > 0 then lo * factor end as lo_norm,
  case when factor > 0 then hi * factor end as hi_norm,
  md5(concat_ws('|', entity_id, metric, aspect, coalesce(unit_norm, unit), coalesce(segment, ''),
    coalesce(geo, ''), coalesce(counterparty, ''), coalesce(part_of, ''), coalesce(counted, ''),
    coalesce(basis, ''), coalesce(dims::varchar, ''))) as series,
  case when coalesce(period_start, period_end) is not null
       then coalesce(period_start::varchar, '') || '/' || coalesce(period_end::varchar, '')
       else coalesce(period, '') || '@' || coalesce(strftime(published, '%Y-%m'), '') end as moment
from bounded;

comment on column intervals.before is 'The 60 characters of the text before the number, in lower case.';
comment on column intervals.after is 'The 60 characters behind it.';
comment on column intervals.norm is 'Value in the canonical unit; in the stated one where that has no rate.';
comment on column intervals.lo is 'Smallest number that the stated one can stand for; null where that end is open, as in "up to 40".';
comment on column intervals.hi is 'Largest such number; null where that end is open, as in "more than 40".';
comment on column intervals.lo_norm is 'lo in the canonical unit; in the stated one where that has no rate.';
comment on column intervals.hi_norm is 'hi in the canonical unit; in the stated one where that has no rate.';
comment on column intervals.series is 'The same for facts with the same subject, metric, aspect, unit and all that narrows the claim.';
comment on column intervals.moment is 'Time that is spoken of: first and last day, else the words of the text and the month of publication.';
