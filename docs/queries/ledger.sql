-- What became of the numbers of each article?
select title, numbers, facts, parts, no_figures, left_out
from ledger
order by numbers desc, title
limit 8;
