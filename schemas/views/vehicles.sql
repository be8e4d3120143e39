-- Vehicles: battery, range, power, charging, speed; one row for each stated level.
create view vehicles as
with vocabulary as (
  select metric from metrics where family = 'vehicle'
)
select figures.* exclude (aspect)
from figures semi join vocabulary using (metric)
where aspect = 'level';
