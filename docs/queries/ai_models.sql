-- What do AI models offer, and at what price?
select model, maker, parameters, context, input_price, output_price, training_cost, scores
from ai_models
order by model;
