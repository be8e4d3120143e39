-- Do parts and their whole fit?
select entity, status, message, quote
from check_parts;
