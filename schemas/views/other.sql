-- Counts, durations, amounts and measures that no other metric covers: one row for each stated level.
create view other as
with vocabulary as (
  select metric from metrics where family = 'other'
)
select figures.* exclude (aspect)
from figures semi join vocabulary using (metric)
where aspect = 'level';
