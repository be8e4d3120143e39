-- Do amounts in brackets fit the exchange rate of their day?
select entity, status, round(stated) as stated, round(expected) as expected, message
from check_conversion
where metric in ('revenue', 'net_income')
order by status, entity, stated;
