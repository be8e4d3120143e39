-- Duties on goods: rate, threshold and fee of the place or goods that are taxed, and who imposes them.
create view tariffs as
select
  entity,
  metric,
  figure,
  counterparty as imposed_by,
  segment as goods,
  * exclude (entity, metric, figure, counterparty, segment)
from policy
where metric in ('tariff_rate', 'duty_threshold', 'fee');

comment on column tariffs.imposed_by is 'Who imposes the duty.';
comment on column tariffs.goods is 'Goods to which it is limited.';
