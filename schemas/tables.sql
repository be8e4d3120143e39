-- The tables of facts.duckdb and of the Parquet files: the only definition of every column.
-- Offsets count code points of documents.text and are half-open. Ids are a prefix plus 16 hex
-- digits of a sha256 of what they stand for.

create table documents (
  doc_id       varchar not null,
  source       varchar not null,
  item         integer not null,
  url          varchar,
  title        varchar,
  publisher    varchar,
  published    date,
  lang         varchar not null,
  text         varchar not null,
  story_id     varchar
);
comment on table documents is 'One row per article: not per file. Exact duplicates are read once.';
comment on column documents.doc_id is 'Id of the article: of its URL, else of its text.';
comment on column documents.source is 'File that it came from, as given, relative.';
comment on column documents.item is 'Place of the article in its source, from 0; of JSON lines and Parquet, its line or row.';
comment on column documents.url is 'Address of the article, where the source keeps it.';
comment on column documents.title is 'Headline.';
comment on column documents.publisher is 'Who published it, where the source says so.';
comment on column documents.published is 'Date of publication.';
comment on column documents.lang is 'Language of the text, ISO 639-1; und where it can''t be told.';
comment on column documents.text is 'Title, teaser and body without boilerplate. Every span points into this.';
comment on column documents.story_id is 'Near-duplicate cluster: syndicated copies of one story share it.';

create table quantities (
  doc_id         varchar not null,
  "start"        integer not null,
  "end"          integer not null,
  sentence_start integer not null,
  sentence_end   integer not null,
  mention        varchar not null,
  kind           varchar not null,
  value          double,
  value_max      double,
  unit           varchar,
  counted        varchar,
  comparator     varchar,
  outcome        varchar not null,
  fact_id        varchar
);
comment on table quantities is 'The ledger: every digit run and number word of every text lies in exactly one row.';
comment on column quantities.doc_id is 'Article.';
comment on column quantities."start" is 'First code point of number and unit in documents.text.';
comment on column quantities."end" is 'One past the last code point.';
comment on column quantities.sentence_start is 'First code point of the sentence.';
comment on column quantities.sentence_end is 'One past the last code point of the sentence.';
comment on column quantities.mention is 'The characters themselves.';
comment on column quantities.kind is 'money, percent, ratio, measure, count, duration, age, date, time, ordinal, name, code, number.';
comment on column quantities.value is 'As stated, magnitude applied; the lower end of a range.';
comment on column quantities.value_max is 'Upper end of a range.';
comment on column quantities.unit is 'As stated: ISO 4217 code, percent, ratio, count, km, USD/share, ...';
comment on column quantities.counted is 'The noun that is counted.';
comment on column quantities.comparator is '= exact or bare, ~ about, > over, >= at least, < under, <= up to, range.';
comment on column quantities.outcome is 'What became of it; see the table outcomes.';
comment on column quantities.fact_id is 'The fact that it became, or that it restates or converts (the first, where it became several).';

create table outcomes (
  outcome varchar not null,
  class   varchar not null,
  meaning varchar not null
);
comment on table outcomes is 'What can become of a number of a text.';
comment on column outcomes.outcome is 'Value of quantities.outcome.';
comment on column outcomes.class is 'fact; part of a fact; no figure; left out: may be a figure and became none.';
comment on column outcomes.meaning is 'What it means.';
insert into outcomes values
  ('fact',        'fact',      'Became a fact, or one fact for each of several subjects.'),
  ('equivalent',  'part',      'The same quantity in another unit; kept with its fact.'),
  ('restatement', 'part',      'Repeats a fact of the same article; counted in facts.mentions.'),
  ('qualifier',   'part',      'Narrows a fact: the 10 minutes of "200 km in 10 minutes".'),
  ('period',      'part',      'Part of a stretch of time: "the fourth quarter", "over the next three years".'),
  ('date',        'no figure', 'A calendar date, year or clock time.'),
  ('ordinal',     'no figure', 'A rank or ordinal.'),
  ('name',        'no figure', 'Part of a name: iPhone 17, GPT-4.5.'),
  ('code',        'no figure', 'A URL, phone number, legal reference, list number, version or other code.'),
  ('language',    'left out',  'The article is in a language that is not read.'),
  ('no_entity',   'left out',  'Measures something, but nothing in the text says whose figure it is.'),
  ('no_metric',   'left out',  'Measures something for which no metric has evidence.'),
  ('implausible', 'left out',  'Outside the plausible range of its metric.'),
  ('vague',       'left out',  'A number word that counts in passing, or a bare fraction.'),
  ('idiom',       'no figure', 'A number word that is no number: "one of two minds", "third party".'),
  ('bare',        'left out',  'A number without unit, noun or context that says what it measures.'),
  ('struck',      'left out',  'Struck by schemas/corrections.csv.');

