-- Who makes each product: of a variant of a product, who makes that.
create view makers as
select
  product.entity_id,
  product.name as product,
  coalesce(over.name, maker.name) as maker,
  coalesce(over.entity_id, maker.entity_id) as maker_id
from entities as product
join entities as maker on maker.entity_id = product.maker_id
left join entities as over on maker.kind = 'product' and over.entity_id = maker.maker_id
where product.kind = 'product';

comment on column makers.product is 'Usual name of the product.';
comment on column makers.maker is 'Usual name of who makes it.';
