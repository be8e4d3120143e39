-- Why are there several figures for one thing?
select figure, other_figure, differs_in
from related
where entity = 'Kestrel Motors' and metric = 'revenue' and aspect = 'level'
order by figure, other_figure;
