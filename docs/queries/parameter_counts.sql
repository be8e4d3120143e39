-- How large are AI models said to be, and how sure is that?
select entity, figure, modality, confidence, quote
from parameter_counts
order by parameters desc, entity;
