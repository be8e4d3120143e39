// Elements. Text goes in as text nodes alone: nothing here, or in the other scripts, parses markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; a function is a listener, null and false are left out. */
function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A link inside the page: link("entity", id) is #entity/id. */
function to(...parts) {
  return "#" + parts.map(encodeURIComponent).join("/");
}

/** A link to a web page, only where the address is one; it opens when it is clicked, the page itself loads nothing. */
function outside(address, text) {
  if (!/^https?:\/\//i.test(address ?? "")) return null;
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** Names and values as a definition list; what is empty is left out. */
function details(pairs) {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false);
  return el("dl", { class: "details" }, shown.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

function select(label, options, value, change) {
  const option = ([id, text]) => el("option", { value: id, selected: id === value }, text);
  const choice = el("select", { change: () => change(choice.value) }, options.map((each) =>
    Array.isArray(each) ? option(each) : el("optgroup", { label: each.label }, each.options.map(option))));
  return el("label", { class: "field" }, el("span", {}, label), choice);
}

let lists = 0;

/** A text field; `suggest(text)` gives what to offer below it. */
function input(label, type, value, change, { hint, suggest, key } = {}) {
  const list = suggest && el("datalist", { id: `list${++lists}` });
  const field = el("input", {
    type, value, placeholder: hint, list: list?.id, autocomplete: "off", spellcheck: "false", "data-key": key,
    input: () => { offer(); change(field.value.trim()); }, focus: () => offer(),
  });
  const offer = () => list?.replaceChildren(...suggest(field.value.trim()).map((each) => el("option", { value: each })));
  return el("label", { class: "field" }, el("span", {}, label), field, list);
}

/** Rows of a long list, some at a time: more come when its end is near, or with the button. */
function growing(rows, show, { at = 60, tag = "ol", name } = {}) {
  const list = el(tag, { class: name });
  const more = el("button", { type: "button", click: () => grow() });
  const end = el("p", { class: "more" }, more);
  const grow = (until = list.childElementCount + at) => {
    list.append(...rows.slice(list.childElementCount, until).map(show));
    const left = rows.length - list.childElementCount;
    end.hidden = !left;
    more.textContent = `Show more (${count(left)} left)`;
  };
  grow();
  new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && list.isConnected && grow(), { rootMargin: "600px" })
    .observe(end);
  return [list, end];
}

function count(number, noun, plural) {
  const digits = number.toLocaleString("en");
  return noun ? `${digits} ${number === 1 ? noun : plural ?? noun + "s"}` : digits;
}
