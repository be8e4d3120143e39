-- One row for each AI model: parameters, context, token prices, what its training took, benchmark scores.
create view ai_models as
with measured as (
  select * from specifications
  where metric in ('parameter_count', 'context_length', 'token_price', 'training_cost', 'training_compute', 'benchmark_score')
),
models as (     -- cars and sportsmen have scores too
  select distinct entity_id from measured where metric <> 'benchmark_score'
),
wide as (
  select
    entity_id,
    any_value(entity) as model,
    any_value(variants) filter (metric = 'parameter_count') as parameters,
    any_value(variants) filter (metric = 'context_length') as context,
    any_value(variants) filter (metric = 'token_price' and kind is distinct from 'output') as input_price,
    any_value(variants) filter (metric = 'token_price' and kind = 'output') as output_price,
    any_value(variants) filter (metric = 'training_cost') as training_cost,
    any_value(variants) filter (metric = 'training_compute') as training_compute,
    any_value(variants) filter (metric = 'benchmark_score') as scores,
    max(highest) filter (metric = 'parameter_count') as parameters_max,
    max(highest) filter (metric = 'context_length') as context_tokens,
    min(lowest) filter (metric = 'token_price' and kind is distinct from 'output') as input_price_usd,
    min(lowest) filter (metric = 'token_price' and kind = 'output') as output_price_usd,
    min(lowest) filter (metric = 'training_cost') as training_cost_usd,
    max(as_of) as as_of,
    list(fact_id order by metric, fact_id) as fact_ids
  from measured semi join models using (entity_id)
  group by entity_id
)
select model, maker, wide.* exclude (model, entity_id), entity_id
from wide left join makers using (entity_id)
order by model, entity_id;

comment on column ai_models.model is 'Usual name of the model.';
comment on column ai_models.parameters is 'Parameters, a size or expert count each; ? where confidence is below 0.7.';
comment on column ai_models.context is 'Tokens that it can take in at once.';
comment on column ai_models.input_price is 'Price of a million tokens that it reads, or of all tokens where the text names no kind.';
comment on column ai_models.output_price is 'Price of a million tokens that it writes.';
comment on column ai_models.training_cost is 'Money that its training took.';
comment on column ai_models.training_compute is 'Computing that its training took.';
comment on column ai_models.scores is 'Benchmark scores.';
comment on column ai_models.parameters_max is 'Parameters of the largest variant.';
comment on column ai_models.context_tokens is 'The longest context in tokens.';
comment on column ai_models.input_price_usd is 'The lowest input price in USD for a million tokens.';
comment on column ai_models.output_price_usd is 'The lowest output price in USD for a million tokens.';
comment on column ai_models.training_cost_usd is 'Training cost in USD.';
