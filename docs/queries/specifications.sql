-- What is known of one product, with its variants?
select metric, variants, as_of, confidence
from specifications
where entity = 'Veldt Terra'
order by metric;
