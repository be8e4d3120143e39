-- How large are markets, and what is expected of them?
select market, size, size_period, expected, expected_period, growth
from markets
order by market;
