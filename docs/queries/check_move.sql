-- Does a move in percent fit the same move as an amount?
select entity, metric, status, message
from check_move
order by status, entity;
