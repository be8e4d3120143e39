-- What tariffs does China face?
select by_whom, on_what, rate, since, modality, title
from tariffs
where on_whom = 'China'
order by percent desc, title;
