-- Which figures don't add up?
-- Passed tests are left out; each test has a view of its own, check_<test>, that shows how it is made.
select test, status, entity, message
from checks
where status in ('fail', 'warn')
order by status, test, entity;
