-- The values themselves, without changes and multiples: every stated level of every metric.
create view levels as
select family, * exclude (family, aspect)
from figures
where aspect = 'level';
