-- What do electric cars offer, the longest range first?
-- Variants stand between bars: two batteries give two ranges. ? marks what is not sure.
select vehicle, maker, battery, "range", range_km, power, price
from vehicles
where battery is not null
order by range_km desc, vehicle;
