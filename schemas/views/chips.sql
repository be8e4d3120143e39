-- Chips: process node, transistors, memory, throughput; one row for each stated level.
create view chips as
with vocabulary as (
  select metric from metrics where family = 'chip'
)
select figures.* exclude (aspect)
from figures semi join vocabulary using (metric)
where aspect = 'level';
