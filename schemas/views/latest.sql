-- The newest level of each series that is stated as a fact: one row per entity, metric and all that narrows the claim.
create view latest as
with levels as (
  select * from figures where aspect = 'level' and modality = 'actual'
)
select * exclude (aspect, modality)
from levels
qualify row_number() over (
  partition by entity_id, metric, segment, geo, counterparty, part_of, counted, dims
  order by as_of desc nulls last, published desc nulls last, confidence desc, fact_id
) = 1;
