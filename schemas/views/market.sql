-- Sizes and shares of markets, shipments, output, trade: one row for each stated level.
create view market as
with vocabulary as (
  select metric from metrics where family = 'market'
)
select figures.* exclude (aspect)
from figures semi join vocabulary using (metric)
where aspect = 'level';
