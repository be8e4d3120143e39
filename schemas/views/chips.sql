-- One row for each chip: process, transistors, memory, throughput, power, price.
create view chips as
with nouns as (
  select ['chip', 'GPU', 'CPU', 'processor', 'accelerator', 'chipset', 'system-on-chip', 'SoC'] as nouns
),
measured as (
  select * from specifications
  where metric in ('process_node', 'transistor_count', 'memory_capacity', 'compute_throughput', 'power_output')
    or (metric = 'price' and unit_norm = 'USD')
),
etched as (     -- a product is a chip by what it is called, or by its process and transistors
  select entity_id
  from measured join entities using (entity_id), nouns
  group by entity_id
  having any_value(list_has_any(descriptors, nouns))
    or count_if(metric in ('process_node', 'transistor_count')) > 0
),
wide as (
  select
    entity_id,
    any_value(entity) as chip,
    any_value(variants) filter (metric = 'process_node') as process,
    any_value(variants) filter (metric = 'transistor_count') as transistors,
    any_value(variants) filter (metric = 'memory_capacity') as memory,
    any_value(variants) filter (metric = 'compute_throughput') as throughput,
    any_value(variants) filter (metric = 'power_output') as power,
    any_value(variants) filter (metric = 'price') as price,
    min(lowest) filter (metric = 'process_node') as process_nm,
    max(highest) filter (metric = 'transistor_count') as transistor_count,
    max(highest) filter (metric = 'memory_capacity') / 1e9 as memory_gb,
    max(highest) filter (metric = 'compute_throughput') / 1e12 as tflops,
    min(lowest) filter (metric = 'price') as price_usd,
    max(as_of) as as_of,
    list(fact_id order by metric, fact_id) as fact_ids
  from measured semi join etched using (entity_id)
  group by entity_id
)
select chip, maker, wide.* exclude (chip, entity_id), entity_id
from wide left join makers using (entity_id)
order by chip, entity_id;

comment on column chips.chip is 'Usual name of the chip.';
comment on column chips.process is 'Process that it is made in; ? where confidence is below 0.7.';
comment on column chips.transistors is 'Transistors on it.';
comment on column chips.memory is 'Memory on it or beside it.';
comment on column chips.throughput is 'Computing throughput.';
comment on column chips.process_nm is 'Process in nm.';
comment on column chips.transistor_count is 'Transistors of the largest variant.';
comment on column chips.memory_gb is 'Memory of the largest variant in GB.';
comment on column chips.tflops is 'Throughput of the fastest variant in trillion operations a second.';
