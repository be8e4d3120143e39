// The list of articles, and the text of one with what became of each of its numbers.

// Classes of the table outcomes, as classes of style sheets.
const STYLES = { fact: "is-fact", part: "is-part", "no figure": "is-none", "left out": "is-left" };

function documentsView(data, filter, remember) {
  return [el("h1", { class: "unseen" }, "Articles"), ...searchable(data.documents, filter, remember, {
    hint: "Words of the headline", noun: ["article"],
    fits: (document, text) => text.split(/\s+/).every((word) => document.title.toLowerCase().includes(word)),
    show: (document) => {
      const left = document.numbers.filter((number) => number.outcome.class === "left out").length;
      return el("li", { class: "line" }, el("a", { class: "main", href: to("document", document.doc_id) }, document.title),
        el("span", { class: "what" }, [document.publisher, document.published].filter(Boolean).join(" · ")),
        el("span", { class: "number" }, `${count(document.facts.length, "fact")} of ${count(document.numbers.length, "number")}${left ? `, ${count(left)} left out` : ""}`));
    },
  })];
}

function documentView(data, id, start) {
  const article = data.document.get(id);
  if (!article) return missing("article");
  const inspector = el("div", { class: "inspector", role: "status" }, el("p", {}, "Choose a number of the text to see what became of it."));
  const buttons = new Map();
  let pressed = null;
  const inspect = (number) => {
    pressed?.setAttribute("aria-pressed", "false");
    pressed = buttons.get(number);
    pressed.setAttribute("aria-pressed", "true");
    inspector.replaceChildren(...about(article, number));
    history.replaceState(null, "", to("document", id, number.start));
  };
  const marked = (number) => {
    const outcome = number.outcome;
    const button = el("button", {
      type: "button", class: `num ${STYLES[outcome.class]}`, title: `${outcome.outcome}: ${outcome.meaning}`, "aria-pressed": "false",
      click: () => inspect(number),
    }, article.text.slice(number.start, number.end));
    buttons.set(number, button);
    return button;
  };
  const paragraphs = [];
  let next = 0;
  for (const found of article.text.matchAll(/[^\n]+/g)) {
    const pieces = [];
    let at = found.index;
    const stop = found.index + found[0].length;
    for (; next < article.numbers.length && article.numbers[next].start < stop; next++) {
      const number = article.numbers[next];
      pieces.push(article.text.slice(at, number.start), marked(number));
      at = number.end;
    }
    pieces.push(article.text.slice(Math.min(at, stop), stop));
    paragraphs.push(el(paragraphs.length || !found[0].startsWith(article.title) ? "p" : "h1", {}, pieces));
  }
  const titled = paragraphs[0]?.localName === "h1";
  const chosen = start && article.numbers.find((number) => number.start === Number(start));
  if (chosen) {
    inspect(chosen);
    // When the view stands in the page.
    requestAnimationFrame(() => { buttons.get(chosen).scrollIntoView({ block: "center" }); buttons.get(chosen).focus({ preventScroll: true }); });
  }
  return [el("div", { class: "document" },
    el("article", {}, !titled && el("h1", {}, article.title),
      titled && paragraphs[0],
      el("p", { class: "origin" }, article.publisher, article.published && el("time", {}, article.published), outside(article.url, "At the publisher"), el("span", {}, article.source)),
      titled ? paragraphs.slice(1) : paragraphs),
    el("aside", { "aria-label": "Numbers" }, legend(data, article), inspector))];
}

/** What the colours and lines mean, with how many numbers of the article each has. */
function legend(data, article) {
  const classes = Object.keys(STYLES).map((name) => [name, article.numbers.filter((number) => number.outcome.class === name)]);
  const MEANINGS = { fact: "Became a fact", part: "Part of a fact", "no figure": "No figure", "left out": "Left out" };
  return el("section", { class: "legend" }, el("h2", {}, count(article.numbers.length, "number")), el("ul", {}, classes.map(([name, numbers]) => {
    const kinds = Object.entries(Object.groupBy(numbers, (number) => number.outcome.outcome)).sort(([, a], [, b]) => b.length - a.length);
    return el("li", {}, el("span", { class: `num ${STYLES[name]}` }, MEANINGS[name]), el("span", { class: "number" }, count(numbers.length)),
      name !== "fact" && kinds.length > 0 && el("small", {}, kinds.map(([kind, some]) => `${kind.replace(/_/g, " ")} ${some.length}`).join(", ")));
  })));
}

/** What became of a number: its outcome, and the facts that stand on it. */
function about(article, number) {
  const facts = article.facts.filter((fact) => fact.start === number.start && fact.end === number.end);
  const other = number.fact && !facts.includes(number.fact) ? number.fact : null;
  return [
    el("p", {}, el("b", {}, article.text.slice(number.start, number.end)), el("span", { class: "what" }, `${number.outcome.outcome.replace(/_/g, " ")}, read as ${number.kind}`)),
    el("p", {}, number.outcome.meaning),
    facts.map((fact) => told(fact)),
    other && [el("p", {}, "It belongs to this fact:"), told(other)],
    number.elsewhere && el("p", { class: "note" }, `The fact is not in this page: ${number.elsewhere}.`),
  ].flat().filter(Boolean);
}

function told(fact) {
  return el("p", { class: "told" }, el("a", { href: to("fact", fact.fact_id) }, fact.subject.name, ": ", measured(fact), " ", figure(fact)), " ", fact.period ?? "", " ", modality(fact));
}
