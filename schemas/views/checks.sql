-- What the texts say against itself: arithmetic, conversions, units, periods. Each row names the test, its result and the numbers, with both sentences.
create view checks as
from check_bound
union all by name
from check_change
union all by name
from check_charging
union all by name
from check_conversion
union all by name
from check_currency
union all by name
from check_fall
union all by name
from check_market_cap
union all by name
from check_move
union all by name
from check_parts
union all by name
from check_pe_ratio
union all by name
from check_period
union all by name
from check_scale
union all by name
from check_target
union all by name
from check_twice;

comment on column checks.test is 'Name of the test; the view check_<test> says how it is made.';
comment on column checks.status is 'pass, warn, fail, or info where the two need not agree.';
comment on column checks.message is 'What was compared, with the numbers.';
comment on column checks.stated is 'The number that the text states.';
comment on column checks.expected is 'The number that it should be.';
comment on column checks.difference is 'By how much the stated one is off.';
comment on column checks.other_quote is 'Sentence of the other figure.';
comment on column checks.other_fact_id is 'The other figure.';
comment on column checks.other_doc_id is 'Its article.';
