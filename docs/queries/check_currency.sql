-- Which number stands twice, in two currencies?
select entity, message, quote, other_quote
from check_currency;
