-- One row for each market: its size, the size that is expected, its growth, and what was sold in it.
create view markets as
with called as (        -- not those who buy in it: consumers, households
  select entity_id from entities
  where kind = 'market'
    and (regexp_matches(name, 'market|industry|sector|box office', 'i') or list_contains(descriptors, 'market'))
),
measured as (
  select * from key_figures semi join called using (entity_id)
  where entity_kind = 'market'
    and ((metric in ('market_size', 'units_shipped') and aspect = 'level')
      or (metric in ('market_size', 'growth', 'units_shipped') and aspect = 'change'))
),
wide as (
  select
    entity_id,
    any_value(entity) as market,
    any_value(figure) filter (metric = 'market_size' and aspect = 'level' and actual) as size,
    any_value(period) filter (metric = 'market_size' and aspect = 'level' and actual) as size_period,
    any_value(figure) filter (metric = 'market_size' and aspect = 'level' and not actual) as expected,
    any_value(period) filter (metric = 'market_size' and aspect = 'level' and not actual) as expected_period,
    first(figure order by metric = 'units_shipped', actual desc, fact_id) filter (aspect = 'change') as growth,
    first(period order by metric = 'units_shipped', actual desc, fact_id) filter (aspect = 'change') as growth_period,
    first(figure order by actual desc, fact_id) filter (metric = 'units_shipped' and aspect = 'level') as units,
    first(period order by actual desc, fact_id) filter (metric = 'units_shipped' and aspect = 'level') as units_period,
    any_value(value_norm) filter (metric = 'market_size' and aspect = 'level' and actual) as size_usd,
    any_value(value_norm) filter (metric = 'market_size' and aspect = 'level' and not actual) as expected_usd,
    max(as_of) as as_of,
    list(fact_id order by metric, fact_id) as fact_ids
  from measured
  group by entity_id
)
select market, wide.* exclude (market, entity_id), entity_id
from wide
order by market, entity_id;

comment on column markets.market is 'Name of the market, with its place.';
comment on column markets.size is 'Latest size that is stated as a fact; ? where confidence is below 0.7.';
comment on column markets.size_period is 'Its period, else the date of the article.';
comment on column markets.expected is 'Size by estimate or forecast.';
comment on column markets.expected_period is 'For when it is expected, else the date of the article.';
comment on column markets.growth is 'By how much the market grew, else what was sold in it.';
comment on column markets.growth_period is 'Its period, else the date of the article.';
comment on column markets.units is 'What was sold in it, in pieces.';
comment on column markets.units_period is 'Its period, else the date of the article.';
comment on column markets.size_usd is 'Size in USD.';
comment on column markets.expected_usd is 'Expected size in USD.';