create table facts (
  entity               varchar not null,
  metric               varchar not null,
  aspect               varchar not null,
  value                double  not null,
  value_max            double,
  unit                 varchar not null,
  comparator           varchar not null,
  period               varchar,
  period_start         date,
  period_end           date,
  as_of                date,
  modality             varchar not null,
  segment              varchar,
  geo                  varchar,
  counterparty         varchar,
  part_of              varchar,
  counted              varchar,
  basis                varchar,
  dims                 map(varchar, varchar),
  attribution          varchar,
  value_norm           double,
  value_norm_max       double,
  unit_norm            varchar,
  norm_note            varchar,
  fx_rate              double,
  fx_date              date,
  decimals             integer,
  equivalent_value     double,
  equivalent_value_max double,
  equivalent_unit      varchar,
  published            date,
  title                varchar,
  source               varchar not null,
  url                  varchar,
  quote                varchar not null,
  mention              varchar not null,
  confidence           double  not null,
  rule                 varchar not null,
  entity_kind          varchar not null,
  entity_id            varchar not null,
  doc_id               varchar not null,
  fact_id              varchar not null,
  "start"              integer not null,
  "end"                integer not null,
  mentions             integer not null
);
comment on table facts is 'One row for one claim of one article, never merged, never overwritten.';
comment on column facts.entity is 'Usual name of the subject.';
comment on column facts.metric is 'What is measured: id of the table metrics.';
comment on column facts.aspect is 'level (the value itself), change (by how much it moved), multiple (times the earlier value).';
comment on column facts.value is 'As stated, magnitude applied; lower end of a range; negative for losses and falls.';
comment on column facts.value_max is 'Upper end, for ranges only.';
comment on column facts.unit is 'As stated: ISO 4217 code, percent, percentage_point, ratio, count, km, USD/Mtoken, ...';
comment on column facts.comparator is '= exact or bare, ~ about, > over, >= at least, < under, <= up to, range.';
comment on column facts.period is 'Time that the value speaks of: 2025, 2025-Q2, 2025-H1, 2025-08-25, or the words of the text.';
comment on column facts.period_start is 'First day of it, inclusive; null where the text gives none.';
comment on column facts.period_end is 'Last day of it, inclusive; null where the text gives none.';
comment on column facts.as_of is 'period_end, else the date of publication: what "latest" sorts by.';
comment on column facts.modality is 'actual, forecast, planned, estimate, hypothetical.';
comment on column facts.segment is 'Part of the subject that is meant: business, variant, kind.';
comment on column facts.geo is 'Place to which the figure is limited.';
comment on column facts.counterparty is 'The other party: payee, compared, acquired, who imposes a tariff.';
comment on column facts.part_of is 'The whole of a share.';
comment on column facts.counted is 'The noun that is counted.';
comment on column facts.basis is 'What a change is against: yoy, qoq, 1d, ytd, since, versus.';
comment on column facts.dims is 'What else narrows the claim; keys: answer, charge, charge_time, condition, definition, item, kind, per, price_type, purpose, round, test_cycle.';
comment on column facts.attribution is 'Who is cited for it; null where the writer says it himself.';
comment on column facts.value_norm is 'Value in the metric''s canonical unit; money in USD.';
comment on column facts.value_norm_max is 'Upper end in the canonical unit.';
comment on column facts.unit_norm is 'The canonical unit.';
comment on column facts.norm_note is 'Why value_norm is null, or how it was converted.';
comment on column facts.fx_rate is 'USD for one unit of the stated currency.';
comment on column facts.fx_date is 'Day of the rate; the last day of the period where it is an average.';
comment on column facts.decimals is 'Rounding of the stated number as in XBRL: 2.9 billion is -8.';
comment on column facts.equivalent_value is 'The text''s own restatement in another unit.';
comment on column facts.equivalent_value_max is 'Its upper end.';
comment on column facts.equivalent_unit is 'Its unit.';
comment on column facts.published is 'Date of publication of the article.';
comment on column facts.title is 'Headline of the article.';
comment on column facts.source is 'File that the article came from.';
comment on column facts.url is 'Address of the article.';
comment on column facts.quote is 'The sentence, at most 80 words of it around the number.';
comment on column facts.mention is 'The number with its unit, as it stands in quote.';
comment on column facts.confidence is 'How likely entity, metric and value are right, measured on unseen news from 0.7 on (docs/accuracy.md); 0.5 to 0.7: about four in ten. Views show facts from 0.5.';
comment on column facts.rule is 'The evidence that made it.';
comment on column facts.entity_kind is 'company, product, place, market, policy, person, organisation, other.';
comment on column facts.entity_id is 'Key of the table entities.';
comment on column facts.doc_id is 'Key of the table documents.';
comment on column facts.fact_id is 'Id of the fact: of its article and the whole claim.';
comment on column facts."start" is 'First code point of the mention in documents.text.';
comment on column facts."end" is 'One past its last code point.';
comment on column facts.mentions is 'How often the article states it; 1 where it does so once.';

