// Claims that contradict each other, and what arithmetic says of them: the views conflicts and checks.

const STATUS = { fail: "✕ fails", warn: "! doubtful", pass: "✓ agrees", info: "i note" };

function conflictsView(data, filter, remember) {
  return [el("h1", {}, "Conflicts"), el("p", { class: "note" }, "Two figures for one thing that can't both be right, the largest ratio first."),
    ...searchable(data.conflicts, filter, remember, { hint: "A name or a metric", noun: ["conflict"], fits: mentions, show: conflictRow })];
}

function checksView(data, filter, remember) {
  const order = Object.keys(STATUS);
  const sorted = [...data.checks].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  const tests = [...new Set(sorted.map((check) => check.test))].sort();
  filter.status ??= "doubt";
  const fits = (check, text) => mentions(check, text) && (!filter.test || check.test === filter.test)
    && (filter.status === "all" || (filter.status === "doubt" ? check.status === "fail" || check.status === "warn" : check.status === filter.status));
  return [el("h1", {}, "Checks"), el("p", { class: "note" }, "Arithmetic between the figures of an article: changes against levels, parts against wholes, conversions against rates."),
    ...searchable(sorted, filter, remember, {
      hint: "A name or a metric", noun: ["check"], fits, show: checkRow,
      more: (set) => [
        select("Result", [["doubt", "fails or doubtful"], ["all", "all"], ...Object.entries(STATUS)], filter.status, (value) => set("status", value)),
        select("Test", [["", "All tests"], ...tests.map((test) => [test, test.replace(/_/g, " ")])], filter.test ?? "", (value) => set("test", value))],
    })];
}

function mentions(row, text) {
  return !text || `${row.entity} ${row.metric} ${row.message ?? ""}`.toLowerCase().includes(text);
}

function conflictRow(conflict) {
  return el("li", { class: "doubt" },
    el("p", { class: "head" }, el("b", {}, conflict.entity), el("span", { class: "what" }, [conflict.metric?.replace(/_/g, " "), conflict.aspect === "level" ? null : conflict.aspect, conflict.period].filter(Boolean).join(" · ")),
      conflict.ratio && el("span", { class: "number" }, `ratio ${Number(conflict.ratio).toLocaleString("en", { maximumSignificantDigits: 3 })}`)),
    conflict.guess && el("p", {}, conflict.guess),
    el("div", { class: "sides" }, side(conflict.fact, conflict.figure, conflict.quote, conflict.title), side(conflict.other_fact, conflict.other_figure, conflict.other_quote, conflict.other_title)));
}

function checkRow(check) {
  return el("li", { class: "doubt" },
    el("p", { class: "head" }, el("span", { class: `status-${check.status}` }, STATUS[check.status] ?? check.status), el("b", {}, check.entity), el("span", { class: "what" }, [check.test?.replace(/_/g, " "), check.metric?.replace(/_/g, " ")].filter(Boolean).join(" · "))),
    el("p", {}, check.message),
    el("div", { class: "sides" }, side(check.fact, null, check.quote), (check.other_fact || check.other_quote) && side(check.other_fact, null, check.other_quote)));
}

/** One of two statements: its figure and its sentence, as a fact of the page where it is one. */
function side(fact, words, quote, title) {
  if (fact) return el("div", {}, el("p", { class: "figure" }, el("a", { class: "main", href: to("fact", fact.fact_id) }, figure(fact))), el("p", {}, sentence(fact)), el("p", { class: "origin" }, origin(fact)));
  return el("div", {}, words && el("p", { class: "figure" }, words), el("p", {}, quote), el("p", { class: "origin" }, title));
}
