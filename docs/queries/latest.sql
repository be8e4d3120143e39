-- What is the newest figure of each kind on Brightwell Robotics, parts and places apart?
select metric, segment, geo, figure, as_of
from latest
where entity = 'Brightwell Robotics'
order by metric, segment, geo, figure;
