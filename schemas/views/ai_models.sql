-- Language models and the like: parameters, context, training, token prices, scores; one row for each level.
create view ai_models as
with vocabulary as (
  select metric from metrics where family = 'ai'
)
select figures.* exclude (aspect)
from figures semi join vocabulary using (metric)
where aspect = 'level';
