-- What people answered in surveys: who was asked, what they said, and what share of them.
create view surveys as
select
  entity,
  part_of as asked,
  dims['answer'] as answer,
  value as percent,
  attribution,
  published,
  * exclude (entity, metric, family, part_of, value, attribution, published)
from levels
where metric = 'survey_share';

comment on column surveys.asked is 'Of whom it is the share, in the words of the text.';
comment on column surveys.answer is 'What they said, in the words of the text.';
comment on column surveys.percent is 'Share of those who were asked, the lower end of a range.';
