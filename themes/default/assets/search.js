/* Search: finds entries in an index that generator/site/search/ writes, shard by shard as somebody types.

   A classic script that fetches nothing but other classic scripts, so that it works from the disk too, and that writes
   no HTML but by nodes. The state of the page is in its address after the #. */

(() => {
"use strict";

const PAGE = 20;
const FIRST = 6;  // results that are shown before the others are loaded: as many as a screen holds
const MOST_WORDS = 12;
const LONGEST = 40;
const SPREAD = 2;  // shards of words that are loaded to complete a beginning; where there are more, the common words do
const COMPLETIONS = 24, COMPLETIONS_OF_FEW_LETTERS = 8, FEW_LETTERS = 2;
const GAINS = [1, 1.6, 3, 6];  // by what a word is to an entry: in its text, there often, a label, in its title
const COMPLETED = 0.5;  // what a word is worth that only begins as typed
const SHORTEST = 3, LONGEST_SPLIT = 30;  // letters of a half, and of a whole word, that was perhaps two words
const FACETS = ["kind", "area", "type", "year", "state"];
const STEMMERS = { id: "IndonesianStemmer", en: "EnglishStemmer" };
const FINAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const MORE = "!#$%&'()*,-.:;=>?@[]^_`{|}~";

const root = document.querySelector(".search");
if (!root) return;
const input = root.querySelector("input[type=search]");
const list = root.querySelector(".results");
const status = root.querySelector("[role=status]");
const hint = root.querySelector(".hint");
const more = root.querySelector(".more");
const clear = root.querySelector(".clear");
const order = root.querySelector("select[name=sort]");
const boxes = [...root.querySelectorAll("input[type=checkbox]")];
const figure = new Intl.NumberFormat(document.documentElement.lang || "id");
const stemmer = new window[STEMMERS[root.dataset.language]]();

let site = null;  // what the start brought
let shown = PAGE;
let latest = 0;  // the number of the newest search: what an older one finds is thrown away
let entered = "";  // "open" where Enter was pressed before the results stood, "go" where another page asked for a code
let choicesShown = false;
let expected = null;  // where the page stood when it was left, until it stands there again

/* Words, as generator/site/search/ cuts, folds and stems them */

const WORD = /[\p{L}\p{N}]+(?:\.[\p{L}\p{N}]+)*/gu;

function normal(text) {
  return text.replace(/[\u00ad\u200b\u200c\u200d\u2060\ufeff]|[\u0002\ufffe]\s*/g, "").normalize("NFKC").toLowerCase();
}

function tokens(text) {
  return normal(text).match(WORD) || [];
}

/* The words that a token is looked for as: a code whole, a name by its parts. */
function parts(token) {
  const split = token.split(".");
  const code = split.length <= 8 && split.every(part => [...part].length <= 4);
  return code ? [token] : split.map(part => [...part].slice(0, LONGEST).join(""));
}

function folded(word) {
  return word.normalize("NFD").replace(/\p{Mn}/gu, "").normalize("NFC");
}

function stem(word) {
  return /^[a-z]+$/.test(word) ? stemmer.stemWord(word) : word;
}

/* The two parts of a word that begins with a bound form, as `prefix_and_rest` in generator/site/search/ cuts it. */
const PREFIXED = /^(anti)([a-z]{4,})$|^(antar|inter|intra|multi|non|pasca|pra|semi|sub|swa)([a-z]{5,})$/;

function prefixAndRest(word) {
  const match = PREFIXED.exec(word);
  return match ? [match[1] || match[3], match[2] || match[4]] : [];
}

/* Read what was typed: its words, the last one `open` while it may go on, each with what `also` may be meant by it. */
function read(text) {
  const words = [...new Set(tokens(text).flatMap(parts))].slice(0, MOST_WORDS);
  const open = /[\p{L}\p{N}]\.?$/u.test(normal(text));
  const days = numbersOfDays(text);
  return words.map((word, place) => ({
    word,
    open: open && place === words.length - 1,
    also: [...months(word), ...joined(words, place), ...(days.has(word) ? [word.padStart(2, "0")] : [])],
  }));
}

const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat(root.dataset.language, { month: "long" }).format(new Date(2023, month, 1)).toLowerCase());
const SHORT_MONTHS = { agt: "agustus", ags: "agustus", nop: "november" };

/* The month that a word of three or four letters is short for. */
function months(word) {
  if (SHORT_MONTHS[word]) return [SHORT_MONTHS[word]];
  return /^[a-z]{3,4}$/.test(word) ? MONTHS.filter(name => name.startsWith(word) && name !== word) : [];
}

/* The words that a word makes with those before and after it: `kerja sama` is also written `kerjasama`. */
function joined(words, place) {
  const pairs = [[words[place - 1], words[place]], [words[place], words[place + 1]]];
  return pairs.filter(([one, other]) => /^[a-z]+$/.test(one) && /^[a-z]+$/.test(other)).map(pair => pair.join(""));
}

/* The days and months of one digit in dates such as 8/1/2023, which the index has as 08 and 01. */
function numbersOfDays(text) {
  const dates = text.matchAll(/(?<!\d)(\d{1,2})[-/ ](\d{1,2})[-/ ]\d{4}(?!\d)/g);
  return new Set([...dates].flatMap(([, day, month]) => [day, month]).filter(number => number.length === 1));
}

/* Shards: each is a script that hands over its data and is gone */

const waiting = new Map();
const received = new Map();

function shard(kind, number) {
  const name = `${kind}-${number}`;
  if (!waiting.has(name)) waiting.set(name, new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${root.dataset.shards}/${name}.js?${site.version}`;
    script.onload = () => { script.remove(); resolve(received.get(name)); };
    script.onerror = () => { script.remove(); waiting.delete(name); reject(new Error(name)); };
    document.head.append(script);
  }));
  return waiting.get(name);
}

/* The last shard that begins at or before a word, or the last file of entries that begins at or before a number. */
function place(firsts, word) {
  let low = 0, high = firsts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (firsts[middle] <= word) low = middle + 1; else high = middle;
  }
  return Math.max(0, low - 1);
}

const VALUES = new Map([...FINAL].map((digit, value) => [digit.charCodeAt(0), value]));
const BEFORE = new Map([...MORE].map((digit, value) => [digit.charCodeAt(0), value]));
const DIGITS = new Int8Array(128);
VALUES.forEach((value, code) => { DIGITS[code] = value; });
BEFORE.forEach((value, code) => { DIGITS[code] = -1 - value; });

function* numbers(text) {
  let before = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = DIGITS[text.charCodeAt(at)];
    if (digit < 0) before = before * MORE.length - digit;
    else { yield before * FINAL.length + digit; before = 0; }
  }
}

/* The postings of a stem: numbers of entries times four, plus what the word is to them. */
const decoded = new Map();

async function postings(word) {
  if (decoded.has(word)) return decoded.get(word);
  if (!site.stems.length) return null;
  const lists = await shard("stems", place(site.stems, word));
  if (!lists.has(word)) return null;
  const text = lists.get(word);
  const found = new Uint32Array(text.length);
  let count = 0, before = 0, entry = -1;
  for (let at = 0; at < text.length; at += 1) {
    const digit = DIGITS[text.charCodeAt(at)];
    if (digit < 0) { before = before * MORE.length - digit; continue; }
    const value = before * FINAL.length + digit;
    before = 0;
    entry += (value >> 2) + 1;
    found[count] = entry * 4 + (value & 3);
    count += 1;
  }
  decoded.set(word, found.subarray(0, count));
  return decoded.get(word);
}

/* Words of the vocabulary; each has a letter after it that tells how common its stem is */

async function vocabulary(beginning) {
  const from = place(site.words, beginning), to = place(site.words, `${beginning}\uffff`);
  if (!site.words.length) return [];
  if (to - from >= SPREAD) return site.common;
  return (await Promise.all(range(from, to).map(number => shard("words", number)))).flat();
}

function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_, step) => from + step);
}

function rating(rated) {
  return rated.charCodeAt(rated.length - 1);
}

/* The most common words that begin like that. */
async function completions(beginning) {
  const found = (await vocabulary(beginning)).filter(rated => rated.startsWith(beginning) && rated.length > beginning.length + 1);
  const most = [...beginning].length <= FEW_LETTERS ? COMPLETIONS_OF_FEW_LETTERS : COMPLETIONS;
  return found.sort((a, b) => rating(b) - rating(a) || (a < b ? -1 : 1)).slice(0, most).map(rated => rated.slice(0, -1));
}

/* The most common word that is one slip away: a letter too many, too few, another one, or two exchanged. */
async function near(word) {
  const beginning = word.slice(0, 2);
  const words = new Set([...await vocabulary(beginning), ...await shard("words", place(site.words, word)), ...site.common]);
  let best = "";
  for (const rated of words) {
    if (slipped(word, rated.slice(0, -1)) && (!best || rating(rated) > rating(best))) best = rated;
  }
  return best.slice(0, -1);
}

function slipped(one, other) {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const rest = (word, from) => word.slice(at + from);
  return rest(one, 1) === rest(other, 1) || rest(one, 1) === rest(other, 0) || rest(one, 0) === rest(other, 1)
    || (one[at] === other[at + 1] && one[at + 1] === other[at] && rest(one, 2) === rest(other, 2));
}

/* Matching */

/* Look a word up: the stems it stands for, each with its postings and with what it is worth. */
async function lookup({ word, open, also }) {
  const worth = new Map();
  const exact = new Set([word, folded(word), ...also]);
  if (open) for (const completion of await completions(word)) worth.set(stem(completion), COMPLETED);
  for (const spelling of exact) worth.set(stem(spelling), 1);
  const found = await Promise.all([...worth].map(async ([name, factor]) => ({ name, factor, list: await postings(name) })));
  return { word, open, also, found: found.filter(each => each.list) };
}

/* Score every entry that has all words: what the word is to the entry, times how rare it is. */
function scored(words) {
  const reached = new Uint8Array(site.count);
  const score = new Float64Array(site.count), best = new Float64Array(site.count);
  words.forEach(({ found }, step) => {
    for (const { factor, list } of found) {
      const rarity = factor * Math.log(1 + site.count / list.length);
      for (const posting of list) {
        const entry = posting >>> 2;
        if (reached[entry] < step) continue;
        const gain = GAINS[posting & 3] * rarity;
        if (reached[entry] === step) { reached[entry] = step + 1; best[entry] = 0; }
        if (gain > best[entry]) { score[entry] += gain - best[entry]; best[entry] = gain; }
      }
    }
  });
  return { score, has: entry => reached[entry] === words.length };
}

/* For every combination of facets, a bit for each facet that the choices rule it out by. */
function refusals(chosen) {
  return site.combinations.map(combination => FACETS.reduce((bits, name, place) => {
    if (!chosen[name].size) return bits;
    return [combination[place]].flat().some(value => chosen[name].has(site.values[name][value])) ? bits : bits | (1 << place);
  }, 0));
}

/* Narrow what matches to the choices; count each option among what all other facets leave. */
function narrowed(matches, chosen) {
  const refused = refusals(chosen);
  const totals = new Uint32Array(site.combinations.length);
  for (const entry of matches) totals[site.column[entry]] += 1;
  const counts = Object.fromEntries(FACETS.map(name => [name, new Map()]));
  site.combinations.forEach((combination, number) => {
    if (totals[number]) FACETS.forEach((name, place) => {
      if (refused[number] & ~(1 << place)) return;
      for (const value of [combination[place]].flat()) {
        const label = site.values[name][value];
        counts[name].set(label, (counts[name].get(label) || 0) + totals[number]);
      }
    });
  });
  return { counts, left: matches.filter(entry => !refused[site.column[entry]]) };
}

/* Sort entries as numbers, which is quick: the rank above, the place in the index below. */
function sorted(entries, score, way) {
  const undated = entry => (site.combinations[site.column[entry]][5] ? 0 : 1);
  const rank = {
    best: entry => 2 ** 30 - Math.min(2 ** 30, Math.round(score[entry] * 1000)),
    newest: undated,
    oldest: undated,
  }[way];
  const keys = Float64Array.from(entries, entry => rank(entry) * 2 ** 22 + (way === "oldest" ? site.count - 1 - entry : entry));
  return keys.sort().map(way === "oldest" ? key => site.count - 1 - (key % 2 ** 22) : key => key % 2 ** 22);
}

/* The page */

function chosen() {
  return Object.fromEntries(FACETS.map(name => [
    name, new Set(boxes.filter(box => box.name === name && box.checked).map(box => box.value)),
  ]));
}

async function search() {
  const run = latest += 1;
  list.ariaBusy = "true";
  try {
    const asked = read(input.value);
    const words = await Promise.all(asked.map(lookup));
    if (run !== latest) return;
    const { score, has } = scored(words);
    const matches = range(0, site.count - 1).filter(has);
    const choices = chosen();
    const { counts, left } = narrowed(matches, choices);
    const any = FACETS.some(name => choices[name].size);
    const found = asked.length || any ? sorted(left, score, order.value) : [];
    const suggestion = matches.length ? "" : await suggested(words);
    if (run !== latest) return;
    summarize({ total: found.length, counts, any, asked: asked.length > 0 || any, suggestion });
    const hit = marker(words);
    let there = 0;
    for (const goal of shown > PAGE || expected ? [shown] : [FIRST, PAGE]) {
      const entries = await Promise.all([...found.slice(there, goal)].map(entry));
      if (run !== latest) return;
      const rows = entries.map(each => row(each, hit, pageOf(each, words)));
      if (there) list.append(...rows); else list.replaceChildren(...rows);
      there += rows.length;
    }
    more.hidden = there >= found.length;
    arrive();
  } catch {
    if (run !== latest) return;
    tell(root.dataset.failed);
    list.ariaBusy = "false";
  }
}

async function entry(number) {
  const file = place(site.files, number);
  const rows = await shard("entries", file);
  const [title, address, context, beginning, later] = rows[number - site.files[file]];
  const kind = site.values.kind[site.combinations[site.column[number]][0]];
  return { number, title, address, context, beginning, later, kind };
}

/* The page of a document on which the rarest of the words first stands; 0 where that is the first page, or unknown. */
function pageOf({ number, later }, words) {
  if (!later) return 0;
  const pages = new Map();
  for (const [page, codes] of later.split(" ").map(part => part.split(":"))) {
    for (let at = 0; at < codes.length; at += 3) {
      const name = codes.slice(at, at + 3);
      if (!pages.has(name)) pages.set(name, Number(page));
    }
  }
  const uses = ({ found }) => found.reduce((sum, { list }) => sum + list.length, 0);
  for (const { found } of [...words].sort((one, other) => uses(one) - uses(other))) {
    const here = found.map(({ name, list }) => ({ page: pages.get(code(name)), rank: rankIn(list, number) })).filter(({ rank }) => rank >= 0);
    if (here.some(({ page, rank }) => !page && rank < 2)) return 0;
    const known = here.flatMap(({ page }) => page || []);
    if (known.length) return Math.min(...known);
  }
  return 0;
}

/* What a word is to an entry, by its postings; -1 where the entry has it not. */
function rankIn(list, number) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < number * 4) low = middle + 1; else high = middle;
  }
  return low < list.length && list[low] >>> 2 === number ? list[low] & 3 : -1;
}

/* The code of a stem, as `code` in generator/site/search/ computes it. */
function code(name) {
  let value = 0;
  for (let at = 0; at < name.length; at += 1) value = (value * 31 + name.charCodeAt(at)) % 64 ** 3;
  return FINAL[value >> 12] + FINAL[(value >> 6) & 63] + FINAL[value & 63];
}

/* The query with every unknown word mended, where all of them can be. */
async function suggested(words) {
  const unknown = words.filter(({ found }) => !found.length);
  if (!unknown.length || !site.words.length) return "";
  const mended = new Map(await Promise.all(unknown.map(async ({ word }) => [word, await near(word) || await split(word)])));
  if ([...mended.values()].includes("")) return "";
  return words.map(({ word }) => mended.get(word) || word).join(" ");
}

/* Two words that are there, where they were typed as one. */
async function split(word) {
  for (let at = SHORTEST; at <= Math.min(word.length, LONGEST_SPLIT) - SHORTEST; at += 1) {
    const halves = [word.slice(0, at), word.slice(at)];
    const found = await Promise.all(halves.map(half => postings(stem(half))));
    if (found.every(Boolean)) return halves.join(" ");
  }
  return "";
}

function summarize({ total, counts, any, asked, suggestion }) {
  clear.hidden = !any;
  order.closest("label").hidden = !asked;
  tell(asked ? counted(total) : "");
  hint.replaceChildren(...(suggestion ? hints(suggestion) : []));
  hint.hidden = !suggestion;
  for (const box of boxes) {
    const count = counts[box.name].get(box.value) || 0;
    const line = box.closest("li");
    line.querySelector(".count").textContent = figure.format(count);
    line.hidden = !count && !box.checked;
  }
  for (const group of root.querySelectorAll("fieldset")) group.hidden = !group.querySelector("li:not([hidden])");
}

/* All results stand; whoever came back is where they were, and whoever pressed Enter is led on. */
function arrive() {
  showChoices();
  if (expected) {
    scrollTo(0, expected.top);
    const link = links()[expected.at];
    if (link) link.focus({ preventScroll: true });
    expected = null;
  }
  list.ariaBusy = "false";
  if (entered) follow(entered);
}

/* Open the choices once they are counted, so that nothing on the page moves; on a small screen they stay folded. */
function showChoices() {
  if (choicesShown) return;
  choicesShown = true;
  root.querySelector("details").open = matchMedia("(min-width: 60rem)").matches;
}

/* Open the first result. From a code typed on another page it takes the place of this page, so that Back leads there. */
function follow(way) {
  entered = "";
  const link = list.querySelector("a");
  if (!link) return;
  if (way === "open") link.click();
  else if (link.textContent.toLowerCase().startsWith(`${input.value.trim().toLowerCase()} `)) location.replace(link.href);
}

function counted(total) {
  const words = total === 0 ? root.dataset.none : total === 1 ? root.dataset.one : root.dataset.many;
  return words.replace("{count}", figure.format(total));
}

/* What has not changed is not said again. */
function tell(text) {
  if (status.textContent !== text) status.textContent = text;
}

function hints(suggestion) {
  const link = document.createElement("a");
  link.href = `#${written(suggestion)}`;
  link.textContent = suggestion;
  return [`${root.dataset.suggest} `, link];
}

function row({ title, address, context, beginning, kind }, hit, page) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = root.dataset.root + address;
  link.append(...marked(title || address, hit));
  const line = document.createElement("p");
  line.className = "small";
  const box = boxes.find(each => each.name === "kind" && each.value === kind);
  const name = box ? box.closest("li").querySelector(".name").textContent : "";
  line.append(...[name, name && context ? " · " : "", ...marked(context, hit)].filter(part => part !== ""));
  if (page) line.append(" · ", leaf(link.href, page));
  item.append(link, line);
  if (beginning) {
    const text = document.createElement("p");
    text.append(...marked(beginning, hit));
    item.append(text);
  }
  return item;
}

/* The link to a page of a document. */
function leaf(address, page) {
  const link = document.createElement("a");
  link.href = `${address}#page=${page}`;
  link.textContent = root.dataset.page.replace("{page}", figure.format(page));
  return link;
}

/* The links of the results themselves. */
function links() {
  return [...list.querySelectorAll("li > a")];
}

/* A function that tells whether a word of a text is one that was looked for. */
function marker(words) {
  const stems = new Set(words.flatMap(({ word, also }) => [word, folded(word), ...also].map(stem)));
  return text => tokens(text).some(token => parts(token).concat(token, prefixAndRest(token)).some(part => [part, folded(part)].some(each =>
    stems.has(stem(each)) || words.some(({ word, open }) => each.startsWith(open ? word : `${word}.`)))));
}

/* Cut a text into strings and <mark>s. */
function marked(text, hit) {
  const pieces = [];
  let at = 0;
  for (const match of text.matchAll(WORD)) {
    if (!hit(match[0])) continue;
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    pieces.push(text.slice(at, match.index), mark);
    at = match.index + match[0].length;
  }
  return [...pieces, text.slice(at)];
}

/* The address after the # */

function written(query) {
  const state = new URLSearchParams();
  if (query) state.append("q", query);
  for (const box of boxes) if (box.checked) state.append(box.name, box.value);
  if (order.value !== "best") state.append("sort", order.value);
  if (shown > PAGE) state.append("n", shown);
  return state.toString();
}

function keep() {
  const state = written(input.value.trim());
  const here = location.href.split("#")[0];
  try {
    history.replaceState(history.state, "", state ? `${here}#${state}` : here);
  } catch { /* a browser that has had too many of these for a while; the next one will do */ }
}

function restore() {
  // Another page may ask for a first choice in the address; what is chosen here stands behind the `#`.
  const state = new URLSearchParams((location.hash || location.search).slice(1));
  input.value = state.get("q") || "";
  entered = state.get("go") ? "go" : "";
  for (const box of boxes) box.checked = state.getAll(box.name).includes(box.value);
  order.value = ["newest", "oldest"].find(way => way === state.get("sort")) || "best";
  shown = Math.max(PAGE, Math.ceil(Math.min(Number(state.get("n")) || 0, site.count) / PAGE) * PAGE);
}

/* Remember where the page stands, and at which result, for whoever comes back. */
function leave() {
  const at = links().indexOf(document.activeElement);
  try {
    history.replaceState({ top: scrollY, at }, "");
  } catch { /* as above */ }
}

/* What people do */

let delay = 0;

function changed() {
  shown = PAGE;
  entered = "";
  clearTimeout(delay);
  delay = setTimeout(keep, 200);
  search();
}

function step(event) {
  const results = links();
  const at = results.indexOf(document.activeElement);
  if (event.key === "Escape" && (at >= 0 || event.target === input)) {
    if (at < 0 && input.value) { input.value = ""; changed(); }
    input.focus();
  } else if (event.key === "ArrowDown" && (at >= 0 || event.target === input)) {
    (results[at + 1] || more).focus();
  } else if (event.key === "ArrowUp" && at >= 0) {
    (results[at - 1] || input).focus();
  } else if (event.key === "Enter" && event.target === input && !event.isComposing) {
    enter();
  } else return;
  event.preventDefault();
}

/* Enter opens the first result, now or when it is there; the keyboard of a phone closes, so that results are seen. */
function enter() {
  if (matchMedia("(pointer: coarse)").matches) { input.blur(); return; }
  entered = "open";
  if (list.ariaBusy === "false") follow(entered);
}

/* The key that leads here from every other page. */
function slash(event) {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.target.matches("[type=search], select")) return;
  event.preventDefault();
  input.focus();
}

