-- What are chips made of?
select chip, maker, process, transistors, memory, throughput, price
from chips
order by chip;
