-- On whom, by whom, on what, at which rate and since when duties are raised: one row for each tariff, however many articles state it.
create view tariffs as
with duties as (
  select *, confidence >= 0.7 as sure
  from levels
  where metric = 'tariff_rate' and modality <> 'hypothetical'
)
select
  entity as on_whom,
  counterparty as by_whom,
  segment as on_what,
  figure as rate,
  coalesce(period_start, published) as since,
  modality,
  value_norm as percent,
  comparator,
  attribution,
  title,
  quote,
  confidence,
  as_of,
  entity_kind,
  entity_id,
  doc_id,
  fact_id
from duties
qualify row_number() over (
  partition by entity_id, counterparty, segment, value, value_max, comparator
  order by modality = 'actual' desc, sure desc, as_of desc nulls last, confidence desc, fact_id
) = 1
order by on_whom, by_whom, percent desc, fact_id;

comment on column tariffs.on_whom is 'Place, goods or maker that is taxed.';
comment on column tariffs.by_whom is 'Who imposes it; empty where the sentence does not say.';
comment on column tariffs.on_what is 'Goods to which it is limited.';
comment on column tariffs.rate is 'The rate in words: <= is up to, >= at least.';
comment on column tariffs.since is 'First day of its period, else the date of the article.';
comment on column tariffs.percent is 'The rate in percent; comparator says how exact.';
