-- Which cars and AI models does each firm make?
select maker, string_agg(product, ', ' order by product) as products
from makers
where product in (select vehicle from vehicles union select model from ai_models)
group by maker
order by maker;
