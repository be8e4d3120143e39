-- What companies earn, owe, raise and are worth: one row for each stated level.
create view financials as
with vocabulary as (
  select metric from metrics where family = 'financials'
)
select figures.* exclude (aspect)
from figures semi join vocabulary using (metric)
where aspect = 'level';
