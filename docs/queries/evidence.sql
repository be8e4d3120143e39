-- Where does a figure stand?
-- The number stands in a mark, so that a page or notebook can show it.
select sentence, title, url
from evidence
where entity = 'Cambricon' and metric = 'revenue' and aspect = 'level'
order by value desc, title;
