-- What is the most in one sentence and the least in another?
select entity, metric, message, quote, other_quote
from check_bound;
