-- Length, width, height, weight and screen size: one row for each stated level.
create view dimensions as
with vocabulary as (
  select metric from metrics where family = 'dimensions'
)
select figures.* exclude (aspect)
from figures semi join vocabulary using (metric)
where aspect = 'level';
