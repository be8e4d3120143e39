-- Does the price target lie where it is said to lie?
select entity, status, message
from check_target;
