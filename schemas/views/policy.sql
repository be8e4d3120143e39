-- Tariffs, fees, taxes, subsidies, budgets and other figures of policy: one row for each stated level.
create view policy as
with vocabulary as (
  select metric from metrics where family = 'policy'
)
select figures.* exclude (aspect)
from figures semi join vocabulary using (metric)
where aspect = 'level';
