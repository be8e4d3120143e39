// The list of facts with its search and filters, and the page of one fact.

const SORTS = {
  newest: ["Newest article first", null],         // the order of the data
  time: ["Latest period first", (a, b) => (b.as_of ?? "").localeCompare(a.as_of ?? "")],
  name: ["By name", (a, b) => a.entity.localeCompare(b.entity) || a.metric.title.localeCompare(b.metric.title)],
  largest: ["Largest value first", (a, b) => (b.value_norm ?? -Infinity) - (a.value_norm ?? -Infinity)],
  surest: ["Surest first", (a, b) => b.confidence - a.confidence],
};
const MODALITIES = ["actual", "forecast", "planned", "estimate", "hypothetical"];

/** The facts that meet a filter: { q, entity, family, metric, period, modality, confidence, sort }. */
function chosen(data, filter) {
  const words = (filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const name = filter.entity?.toLowerCase();
  const period = filter.period && timed(filter.period);
  const least = Number(filter.confidence ?? 0);
  const found = data.facts.filter((fact) =>
    (!filter.family || fact.metric.family === filter.family)
    && (!filter.metric || fact.metric.metric === filter.metric)
    && (!filter.modality || fact.modality === filter.modality)
    && fact.confidence >= least
    && (!name || fact.subject.name.toLowerCase().includes(name))
    && (!period || period(fact))
    && (!words.length || words.every((word) => searched(fact).includes(word))));
  const order = SORTS[filter.sort]?.[1];
  return order ? found.sort(order) : found;
}

/** What a search looks through; made when it is first needed. */
function searched(fact) {
  fact.searched ??= [fact.entity, measured(fact), figure(fact), fact.period, fact.segment, fact.geo, fact.attribution, fact.document.title,
                     fact.document.text.slice(fact.quote_start, fact.quote_end)].join("\n").toLowerCase();
  return fact.searched;
}

/** Whether the period of a fact lies in what was typed, or its words hold it. */
function timed(text) {
  const within = span(text);
  const lower = text.toLowerCase();
  return (fact) => within && fact.period_start ? fact.period_start >= within[0] && fact.period_end <= within[1]
    : (fact.period ?? "").toLowerCase().includes(lower);
}

function factsView(data, filter, remember) {
  const status = el("p", { class: "status", role: "status" });
  const results = el("div");
  const metrics = el("div", { class: "slot" });
  const named = (rows, key) => [...new Map(rows.map((row) => [row[key], row])).values()];
  const families = named(data.metrics, "family").map((metric) => [metric.family, metric.family.replace(/_/g, " ")]);
  const names = data.entities.filter((entity) => entity.facts.length).sort((a, b) => b.facts.length - a.facts.length).map((entity) => entity.name);
  const times = [...new Set(data.facts.flatMap((fact) => fact.period && span(fact.period) && fact.period.length <= 7 ? [fact.period] : []))].sort().reverse();
  const like = (options) => (text) => options.filter((each) => each.toLowerCase().includes(text.toLowerCase())).slice(0, 30);

  const set = (name, value) => {
    filter = Object.fromEntries(Object.entries({ ...filter, [name]: value }).filter(([, each]) => each));
    if (name === "family" && filter.metric && data.metric.get(filter.metric)?.family !== value && value) delete filter.metric;
    if (name === "family") offer();
    remember(filter);
    show();
  };
  const offer = () => metrics.replaceChildren(select("Metric", [["", "All metrics"], ...families.filter(([family]) => !filter.family || family === filter.family)
    .map(([family, label]) => ({ label, options: data.metrics.filter((metric) => metric.family === family).map((metric) => [metric.metric, metric.title]) }))],
    filter.metric ?? "", (value) => set("metric", value)));
  const show = () => {
    const found = chosen(data, filter);
    status.textContent = found.length === data.facts.length ? `${count(found.length, "fact")}` : `${count(found.length)} of ${count(data.facts.length, "fact")}`;
    results.replaceChildren(...(found.length ? growing(found, row, { name: "facts" }) : [el("p", { class: "none" }, "No fact meets all of this. Take a filter away, or search for less.")]));
  };
  const controls = el("form", { class: "filters", role: "search", submit: (event) => event.preventDefault() });
  const build = () => {
    const chosenFilters = ["entity", "family", "metric", "period", "modality", "confidence"].some((name) => filter[name]);
    const more = el("details", { open: chosenFilters || matchMedia("(min-width: 48rem)").matches },
      el("summary", {}, "Filters"),
      el("div", { class: "fields" },
        input("Entity", "text", filter.entity ?? "", (value) => set("entity", value), { hint: "Any", suggest: like(names) }),
        select("Family", [["", "All families"], ...families], filter.family ?? "", (value) => set("family", value)),
        metrics,
        input("Period", "text", filter.period ?? "", (value) => set("period", value), { hint: "2025, 2025-Q2", suggest: like(times) }),
        select("How sure the text is", [["", "Any"], ...MODALITIES.map((each) => [each, each])], filter.modality ?? "", (value) => set("modality", value)),
        select("Confidence", [["", "from 0.5"], ["0.6", "from 0.6"], ["0.7", "from 0.7"], ["0.8", "from 0.8"], ["0.9", "from 0.9"]], filter.confidence ?? "", (value) => set("confidence", value)),
        select("Order", Object.entries(SORTS).map(([id, [name]]) => [id, name]), filter.sort ?? "newest", (value) => set("sort", value === "newest" ? "" : value)),
        el("button", { type: "button", class: "clear", click: () => { filter = {}; remember(filter); build(); show(); } }, "Clear")));
    controls.replaceChildren(input("Search", "search", filter.q ?? "", (value) => set("q", value), { hint: "Words of the sentence, a name, a headline", key: "/" }), more);
    offer();
  };
  build();
  show();
  return [el("h1", { class: "unseen" }, "Facts"), controls, status, results];
}

/** A fact as a row of a list. */
function row(fact) {
  return el("li", { class: "fact" },
    el("div", { class: "who" }, el("a", { href: to("entity", fact.entity_id) }, fact.subject.name), el("span", { class: "what" }, measured(fact)), narrowing(fact) && el("span", { class: "narrow" }, narrowing(fact))),
    el("div", { class: "figure" }, el("a", { class: "main", href: to("fact", fact.fact_id) }, figure(fact)), el("span", { class: "when" }, fact.period ?? "", modality(fact))),
    el("div", { class: "said" }, el("p", {}, sentence(fact)), el("p", { class: "origin" }, origin(fact), el("span", { title: "Confidence" }, fact.confidence.toFixed(2)))));
}

function modality(fact) {
  return fact.modality !== "actual" && el("span", { class: "tag" }, fact.modality);
}

/** Where a fact comes from: a link to its place in the text, and the date. */
function origin(fact) {
  return [el("a", { href: to("document", fact.doc_id, fact.start) }, fact.document.title), fact.document.published && el("time", {}, fact.document.published)];
}

const COMPARATORS = { "~": "about", ">": "more than", ">=": "at least", "<": "less than", "<=": "at most" };
const BASES = { yoy: "a year before", qoq: "the quarter before", "1d": "the day before", ytd: "the start of the year" };

function number(value, most, unit) {
  if (value === null) return null;
  const digits = (each) => each.toLocaleString("en", { maximumSignificantDigits: 12 }).replace("-", "−");
  return `${digits(value)}${most !== null ? " to " + digits(most) : ""} ${unit ?? ""}`.trim();
}

function factView(data, id) {
  const fact = data.fact.get(id);
  if (!fact) return missing("fact");
  const document = fact.document;
  const others = fact.subject.facts.filter((each) => each !== fact && each.metric === fact.metric);
  const doubts = [...data.conflicts, ...data.checks.filter((check) => check.status !== "pass")].filter((each) => each.fact === fact || each.other_fact === fact);
  return [
    el("h1", {}, el("a", { href: to("entity", fact.entity_id) }, fact.subject.name), el("span", { class: "what" }, measured(fact))),
    el("p", { class: "big" }, figure(fact), " ", modality(fact)),
    el("blockquote", {}, el("p", {}, sentence(fact)),
      el("footer", {}, origin(fact), document.publisher, outside(document.url, "At the publisher"))),
    doubts.length > 0 && el("section", {}, el("h2", {}, "In doubt"), el("ul", { class: "doubts" }, doubts.map((each) => each.status ? checkRow(each) : conflictRow(each)))),
    details([
      ["Value", number(fact.value, fact.value_max, fact.unit)],
      ["Stated as", COMPARATORS[fact.comparator]],
      ["Period", fact.period && [fact.period, fact.period_start && fact.period_start !== fact.period ? ` (${fact.period_start === fact.period_end ? fact.period_start : `${fact.period_start} to ${fact.period_end}`})` : ""].join("")],
      ["How sure the text is", fact.modality],
      ["Part of the subject", fact.segment], ["Place", fact.geo], ["Other party", fact.counterparty], ["Share of", fact.part_of], ["Counted", fact.counted],
      ["Against", BASES[fact.basis] ?? fact.basis],
      ...Object.entries(fact.dims ?? {}).map(([key, value]) => [key.replace(/_/g, " "), value]),
      ["Said by", fact.attribution],
      ["The text's own conversion", number(fact.equivalent_value, fact.equivalent_value_max, fact.equivalent_unit)],
      ["Converted", fact.unit_norm !== fact.unit && number(fact.value_norm, fact.value_norm_max, fact.unit_norm)],
      ["Exchange rate", fact.fx_rate !== null && fact.fx_rate !== 1 && `${fact.fx_rate.toPrecision(5)} USD, ${fact.fx_date}`],
      ["Note", fact.norm_note],
      ["Stated", fact.mentions > 1 && `${fact.mentions} times in the article`],
      ["Confidence", fact.confidence.toFixed(2)],
      ["Found by", fact.rule],
      ["Meaning", fact.metric.meaning],
      ["Id", el("code", {}, fact.fact_id)],
    ]),
    others.length > 0 && el("section", {}, el("h2", {}, `${fact.metric.title} of ${fact.subject.name}, elsewhere`), table(others)),
  ];
}

/** Facts of one entity and metric as a table, newest period first. */
function table(facts, most = 8) {
  const sorted = [...facts].sort((a, b) => (b.as_of ?? "").localeCompare(a.as_of ?? ""));
  const narrow = sorted.some(narrowing);
  const line = (fact) => el("tr", {},
    el("td", { class: "when" }, fact.period ?? "", modality(fact)),
    el("td", { class: "figure" }, el("a", { href: to("fact", fact.fact_id) }, fact.aspect === "change" ? figure(fact) : fact.aspect === "multiple" ? `× ${figure(fact)}` : figure(fact))),
    narrow && el("td", {}, narrowing(fact)),
    el("td", { class: "origin" }, origin(fact)));
  const body = el("tbody", {}, sorted.slice(0, most).map(line));
  const more = sorted.length > most && el("button", { type: "button", click: () => { body.append(...sorted.slice(most).map(line)); more.remove(); } }, `Show all ${count(sorted.length)}`);
  return el("div", { class: "wide" }, el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Period"), el("th", { scope: "col", class: "figure" }, "Figure"), narrow && el("th", { scope: "col" }, "Of"), el("th", { scope: "col" }, "Article"))), body), more);
}

function missing(what) {
  return [el("h1", {}, `This page holds no such ${what}`), el("p", {}, "It may have been left out by the filter the page was written with.")];
}
