-- Who employs how many people, and who lets some go?
select entity, metric, figure, modality, published
from headcounts
where confidence >= 0.7
order by entity, metric, figure;
