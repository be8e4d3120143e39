-- By how much figures moved, and how many times the earlier value they are: what the views of levels leave out.
create view changes as
select metrics.family, figures.*
from figures join metrics using (metric)
where aspect in ('change', 'multiple');
