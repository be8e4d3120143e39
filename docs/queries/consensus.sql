-- Which figures does more than one story give, and do they agree?
select entity, metric, period, figure, n_docs, n_stories, n_sources, agree
from consensus
where n_stories > 1
order by entity, metric, period;
