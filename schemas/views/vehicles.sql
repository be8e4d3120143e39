-- One row for each vehicle: battery, range, power, charging, speed, price and size, as the article gives them that key_figures prefers.
create view vehicles as
with nouns as (
  select ['car', 'vehicle', 'truck', 'van', 'pickup', 'bus', 'motorcycle', 'scooter', 'bike', 'SUV', 'crossover', 'sedan', 'saloon',
          'hatchback', 'coupe', 'roadster', 'wagon', 'minivan'] as nouns
),
-- A product is a vehicle by what it is called; where nobody says, by what is measured of it and not of batteries.
driven as (
  select entity_id
  from specifications join entities using (entity_id), nouns
  where name <> lower(name)         -- not cars in general
  group by entity_id
  having any_value(list_has_any(descriptors, nouns))
    or (any_value(coalesce(len(descriptors), 0)) = 0
        and bool_or(metric in ('driving_range', 'top_speed', 'acceleration_time'))
        and count_if(metric in ('driving_range', 'top_speed', 'acceleration_time', 'torque', 'power_output', 'wheelbase', 'price')) >= 2
        and not bool_or(metric = 'energy_density'))
),
measured as (
  select * from specifications
  where metric in ('battery_capacity', 'driving_range', 'power_output', 'torque', 'acceleration_time', 'top_speed', 'charging_power',
                   'length', 'width', 'height', 'wheelbase', 'weight')
    or (metric = 'price' and unit_norm = 'USD')
),
-- What no vehicle has is of something else: of a storage site, a fleet, a cell, a month's rate.
believable as (
  select * from measured semi join driven using (entity_id)
  where not (metric = 'battery_capacity' and highest > 2_000) and not (metric = 'driving_range' and highest > 5_000)
    and not (metric in ('length', 'width', 'height', 'wheelbase') and highest < 500) and not (metric = 'price' and highest < 200)
),
wide as (
  select
    entity_id,
    any_value(entity) as vehicle,
    any_value(variants) filter (metric = 'battery_capacity') as battery,
    any_value(variants) filter (metric = 'driving_range') as "range",
    any_value(variants) filter (metric = 'power_output') as power,
    any_value(variants) filter (metric = 'torque') as torque,
    any_value(variants) filter (metric = 'acceleration_time') as acceleration,
    any_value(variants) filter (metric = 'top_speed') as top_speed,
    any_value(variants) filter (metric = 'charging_power') as charging,
    any_value(variants) filter (metric = 'price') as price,
    any_value(variants) filter (metric = 'length') as length,
    any_value(variants) filter (metric = 'width') as width,
    any_value(variants) filter (metric = 'height') as height,
    any_value(variants) filter (metric = 'wheelbase') as wheelbase,
    any_value(variants) filter (metric = 'weight') as weight,
    max(highest) filter (metric = 'battery_capacity') as battery_kwh,
    max(highest) filter (metric = 'driving_range') as range_km,
    max(case unit_norm when 'hp' then 0.7457 else 1 end * highest) filter (metric = 'power_output') as power_kw,
    max(highest) filter (metric = 'charging_power') as charging_kw,
    min(lowest) filter (metric = 'price') as price_usd,
    max(as_of) as as_of,
    list(fact_id order by metric, fact_id) as fact_ids
  from believable
  group by entity_id
)
select vehicle, maker, wide.* exclude (vehicle, entity_id), entity_id
from wide left join makers using (entity_id)
order by vehicle, entity_id;

comment on column vehicles.vehicle is 'Usual name of the vehicle.';
comment on column vehicles.maker is 'Who makes it.';
comment on column vehicles.battery is 'What its batteries hold, a variant each; ? where confidence is below 0.7.';
comment on column vehicles."range" is 'Driving range, a variant or test cycle each.';
comment on column vehicles.power is 'Power of its motors, a variant each.';
comment on column vehicles.torque is 'Torque of its motors, a variant each.';
comment on column vehicles.acceleration is 'Time from standstill to 100 km/h or 60 mph.';
comment on column vehicles.top_speed is 'Highest speed.';
comment on column vehicles.charging is 'Power with which it charges, a way of charging each.';
comment on column vehicles.price is 'Price, a variant or market each.';
comment on column vehicles.length is 'Length.';
comment on column vehicles.width is 'Width.';
comment on column vehicles.height is 'Height.';
comment on column vehicles.wheelbase is 'Distance between the axles.';
comment on column vehicles.weight is 'Weight, or what it can carry.';
comment on column vehicles.battery_kwh is 'The largest of its batteries in kWh.';
comment on column vehicles.range_km is 'The longest of its ranges in km.';
comment on column vehicles.power_kw is 'The strongest of its variants in kW.';
comment on column vehicles.charging_kw is 'The fastest way of charging in kW.';
comment on column vehicles.price_usd is 'The lowest of its prices in USD.';
comment on column vehicles.as_of is 'Newest date of the figures shown.';
comment on column vehicles.fact_ids is 'The facts shown (of several variants one), to look them up in evidence.';
