// The list of entities, and the page of one with its figures over time.

const MOST_CHARTS = 6;

function entitiesView(data, filter, remember) {
  const all = data.entities.filter((entity) => entity.facts.length).sort((a, b) => b.facts.length - a.facts.length || a.name.localeCompare(b.name));
  const kinds = [...new Set(all.map((entity) => entity.kind))].sort();
  return [el("h1", { class: "unseen" }, "Entities"), ...searchable(all, filter, remember, {
    hint: "A name", noun: ["entity", "entities"],
    fits: (entity, text) => entity.name.toLowerCase().includes(text) && (!filter.kind || entity.kind === filter.kind),
    more: (set) => select("Kind", [["", "All kinds"], ...kinds.map((kind) => [kind, kind])], filter.kind ?? "", (value) => set("kind", value)),
    show: (entity) => el("li", { class: "line" }, el("a", { class: "main", href: to("entity", entity.entity_id) }, entity.name), el("span", { class: "what" }, entity.kind),
      el("span", { class: "number" }, count(entity.facts.length, "fact"))),
  })];
}

/** A list with one search field: `fits` tells what is kept, `show` makes its row. */
function searchable(all, filter, remember, { hint, noun, fits, more, show }) {
  const status = el("p", { class: "status", role: "status" });
  const results = el("div");
  const update = () => {
    const found = all.filter((each) => fits(each, (filter.q ?? "").toLowerCase()));
    status.textContent = found.length === all.length ? count(found.length, ...noun) : `${count(found.length)} of ${count(all.length, ...noun)}`;
    results.replaceChildren(...growing(found, show, { name: "lines" }));
  };
  const set = (name, value) => { filter[name] = value; remember(Object.fromEntries(Object.entries(filter).filter(([, each]) => each))); update(); };
  update();
  return [el("form", { class: "filters", role: "search", submit: (event) => event.preventDefault() },
    input("Search", "search", filter.q ?? "", (value) => set("q", value), { hint, key: "/" }), more?.(set)), status, results];
}

function entityView(data, id) {
  const entity = data.entity.get(id);
  if (!entity) return missing("entity");
  const maker = data.entity.get(entity.maker_id);
  const products = data.entities.filter((each) => each.maker_id === id && each.facts.length);
  const doubts = [...data.conflicts, ...data.checks.filter((check) => check.status !== "pass")].filter((each) => each.entity_id === id);
  const metrics = new Map();
  for (const fact of entity.facts) metrics.set(fact.metric, [...(metrics.get(fact.metric) ?? []), fact]);
  const groups = [...metrics].sort(([a, some], [b, others]) => (a.family === "other") - (b.family === "other") || others.length - some.length);
  const named = (each) => el("a", { href: to("entity", each.entity_id) }, each.name);
  return [
    el("h1", {}, entity.name, el("span", { class: "what" }, entity.kind)),
    details([
      ["Made by", maker && named(maker)], ["Country", entity.country], ["Ticker", entity.ticker],
      ["Wikidata", entity.wikidata && outside(`https://www.wikidata.org/wiki/${encodeURIComponent(entity.wikidata)}`, entity.wikidata)],
      ["Makes", products.length > 0 && el("span", { class: "names" }, products.map(named))],
      ["Facts", count(entity.facts.length)],
      ["In doubt", doubts.length > 0 && el("a", { href: `#conflicts?q=${encodeURIComponent(entity.name)}` }, count(doubts.length, "row") + " of conflicts and checks")],
      ["Name", entity.known === false && "found in the text, not in a list of names"],
    ]),
    charts(entity.facts),
    groups.map(([metric, facts]) => el("section", {},
      el("h2", {}, metric.title, el("span", { class: "what" }, count(facts.length, "fact"))),
      ["level", "change", "multiple"].map((aspect) => {
        const some = facts.filter((fact) => fact.aspect === aspect);
        return some.length > 0 && [aspect !== "level" && el("h3", {}, aspect === "change" ? "Changes" : "Multiples"), table(some)];
      }))),
  ];
}

function charts(facts) {
  const all = series(facts);
  if (!all.length) return null;
  const place = el("div", { class: "charts" }, all.slice(0, MOST_CHARTS).map(chart));
  const more = all.length > MOST_CHARTS && el("button", { type: "button", click: () => { place.append(...all.slice(MOST_CHARTS).map(chart)); more.remove(); } }, `Show all ${count(all.length)} charts`);
  return el("section", {}, el("h2", {}, "Over time"), place, more,
    el("p", { class: "note" }, "A chart holds figures that differ in time alone. Filled points are stated as fact, open ones are forecasts, plans and estimates; the line follows the filled ones. The tables below hold all values."));
}