create table entities (
  entity_id   varchar not null,
  name        varchar not null,
  kind        varchar not null,
  maker_id    varchar,
  country     varchar,
  ticker      varchar,
  wikidata    varchar,
  aliases     varchar[],
  descriptors varchar[],
  known       boolean not null,
  source      varchar
);
comment on table entities is 'Who and what the facts are about.';
comment on column entities.entity_id is 'Id of the gazetteer, or one made of kind and name where it was discovered.';
comment on column entities.name is 'Usual name.';
comment on column entities.kind is 'company, product, place, market, policy, person, organisation, other.';
comment on column entities.maker_id is 'Who makes the product.';
comment on column entities.country is 'Seat, ISO 3166-1 alpha-2.';
comment on column entities.ticker is 'Exchange and symbol, empty where it cannot be sourced.';
comment on column entities.wikidata is 'Wikidata item, empty where it cannot be sourced.';
comment on column entities.aliases is 'Other names that are recognised.';
comment on column entities.descriptors is 'Nouns for what it is: chip, electric car, marketplace.';
comment on column entities.known is 'True from the gazetteer, false when discovered in a text.';
comment on column entities.source is 'Where the entry comes from: file of the gazetteer, or the article that it was found in.';

create table metrics (
  metric    varchar not null,
  family    varchar not null,
  title     varchar not null,
  meaning   varchar not null,
  unit      varchar not null,
  about     varchar[] not null
);
comment on table metrics is 'The vocabulary: what can be measured.';
comment on column metrics.metric is 'Id: the name of its file in schemas/metrics.';
comment on column metrics.family is 'Folder of its file.';
comment on column metrics.title is 'Name for people.';
comment on column metrics.meaning is 'What it is, and what it is not.';
comment on column metrics.unit is 'Canonical unit; money is kept in USD.';
comment on column metrics.about is 'Kinds of entity that it is said of, the likeliest first.';

create table units (
  unit      varchar not null,
  kind      varchar not null,
  canonical varchar,
  factor    double
);
comment on table units is 'Units as they stand in facts.unit, and what they convert to.';
comment on column units.unit is 'Symbol.';
comment on column units.kind is 'Kind of quantity, or dimension.';
comment on column units.canonical is 'Unit that it converts to.';
comment on column units.factor is 'Multiply by this to convert; null where it takes more than a factor.';

create table fx_rates (
  currency varchar not null,
  date     date    not null,
  usd      double  not null,
  note     varchar
);
comment on table fx_rates is 'Reference rates of the European Central Bank: those that the facts were converted with, and those of the days of amounts that a text converts itself.';
comment on column fx_rates.currency is 'ISO 4217 code.';
comment on column fx_rates.date is 'Day of the rate, or last day of the period that it is an average of.';
comment on column fx_rates.usd is 'USD for one unit of the currency.';
comment on column fx_rates.note is 'How many daily rates it is an average of; null for the rate of a day.';

create table rejects (
  source varchar not null,
  item   integer,
  reason varchar not null
);
comment on table rejects is 'Input that could not be read, and why. It stopped nothing.';
comment on column rejects.source is 'File.';
comment on column rejects.item is 'Ordinal in the file, or line, where it is known.';
comment on column rejects.reason is 'What is wrong and what to do.';

create table build (
  schema_version varchar not null,
  tool           varchar not null,
  rules          varchar not null,
  build          varchar not null
);
comment on table build is 'What made this database: one row.';
comment on column build.schema_version is 'Version of the tables; a new one where a column was renamed or dropped.';
comment on column build.tool is 'Program and its version.';
comment on column build.rules is 'Digest of the rules.';
comment on column build.build is 'Digest of everything the tables depend on; the same in all files of one build.';
