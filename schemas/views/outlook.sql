-- What is forecast, planned or estimated for a time after publication, nearest horizon first; last what undated articles say.
create view outlook as
select
  entity,
  metric,
  aspect,
  figure,
  year(period_end) as horizon,
  period,
  modality,
  attribution,
  published,
  * exclude (entity, metric, aspect, figure, period, modality, attribution, published)
from figures
where modality in ('forecast', 'planned', 'estimate')
  and (period_end > published or published is null)
order by published is null, period_end nulls last, entity, metric, published, fact_id;

comment on column outlook.horizon is 'Year in which the period ends; null where the text gives none.';
