-- Why two numbers? Pairs of unlike figures of one subject and metric that do not speak of quite the same thing, and in what they differ.
create view related as
select
  a.entity as entity,
  a.metric as metric,
  a.aspect as aspect,
  a.figure as figure,
  b.figure as other_figure,
  [difference for difference in [
    case when a.moment <> b.moment then 'period' end,
    case when a.modality <> b.modality then 'modality' end,
    case when a.segment is distinct from b.segment then 'segment' end,
    case when a.geo is distinct from b.geo then 'geo' end,
    case when a.counterparty is distinct from b.counterparty then 'counterparty' end,
    case when a.part_of is distinct from b.part_of then 'part_of' end,
    case when a.counted is distinct from b.counted then 'counted' end,
    case when a.basis is distinct from b.basis then 'basis' end,
    case when a.dims is distinct from b.dims then 'dims' end,
    case when coalesce(a.unit_norm, a.unit) <> coalesce(b.unit_norm, b.unit) then 'unit' end
  ] if difference is not null] as differs_in,
  a.period as period,
  b.period as other_period,
  a.modality as modality,
  b.modality as other_modality,
  a.attribution as attribution,
  b.attribution as other_attribution,
  a.quote as quote,
  b.quote as other_quote,
  a.title as title,
  b.title as other_title,
  a.published as published,
  b.published as other_published,
  a.fact_id as fact_id,
  b.fact_id as other_fact_id,
  a.doc_id as doc_id,
  b.doc_id as other_doc_id,
  entity_id
from intervals as a join intervals as b using (entity_id, metric, aspect)
where (a.series <> b.series or a.moment <> b.moment or a.modality <> b.modality)
  and (a.value, a.unit) is distinct from (b.value, b.unit)
  and (coalesce(a.published, '1000-01-01'), a.doc_id, a."start", a.fact_id)
    < (coalesce(b.published, '1000-01-01'), b.doc_id, b."start", b.fact_id);

comment on column related.other_figure is 'The other figure.';
comment on column related.differs_in is 'In what the two claims differ: period, modality, segment, geo, counterparty, part_of, counted, basis, dims, unit.';
comment on column related.other_period is 'Period of the other figure.';
comment on column related.other_modality is 'How sure the other statement is.';
comment on column related.other_attribution is 'Who is cited for it.';
