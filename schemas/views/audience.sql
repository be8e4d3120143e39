-- Users, customers, followers, views and downloads: one row for each stated level.
create view audience as
with vocabulary as (
  select metric from metrics where family = 'audience'
)
select figures.* exclude (aspect)
from figures semi join vocabulary using (metric)
where aspect = 'level';
