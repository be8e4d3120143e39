// The data of the page: unpacked, tables by column made rows, and rows tied to each other.

/** What the page holds: facts, entities, documents, metrics, outcomes, conflicts, checks; and where to find them by id. */
async function unpack(packed) {
  const bytes = Uint8Array.fromBase64 ? Uint8Array.fromBase64(packed) : Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return tied(await new Response(stream).json());
}

function rows(table) {
  const names = Object.keys(table);
  const columns = Object.values(table);
  return Array.from({ length: columns[0]?.length ?? 0 }, (_, i) => {
    const row = {};
    for (let c = 0; c < names.length; c++) row[names[c]] = columns[c][i];
    return row;
  });
}

function tied(content) {
  const data = {};
  for (const name of ["metrics", "outcomes", "entities", "documents", "facts", "conflicts", "checks"]) data[name] = rows(content[name]);
  const by = (table, key) => new Map(data[table].map((row) => [row[key], row]));
  data.metric = by("metrics", "metric");
  data.entity = by("entities", "entity_id");
  data.document = by("documents", "doc_id");
  data.fact = by("facts", "fact_id");
  for (const each of [...data.entities, ...data.documents]) each.facts = [];
  for (const fact of data.facts) {
    fact.metric = data.metric.get(fact.metric);
    fact.subject = data.entity.get(fact.entity_id);
    fact.document = data.document.get(fact.doc_id);
    fact.subject.facts.push(fact);
    fact.document.facts.push(fact);
  }
  for (const document of data.documents) {
    document.title ??= document.text.split("\n", 1)[0].slice(0, 120);
    document.numbers = document.numbers.map(([start, end, outcome, kind, fact]) =>
      ({ start, end, outcome: data.outcomes[outcome], kind, fact: typeof fact === "number" ? data.facts[fact] : null,
         elsewhere: typeof fact === "string" ? fact : null }));
  }
  for (const each of [...data.conflicts, ...data.checks]) {
    each.fact = data.fact.get(each.fact_id);
    each.other_fact = data.fact.get(each.other_fact_id);
  }
  return data;
}

/** The sentence of a fact, with its number marked. */
function sentence(fact) {
  const text = fact.document.text;
  const piece = (start, end) => text.slice(start, end).replace(/\s+/g, " ");
  return [piece(fact.quote_start, fact.start), el("mark", {}, piece(fact.start, fact.end)), piece(fact.end, fact.quote_end)];
}

const SIGNS = { "~": "≈", ">=": "≥", "<=": "≤" };

/** The figure as people write it: "≈ 8 billion EUR", "−12 %". */
function figure(fact) {
  return fact.figure.replace(/^(~|>=|<=) /, (_, sign) => SIGNS[sign] + " ").replace(/(^|\s)-(?=\d)/, "$1−");
}

const ASPECTS = { level: "", change: "change of ", multiple: "multiple of " };

/** What is measured: "Revenue", "Change of revenue". */
function measured(fact) {
  const name = ASPECTS[fact.aspect] + (fact.aspect === "level" ? fact.metric.title : fact.metric.title.replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase()));
  return name[0].toUpperCase() + name.slice(1);
}

/** What narrows a claim, beside period and modality: "cars, Germany". */
function narrowing(fact) {
  const dims = Object.entries(fact.dims ?? {}).map(([key, value]) => `${key.replace(/_/g, " ")} ${value}`);
  return [fact.segment, fact.geo, fact.counterparty && `with ${fact.counterparty}`, fact.part_of && `of ${fact.part_of}`, ...dims]
    .filter(Boolean).join(", ");
}

/** The first and last day (ISO) of what people type for a time: 2025, 2025-Q2, 2025-H1, 2025-08, 2025-08-25; else null. */
function span(text) {
  const found = /^(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?$/i.exec(text);
  if (!found) return null;
  const [, year, quarter, half, month, day] = found;
  if (day) return [text, text];
  const first = quarter ? quarter * 3 - 2 : half ? half * 6 - 5 : Number(month ?? 1);
  const last = quarter ? first + 2 : half ? first + 5 : month ? first : 12;
  const two = (number) => String(number).padStart(2, "0");
  return [`${year}-${two(first)}-01`, `${year}-${two(last)}-${new Date(year, last, 0).getDate()}`];
}
