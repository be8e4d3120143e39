// Small charts of figures over time, drawn as SVG; the same figures stand as text in the table beside them.

const WIDTH = 320, HEIGHT = 150, LEFT = 46, RIGHT = 14, TOP = 12, BOTTOM = 24;
const SHORT = new Intl.NumberFormat("en-GB", { notation: "compact", maximumSignificantDigits: 3 });
const DAY = 86400000;

/** Facts that can stand in one chart: all that narrows the claim is the same, and so is the length of the period. */
function series(facts) {
  const groups = new Map();
  for (const fact of facts) {
    if (!fact.as_of || fact.value_norm === null || fact.aspect === "multiple") continue;
    if (fact.metric.family === "other") continue;       // an amount and another amount are seldom of one thing
    const key = JSON.stringify([fact.metric.metric, fact.aspect, fact.unit_norm, fact.segment, fact.geo, fact.counterparty,
                                fact.part_of, fact.counted, fact.basis, fact.dims, stretch(fact)]);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(fact);
  }
  return [...groups.values()].filter((group) => new Set(group.map((fact) => fact.as_of)).size > 1)
    .map((group) => group.sort((a, b) => a.as_of < b.as_of ? -1 : a.as_of > b.as_of ? 1 : b.confidence - a.confidence))
    .sort((a, b) => b.length - a.length);
}

/** How long the period of a figure is: a quarter's revenue can't be drawn in one line with a year's. */
function stretch(fact) {
  if (!fact.period_start) return "";
  const days = (new Date(fact.period_end) - new Date(fact.period_start)) / DAY + 1;
  const [, name] = [[1, "day"], [7, "week"], [31, "month"], [92, "quarter"], [184, "half year"], [366, "year"]].find(([most]) => days <= most) ?? [];
  return name ?? "several years";
}

/** A chart of one series, with its heading. */
function chart(facts) {
  const stated = new Set(facts.map((fact) => fact.unit)).size === 1;       // else all in the canonical unit
  const unit = stated ? facts[0].unit : facts[0].unit_norm;
  const low = (fact) => stated ? fact.value : fact.value_norm;
  const high = (fact) => (stated ? fact.value_max : fact.value_norm_max) ?? low(fact);
  const values = facts.flatMap((fact) => [low(fact), high(fact)]);
  const times = facts.map((fact) => Date.parse(fact.as_of));
  const y = scale(...room(Math.min(...values), Math.max(...values)), HEIGHT - BOTTOM, TOP);
  const x = scale(Math.min(...times), Math.max(...times), LEFT + 8, WIDTH - RIGHT - 8);
  const at = (fact) => x(Date.parse(fact.as_of));
  const middle = (fact) => y((low(fact) + high(fact)) / 2);

  const grid = ticks(y.from, y.to, 3).map((value) => svg("g", {},
    svg("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) }),
    svg("text", { class: "tick", x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, SHORT.format(value).replace("-", "−"))));
  const held = (place, label) => Math.min(place, WIDTH - label.length * 3.4);       // no label is cut off at the right
  const dates = days(x.from, x.to).map(([time, label]) => svg("text", { class: "tick", x: held(x(time), label), y: HEIGHT - 6, "text-anchor": "middle" }, label));
  const firm = (fact) => fact.modality === "actual";
  // One line through what is stated as fact; of several figures of one date through the surest.
  const line = facts.filter(firm).filter((fact, i, all) => !i || all[i - 1].as_of !== fact.as_of);
  const points = facts.map((fact) => svg("a", { href: to("fact", fact.fact_id), tabindex: "-1" },
    svg("title", {}, `${fact.period ?? fact.as_of}: ${figure(fact)}${firm(fact) ? "" : ", " + fact.modality}`),
    low(fact) !== high(fact) && svg("line", { class: "range", x1: at(fact), x2: at(fact), y1: y(low(fact)), y2: y(high(fact)) }),
    svg("circle", { class: firm(fact) ? "point" : "point open", cx: at(fact), cy: middle(fact), r: 4 })));
  const name = [measured(facts[0]), narrowing(facts[0]), facts[0].counted].filter(Boolean).join(", ");
  const said = facts.slice(0, 20).map((fact) => `${fact.period ?? fact.as_of} ${figure(fact)}`).join("; ");
  return el("figure", { class: "chart" },
    el("figcaption", {}, el("b", {}, measured(facts[0])), el("span", {}, [narrowing(facts[0]), unitName(unit, facts[0]), stretch(facts[0]) && `by ${stretch(facts[0])}`].filter(Boolean).join(" · "))),
    svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${name}: ${said}` },
      grid, dates,
      svg("polyline", { class: "line", points: line.map((fact) => `${at(fact)},${middle(fact)}`).join(" ") }),
      points));
}

function unitName(unit, fact) {
  return { percent: "%", percentage_point: "percentage points", ratio: "times", count: fact.counted ?? "count" }[unit] ?? unit;
}

function scale(from, to, low, high) {
  const place = (value) => to === from ? (low + high) / 2 : low + (value - from) / (to - from) * (high - low);
  return Object.assign(place, { from, to });
}

/** The limits of an axis: from zero, unless all values are far from it. */
function room(low, high) {
  if (low > 0 && low < high * 0.7 || low === high && low > 0) low = 0;
  if (high < 0 && high > low * 0.7 || low === high && high < 0) high = 0;
  if (low === high) return [low - 1, high + 1];
  const edge = (high - low) * 0.08;
  return [low === 0 ? 0 : low - edge, high === 0 ? 0 : high + edge];
}

/** About so many round numbers between two. */
function ticks(from, to, wanted) {
  const rough = (to - from) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** Labels of the time axis: years, else months, else days. */
function days(from, to) {
  const [first, last] = [new Date(from), new Date(to)];
  const label = (date, length) => [date.getTime(), date.toISOString().slice(0, length)];
  const years = last.getUTCFullYear() - first.getUTCFullYear();
  if (years >= 2) {
    const step = [1, 2, 5, 10, 20, 50, 100].find((each) => years / each <= 4) ?? 500;
    const marks = Array.from({ length: years + 1 }, (_, i) => first.getUTCFullYear() + i).filter((year) => year % step === 0)
      .map((year) => [Date.UTC(year, 0, 1), String(year)]).filter(([time]) => time >= from && time <= to);
    if (marks.length > 1) return marks;
  }
  return [label(first, last - first > 60 * DAY ? 7 : 10), label(last, last - first > 60 * DAY ? 7 : 10)];
}
