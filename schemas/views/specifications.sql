-- What products are like: one row for each product and metric, with its variants; what is expected only where nothing surer is known.
create view specifications as
select distinct on (entity_id, metric, kind)
  entity,
  metric,
  variants,
  * exclude (entity, metric, variants, aspect, figure)
from key_figures
where entity_kind = 'product' and aspect = 'level'
order by entity_id, metric, kind, confidence >= 0.7 desc, actual desc;
