// Which view the address asks for (#facts?metric=revenue, #fact/<id>, #entity/<id>, #document/<id>/<start>), and the keys.

const VIEWS = {
  facts: ["Facts", factsView, "facts"],
  entities: ["Entities", entitiesView, "entities"],
  documents: ["Articles", documentsView, "documents"],
  conflicts: ["Conflicts", conflictsView, "conflicts"],
  checks: ["Checks", checksView, "checks"],
};
const PAGES = { fact: factView, entity: entityView, document: documentView };
const LISTS = { fact: "facts", entity: "entities", document: "documents" };      // the list that each page belongs to

const main = document.getElementById("main");
const kept = new Map();         // lists that were seen, by address: their elements, place and focus
let shown = null;               // address of what is shown
let last = "#facts";            // address of the last list

function start(data) {
  document.getElementById("views").append(...Object.entries(VIEWS).filter(([, [, , table]]) => data[table].length)
    .map(([id, [name, , table]]) => el("a", { href: "#" + id }, name, " ",
      (id === "conflicts" || id === "checks") && el("small", {}, count(id === "checks" ? data.checks.filter((check) => check.status === "fail" || check.status === "warn").length : data.conflicts.length)))));
  addEventListener("hashchange", () => show(data));
  addEventListener("keydown", press);
  show(data);
}

function show(data) {
  leave();
  const address = location.hash || "#facts";
  const [path, query] = address.slice(1).split("?");
  const [name, ...rest] = path.split("/").map(decodeURIComponent);
  const list = VIEWS[name];
  shown = address;
  if (list) last = address;
  const old = list && kept.get(address);
  if (old) main.replaceChildren(...old.nodes);
  else if (list) main.replaceChildren(...list[1](data, Object.fromEntries(new URLSearchParams(query)), (filter) => remember(name, filter)).flat());
  else main.replaceChildren(...(PAGES[name]?.(data, ...rest) ?? missing("view")).flat(Infinity).filter(Boolean));
  for (const link of document.querySelectorAll("nav a")) {
    link.toggleAttribute("aria-current", false);
    if (link.hash === "#" + (LISTS[name] ?? name)) link.setAttribute("aria-current", "page");
  }
  const heading = main.querySelector("h1");
  document.title = `${heading?.innerText.replace(/\s+/g, " ") ?? ""} – Figurebase`;
  if (old) {
    scrollTo(0, old.y);
    old.focus?.focus({ preventScroll: true });
  } else {
    scrollTo(0, 0);
    if (shown !== null && !list) main.focus({ preventScroll: true });
  }
}

/** Before another view comes: keep the list, as far as it was read. */
function leave() {
  if (shown && shown === last) kept.set(shown, { nodes: [...main.childNodes], y: scrollY, focus: main.contains(document.activeElement) ? document.activeElement : null });
}

/** The filter of a list stands in the address, so that it can be linked and is there after a reload. */
function remember(name, filter) {
  const query = new URLSearchParams(filter).toString();
  shown = last = "#" + name + (query ? "?" + query : "");
  history.replaceState(null, "", shown);
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inField = event.target.matches?.("input, select, textarea");
  const search = main.querySelector("[data-key='/']");
  if (event.key === "/" && !inField) {
    event.preventDefault();
    if (search) search.select(), search.focus();
    else location.hash = last, setTimeout(() => main.querySelector("[data-key='/']")?.focus());
  } else if (event.key === "Escape") {
    if (inField && event.target.value && event.target.type === "search") return;       // the browser clears it
    if (inField) event.target.blur();
    else if (!VIEWS[location.hash.slice(1).split(/[/?]/)[0] || "facts"]) location.hash = last;
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (!inField || event.target === search && event.key === "ArrowDown")) {
    move(event);
  }
}

/** From row to row of a list, from number to number of a text. */
function move(event) {
  const stops = [...main.querySelectorAll("a.main, article button.num")];
  if (!stops.length) return;
  const here = event.target.closest?.("li, button.num");
  const at = stops.findIndex((stop) => stop === here || here?.localName === "li" && here.contains(stop));
  if (at < 0 && event.target !== main && event.target !== document.body && !event.target.matches("input")) return;
  event.preventDefault();
  const next = stops[event.key === "ArrowDown" ? at + 1 : Math.max(at - 1, 0)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

unpack(document.getElementById("data").textContent).then(start, (error) => {
  main.replaceChildren(el("p", { class: "none" }, `The page can't be read (${error.message}). It needs a browser of 2023 or later.`));
});
