-- Prices and other figures of products of any sort: one row for each stated level.
create view product as
with vocabulary as (
  select metric from metrics where family = 'product'
)
select figures.* exclude (aspect)
from figures semi join vocabulary using (metric)
where aspect = 'level';
