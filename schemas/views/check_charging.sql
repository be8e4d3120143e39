-- Energy charged in a stated time against the power of the charger, which no mean power can surpass.
create view check_charging as
with charged as (
  select *,
    regexp_extract(dims['charge_time'], '^([0-9]+)[ -]minutes?$', 1) as minutes
  from intervals
  where metric = 'charge_added' and unit_norm = 'kWh'
),
compared as (
  select
    power.*,
    charged.figure as charged_figure,
    minutes,
    charged.quote as other_quote,
    charged.fact_id as other_fact_id,
    charged.value_norm * 60 / minutes::double as expected
  from charged join intervals as power using (doc_id, entity_id)
  where minutes <> ''
    and power.metric = 'charging_power' and power.aspect = 'level' and power.unit_norm = 'kW'
)
select
  'charging' as test,
  case when coalesce(hi_norm >= expected * 0.99, true) then 'pass' else 'fail' end as status,
  entity,
  metric,
  charged_figure || ' in ' || minutes || ' minutes takes ' || printf('%.0f', expected) || ' kW on average; stated is ' || figure as message,
  value_norm as stated,
  expected,
  value_norm - expected as difference,
  quote,
  other_quote,
  fact_id,
  other_fact_id,
  doc_id,
  doc_id as other_doc_id,
  entity_id
from compared
qualify row_number() over (partition by other_fact_id order by value_norm desc) = 1;
