-- What do companies earn, what are they worth, and how many people work there?
-- The latest figures that are stated as facts, each with its period; ? where confidence is below 0.7.
select company, revenue, revenue_period, revenue_growth, profit, profit_period, market_cap, valuation, headcount
from companies
where revenue is not null and (profit is not null or headcount is not null)
order by revenue_usd desc, company;
