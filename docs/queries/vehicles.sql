-- What do electric cars offer, the longest range first?
-- Variants stand between bars: two batteries give two ranges. ? marks what is not sure.
select vehicle, maker, "range", battery, power, price
from vehicles
where range_km is not null
order by range_km desc, vehicle;
