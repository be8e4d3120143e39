-- What did people say in surveys?
select asked, answer, percent, attribution
from surveys
order by percent desc, asked;