function listen() {
  addEventListener("keydown", slash, true);  // before the script of all pages, which would open this one anew
  input.addEventListener("input", changed);
  order.addEventListener("change", changed);
  for (const box of boxes) box.addEventListener("change", changed);
  root.addEventListener("keydown", step);
  clear.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    input.focus();
    changed();
  });
  more.addEventListener("click", async () => {
    const before = list.children.length;
    shown += PAGE;
    keep();
    await search();
    if (list.children[before]) list.children[before].querySelector("a").focus({ preventScroll: true });
  });
  list.addEventListener("click", () => { clearTimeout(delay); keep(); leave(); });
  addEventListener("pagehide", leave);
  addEventListener("hashchange", () => {
    // The link that skips to the content is no query.
    if (location.hash && !location.hash.includes("=")) return;
    clearTimeout(delay);
    restore();
    search();
  });
}

function start(data) {
  const unrated = text => text ? text.split(" ") : [];
  site = { ...data, column: Uint32Array.from(numbers(data.column)) };
  for (const name of ["stems", "words", "common"]) site[name] = unrated(data[name]);
  let next = 0;
  site.files = Array.from(numbers(data.files), count => { next += count; return next - count; });
  history.scrollRestoration = "manual";
  restore();
  expected = history.state;
  if (!location.hash || (input.value && !expected)) input.focus();
  listen();
  search();
}

window.catatSearch = Object.freeze({
  start,
  tokens,
  entries: (number, rows) => received.set(`entries-${number}`, rows),
  words: (number, words) => received.set(`words-${number}`, words.split(" ")),
  stems: (number, stems, lists) => {
    const values = lists.split(" ");
    received.set(`stems-${number}`, new Map(stems.split(" ").map((word, at) => [word, values[at]])));
  },
});

addEventListener("DOMContentLoaded", () => {
  if (site) return;
  tell(root.dataset.failed);
});
})();
