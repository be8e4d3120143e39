-- Between which bounds do rounded and open figures lie?
select figure, comparator, decimals, lo, hi
from intervals
where entity = 'Kestrel Motors' and aspect = 'level' and unit = 'EUR'
order by figure;
