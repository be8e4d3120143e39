-- Power installed and energy generated or used: one row for each stated level.
create view energy as
with vocabulary as (
  select metric from metrics where family = 'energy'
)
select figures.* exclude (aspect)
from figures semi join vocabulary using (metric)
where aspect = 'level';
