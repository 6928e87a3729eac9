/* Chooses units by name, region, state, predicates and thresholds; every choice is in the address after the #.

   The data are scripts that hand over lists of units (generator/rollup/views/unit_data.py), so that it works from the
   disk too; rows are written by nodes. Units stay in their order: nothing here ranks them. */

(() => {
"use strict";

const form = document.querySelector("form.choose");
if (!form) return;
const AT_ONCE = 200;
const [HREF, NAME, ID, REGION, PARENT, PERSON, OWN, STATE, MET, GATES, STAGES, MISSED, DAY, REASON, LACKS] = Array(15).keys();
const NONE = " ";  // the choice of units without a region: no region is called so
const STATES = { read: state => state > 0, unread: state => state === 0, old: state => state === 2 };

const every = document.querySelector(".every");
const chosen = document.querySelector(".chosen");
const body = chosen.querySelector("tbody");
const more = chosen.querySelector(".more");
const status = form.querySelector("[role=status]");
const clear = form.querySelector("button");
const fields = [...form.querySelectorAll("[data-key]")];
const field = Object.fromEntries(fields.map(each => [each.dataset.key, each]));
const count = new Intl.NumberFormat(document.documentElement.lang || "id");
const parts = [];
let units = null;  // all of them, once they are here
let found = [], shown = 0;

function folded(text) {
  return text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
}

/* The data */

window.catatUnits = (number, rows) => { parts[number - 1] = rows; };

function load() {
  const chunks = Number(form.dataset.chunks);
  const loads = Array.from({ length: chunks }, (_, place) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${form.dataset.folder}/units-${place + 1}.js`;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  }));
  return Promise.all(loads).then(() => {
    if (parts.filter(Boolean).length < chunks) throw new Error();
    units = parts.flat();
    for (const unit of units) unit.words = folded([unit[NAME], unit[ID], unit[PERSON], unit[OWN]].join(" "));
    offer(field.region, REGION);
    offer(field.parent, PARENT);
  });
}

function offer(select, place) {
  if (!select) return;
  const names = [...new Set(units.map(unit => unit[place]))].filter(Boolean);
  names.sort(new Intl.Collator(document.documentElement.lang || "id").compare);
  select.append(...names.map(name => new Option(name, name)));
  if (units.some(unit => !unit[place])) select.append(new Option(select.dataset.none, NONE));
}

/* The choice, and its address */

function choices() {
  return fields.map(each => [each.dataset.key, each === field.q ? each.value.trim() : each.value]).filter(([, value]) => value);
}

function restore() {
  for (const each of fields) each.value = "";
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
    if (field[key]) field[key].value = value;
  }
  for (const each of fields) if (each.selectedIndex < 0) each.value = "";  // the address names what is not there
}

function remember() {
  const asked = new URLSearchParams(choices());
  history.replaceState(null, "", `${location.pathname}${location.search}${String(asked) ? `#${asked}` : ""}`);
}

function test([key, value]) {
  if (key === "q") {
    const words = folded(value).split(/\s+/).filter(Boolean);
    return unit => words.every(word => unit.words.includes(word));
  }
  if (key === "region") return unit => (unit[REGION] || NONE) === value;
  if (key === "parent") return unit => (unit[PARENT] || NONE) === value;
  if (key === "state") return unit => STATES[value](unit[STATE]);
  const { place } = field[key].selectedOptions[0].dataset;
  if (key === "met") {
    const [predicate, basis] = place.split(".").map(Number);
    return unit => unit[STATE] > 0 && (unit[MET][basis] >> predicate & 1) === Number(value.endsWith(":1"));
  }
  if (key === "lacks") return unit => unit[LACKS].includes(Number(place));
  return unit => unit[GATES][place] === "2";
}

function choose() {
  const asked = choices();
  for (const each of fields) each.classList.toggle("set", each.value !== "");
  every.hidden = asked.length > 0;
  chosen.hidden = clear.hidden = !asked.length;
  status.textContent = "";
  if (!asked.length || !units) return;
  const tests = asked.map(test);
  found = units.filter(unit => tests.every(passes => passes(unit)));
  shown = 0;
  body.replaceChildren();
  show();
  const words = found.length === 1 ? form.dataset.one : form.dataset.many;
  status.textContent = words.replace("{count}", count.format(found.length)).replace("{all}", count.format(units.length));
}

/* Rows */

function copy(id) {
  return document.getElementById(id).content.cloneNode(true);
}

function mark(state, word) {
  const node = copy("mark").firstElementChild;
  node.classList.add(state);
  node.querySelector("use").setAttribute("href", `#shape-${state}`);
  node.append(word);
  return node;
}

function fill(node, name, text) {
  const cell = node.querySelector(name);
  if (cell) cell.textContent = text;
}

function row(unit) {
  const node = copy(unit[STATE] ? "read-row" : "unread-row");
  node.querySelector("a").href = unit[HREF];
  fill(node, "a bdi", unit[NAME]);
  fill(node, "th > .small > bdi", unit[ID]);
  fill(node, ".region", unit[REGION]);
  fill(node, ".parent", unit[PARENT]);
  if (!unit[STATE]) {
    node.querySelector(".reason > span").append(unit[REASON]);
    return node;
  }
  node.querySelectorAll(".stage").forEach((cell, place) => cell.append(mark(...unit[STAGES][place])));
  const [missed, names, state] = unit[MISSED];
  node.querySelector(".missed > span").prepend(mark(state, missed));
  fill(node, ".missed .small", names);
  const [day, age] = unit[DAY];
  node.querySelector(".its-day > span").prepend(day);
  fill(node, ".its-day .small", age);
  if (unit[STATE] === 2) node.querySelector(".its-day .small").append(copy("old"));
  return node;
}

function show() {
  const rows = found.slice(shown, shown + AT_ONCE).map(row);
  body.append(...rows);
  shown += rows.length;
  more.hidden = shown >= found.length;
}

/* Events */

form.addEventListener("input", () => { choose(); remember(); });
form.addEventListener("submit", event => event.preventDefault());
clear.addEventListener("click", () => {
  for (const each of fields) each.value = "";
  choose();
  remember();
  field.q.focus();
});
more.addEventListener("click", () => {
  const place = body.children.length;
  show();
  body.children[place]?.querySelector("a").focus();
});
window.addEventListener("hashchange", () => { restore(); choose(); });

form.hidden = false;
load().then(() => { restore(); choose(); }, () => { status.textContent = form.dataset.failed; });
})();
