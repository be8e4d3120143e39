-- Staff, jobs cut and jobs offered: every stated level.
create view headcounts as
select
  entity,
  metric,
  segment,
  figure,
  period,
  modality,
  value_norm,
  unit_norm,
  * exclude (family, entity, metric, segment, figure, period, modality, value_norm, unit_norm)
from levels
where metric in ('headcount', 'layoffs', 'job_openings');
