-- Who makes what?
select maker, string_agg(product, ', ' order by product) as products
from makers
group by maker
order by maker;
