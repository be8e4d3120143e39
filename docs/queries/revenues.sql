-- What does Cambricon take in, and do the sources agree?
select period, figure, usd, modality, title
from revenues
where entity = 'Cambricon'
order by period_end, published, title;
