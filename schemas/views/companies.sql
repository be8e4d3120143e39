-- One row for each company: the latest revenue, profit, market value, staff and more that is stated as a fact, each with its period.
create view companies as
with known as (
  select *, aspect = 'level' as level from key_figures
  where entity_kind = 'company' and actual and coalesce(segment, geo, part_of) is null     -- a part is not the company
),
wide as (
  select
    entity_id,
    any_value(entity) as company,
    any_value(figure) filter (metric = 'revenue' and level) as revenue,
    any_value(period) filter (metric = 'revenue' and level) as revenue_period,
    any_value(figure) filter (metric = 'revenue' and aspect = 'change') as revenue_growth,
    any_value(figure) filter (metric = 'net_income' and level) as profit,
    any_value(period) filter (metric = 'net_income' and level) as profit_period,
    any_value(figure) filter (metric = 'market_cap' and level) as market_cap,
    any_value(period) filter (metric = 'market_cap' and level) as market_cap_period,
    any_value(figure) filter (metric = 'valuation' and level) as valuation,
    any_value(period) filter (metric = 'valuation' and level) as valuation_period,
    any_value(figure) filter (metric = 'headcount' and level) as headcount,
    any_value(period) filter (metric = 'headcount' and level) as headcount_period,
    any_value(figure) filter (metric = 'capital_raised' and level) as capital_raised,
    any_value(period) filter (metric = 'capital_raised' and level) as capital_raised_period,
    any_value(figure) filter (metric = 'debt' and level) as debt,
    any_value(period) filter (metric = 'debt' and level) as debt_period,
    any_value(value_norm) filter (metric = 'revenue' and level) as revenue_usd,
    any_value(value_norm) filter (metric = 'net_income' and level) as profit_usd,
    any_value(value_norm) filter (metric = 'market_cap' and level) as market_cap_usd,
    any_value(value_norm) filter (metric = 'valuation' and level) as valuation_usd,
    any_value(value_norm) filter (metric = 'headcount' and level) as headcount_persons,
    any_value(value_norm) filter (metric = 'capital_raised' and level) as capital_raised_usd,
    any_value(value_norm) filter (metric = 'debt' and level) as debt_usd,
    max(as_of) as as_of,
    list(fact_id order by metric, fact_id) as fact_ids
  from known
  where (level and metric in ('revenue', 'net_income', 'market_cap', 'valuation', 'headcount', 'capital_raised', 'debt'))
    or (metric = 'revenue' and aspect = 'change')
  group by entity_id
)
select company, country, wide.* exclude (company, entity_id), entity_id
from wide join entities using (entity_id)
order by company, entity_id;

comment on column companies.company is 'Usual name of the company.';
comment on column companies.revenue is 'Latest revenue of the whole company; ? where confidence is below 0.7.';
comment on column companies.revenue_period is 'Its period, else the date of the article.';
comment on column companies.revenue_growth is 'By how much revenue moved at the last statement of it.';
comment on column companies.profit is 'Latest net income; a loss is negative.';
comment on column companies.profit_period is 'Its period, else the date of the article.';
comment on column companies.market_cap is 'Latest value of all its shares on the exchange.';
comment on column companies.market_cap_period is 'Its period, else the date of the article.';
comment on column companies.valuation is 'Latest value that buyers or writers put on it.';
comment on column companies.valuation_period is 'Its period, else the date of the article.';
comment on column companies.headcount is 'Latest number of staff.';
comment on column companies.headcount_period is 'Its period, else the date of the article.';
comment on column companies.capital_raised is 'Latest money raised.';
comment on column companies.capital_raised_period is 'Its period, else the date of the article.';
comment on column companies.debt is 'Latest debt.';
comment on column companies.debt_period is 'Its period, else the date of the article.';
comment on column companies.revenue_usd is 'Revenue in USD; empty where no rate is known; so for the others.';
comment on column companies.profit_usd is 'Profit in USD.';
comment on column companies.market_cap_usd is 'Market cap in USD.';
comment on column companies.valuation_usd is 'Valuation in USD.';
comment on column companies.headcount_persons is 'Staff.';
comment on column companies.capital_raised_usd is 'Money raised in USD.';
comment on column companies.debt_usd is 'Debt in USD.';
