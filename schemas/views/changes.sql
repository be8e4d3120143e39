-- By how much figures moved, and how many times the earlier value they are: what the views of levels leave out.
create view changes as
select family, * exclude (family)
from figures
where aspect in ('change', 'multiple');
