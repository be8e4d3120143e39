-- Staff, layoffs, openings, ages and other figures of people: one row for each stated level.
create view people as
with vocabulary as (
  select metric from metrics where family = 'people'
)
select figures.* exclude (aspect)
from figures semi join vocabulary using (metric)
where aspect = 'level';
