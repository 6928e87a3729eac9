// The assessor's desk: who is at it, which screen is shown, what is kept, exported and taken from files.
"use strict";
(function () {
  const { face, fractions, review, store, memory, verdicts, files, judging, overview } = window.catatDesk;
  if (!face || !fractions || !review || !store) return;
  const { root, word, made, part, say } = face;
  const { recall, remember, forget } = memory, { mark, hand } = files;
  const REMIND = 30 * 60 * 1000, LOOK = 30 * 1000;
  const top = root.querySelector(".desk-top"), place = root.querySelector(".desk-screen"), title = document.title;
  const KEYS = "catat-desk/keys";
  const paper = document.documentElement.dataset.paper;

  const data = new Map(), waiting = new Map();  // items that came, and those asked for
  let index = null;
  let who = null;  // {name, level, assignment, shared}
  let desk = null, entries = {};
  let exported = null;  // {when, file, digest}
  let synced = {};  // by item, what was last in an exported or imported file
  let unsafe = 0;  // since when changes are in this browser only
  let screen = null, shown = "", last = "";
  const crossed = new Map();  // items that were changed here and elsewhere: {theirs, where, text}
  let pending = null;  // a file that was loaded before anybody began
  let bar = null;

  // Where it is remembered who is here, and what of one assessor besides the entries.

  function here() {
    return `catat-desk/${index.portfolio.id}/here`;
  }

  function about() {
    return `catat-desk/${index.portfolio.id}/${who.level}:${who.name}`;
  }

  function rememberFile() {
    // A choice between two tabs is theirs: one of them has what is not stored, and asks before it is closed.
    const open = Object.fromEntries(Array.from(crossed).filter(([, other]) => other.where === "in-file"));
    remember(who.shared, about(), { assignment: who.assignment, exported, synced, crossed: open });
  }

  // Data: scripts that hand themselves over

  function read(item) {
    if (!waiting.has(item.id)) waiting.set(item.id, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = item.file;
      script.onload = () => { script.remove(); if (data.has(item.id)) resolve(data.get(item.id)); else reject(new Error(item.id)); };
      script.onerror = () => { script.remove(); waiting.delete(item.id); reject(new Error(item.id)); };
      document.head.append(script);
    }));
    return waiting.get(item.id);
  }

  // Notices: one of each kind, above the screen

  function notice(kind, text, buttons = ["dismiss"]) {
    drop(kind);
    const made_ = made("notice", { text });
    made_.dataset.kind = kind;
    made_.querySelectorAll("[data-only]").forEach(each => { if (!buttons.includes(each.dataset.only)) each.remove(); });
    if (!buttons.length) made_.querySelector(".doing").remove();
    top.append(made_);
  }

  function drop(kind) {
    top.querySelectorAll(`[data-kind="${kind}"]`).forEach(each => each.remove());
  }

  // Who is here

  function isHere(person) {
    return Boolean(who) && ["name", "level", "shared"].every(each => person[each] === who[each]);
  }

  // Whether going away would lose anything: what could not be stored, and what is stored for this tab where it closes.
  function isAtRisk(closes = false) {
    return Boolean(who) && (desk.unsaved().length > 0 || closes && who.shared && Object.keys(entries).length > 0) && !isExported();
  }

  // Whoever is here goes on with the desk that is open: it may hold what could not be stored.
  function begin(person) {
    if (!isHere(person)) {
      crossed.clear();
      last = "";
      Object.assign(overview.narrowed, { state: "", area: "", differs: false }, person.narrowed);
      if (desk) desk.onOther(() => {});
      desk = store.open(index.portfolio, person, { shared: person.shared });
    }
    who = { ...person, narrowed: overview.narrowed };
    entries = desk.load();
    const known = recall(who.shared, about()) || {};
    if (who.assignment === undefined) who.assignment = known.assignment || "";
    exported = known.exported || null;
    synced = known.synced || {};
    unsafe = oldest();
    index.items.filter(each => (known.crossed || {})[each.id]).forEach(each => { crossed.set(each.id, known.crossed[each.id]); });
    remember(true, here(), who);
    if (Object.keys(entries).length) rememberFile();
    desk.onOther(elsewhere);
    bar = made("bar", { name: who.name, level: who.level });
    top.replaceChildren(bar);
    const newest = Object.values(entries).map(each => each.changed).sort().pop();
    showKept(newest && new Date(newest).toDateString() === new Date().toDateString() ? newest : "");
    if (pending) {
      const { found, name } = pending;
      pending = null;
      notice("loaded", merge(found, name).said.join(" "));
    }
  }

  function showKept(when) {
    const problem = desk.problem(), unsaved = problem || desk.unsaved().length;
    const decided = index.items.filter(each => verdicts.state(each, entries[each.id]) === "decided").length;
    part(bar, "progress").textContent = word("decided-of", { decided, all: index.items.length });
    const text = unsaved ? word("unsaved") : when ? word("saved", { time: face.time(when) }) : "", saved = part(bar, "saved");
    if (saved.textContent !== text) saved.textContent = text;
    bar.classList.toggle("failing", Boolean(unsaved));
    if (problem) { if (!top.querySelector(`[data-kind="${problem}"]`)) notice(problem, word(problem), problem === "erased" ? ["restore", "export"] : ["export"]); }
    else ["refused", "full", "erased"].forEach(drop);
  }

  // Since when there is something that no file has; 0 where there is nothing.
  function oldest() {
    const times = Object.entries(entries).filter(([id, entry]) => synced[id] !== mark(entry)).map(([, entry]) => Date.parse(entry.changed));
    return times.length ? Math.min(...times) || Date.now() : 0;
  }

  function isExported() {
    return Boolean(exported) && built(exported.when).digest === exported.digest;
  }

  function built(when) {
    return review.build(index.portfolio, who, entries, index.items, when);
  }

  // Entries

  function save(id, entry) {
    const isFirst = !Object.keys(entries).length;
    entries[id] = entry;
    desk.save(id, entry);
    if (isFirst) rememberFile();
    unsafe = unsafe || Date.now();
    showKept(face.now());
  }

  function change(id, patch) {
    const item = index.items.find(each => each.id === id), before = entries[id] || verdicts.blank(item);
    const after = { ...before, ...patch, claimed: item.claimed };
    if (patch.state) { save(id, { ...after, changed: face.now() }); return; }
    if (entries[id] && verdicts.content(after) === verdicts.content(before)) return;
    // What was decided is decided anew when it changes.
    save(id, { ...after, state: before.state === "decided" ? "begun" : before.state, decided: "", seen: "", changed: face.now() });
  }

  // Take back what was entered for an item that the portfolio does not have any more, if that is really meant.
  async function takeBack(id) {
    if (await face.ask("taking-back", { item: id }).answer !== "take-back") return;
    delete entries[id];
    desk.save(id, null);
    unsafe = unsafe || Date.now();
    showKept(face.now());
    render();
  }

  function decide(id) {
    const item = index.items.find(each => each.id === id);
    change(id, { state: "decided", decided: face.now(), seen: item.state });
    const next = following(item), text = word("decided", { item: id });
    if (next) {
      say(text);
      go(next.id);
    } else {
      go("summary");
      notice("done", word("all-decided"));
    }
  }

  // The next item that is not decided, going round, first in the area that the summary is narrowed to; flagged ones when
  // nothing else is left.
  function following(item) {
    const at = index.items.indexOf(item), round = [...index.items.slice(at + 1), ...index.items.slice(0, at)];
    const is = (...states) => each => states.includes(verdicts.state(each, entries[each.id])), open = is("untouched", "begun", "changed");
    const isNear = each => overview.narrowed.area === String(each.area || 0);
    return isNear(item) && round.find(each => isNear(each) && open(each)) || round.find(open) || round.find(is("flagged"));
  }

  // Another tab

  function elsewhere(id, theirs, ours) {
    const item = index.items.find(each => each.id === id);
    if (!theirs || !item) {
      showKept("");
      return;
    }
    if (ours) crossed.set(id, { theirs, where: "there" });
    else entries[id] = theirs;
    const text = word(ours ? "crossed" : "taken-over", { item: id });
    if (ours) crossed.get(id).text = text;
    // Not shown anew: somebody may be writing in a field of it.
    if (shown === id && screen) screen.refresh();
    if (shown === id && !ours || shown !== id && ours) notice("other", text);
    if (shown === "summary") renew();
    showKept(ours ? "" : theirs.changed);
  }

  function version(item, entry, where, take) {
    const state = entry.state === "decided" && entry.seen !== item.state ? "changed" : entry.state;
    const documents = entry.evidence.map(each => `${each.file}: ${verdicts.worded(each)}`).join(" · ");
    const made_ = made("version", {
      where: word(where), which: word(where), answer: verdicts.shown(item, entry.answer) || word("none"), state: face.mark(state), documents: documents || word("none"),
      condition: entry.condition || word("none"), recommendation: entry.recommendation || word("none"), note: entry.note || word("none"),
      decided: entry.decided ? face.moment(entry.decided) : word("none"),
    });
    made_.querySelector("button").addEventListener("click", take);
    return made_;
  }

  // Both versions of an item, for the assessor to choose one.
  function both(item, other) {
    const made_ = made("crossed", { text: other.text }), choose = entry => () => {
      crossed.delete(item.id);
      save(item.id, { ...entry, changed: face.now() });
      synced[item.id] = mark(entry);
      rememberFile();
      drop("other");
      if (shown === item.id) show(item);
      else made_.remove();
      say(word("saved", { time: face.time(entries[item.id].changed) }));
    };
    made_.querySelector(".both").append(
      version(item, entries[item.id] || verdicts.blank(item), other.where === "there" ? "here" : "in-browser", choose(entries[item.id] || verdicts.blank(item))),
      version(item, other.theirs, other.where, choose(other.theirs)),
    );
    return made_;
  }

  // Files

  function fileName(when, ending) {
    return files.fileName(index.portfolio.unit, who.name, when, ending);
  }

  // Whether nothing was entered yet, which is said.
  function isBlank() {
    const isIt = !Object.keys(entries).length;
    if (isIt) notice("blank", word("nothing-entered"));
    return isIt;
  }

  // When the state of now was exported first: its file stays the same, and so does the check code on paper.
  function lastState() {
    return isExported() ? exported.when : face.now();
  }

  function exportFile() {
    if (isBlank()) return;
    const when = lastState(), made_ = built(when), file = fileName(when, ".json");
    hand(`${JSON.stringify(made_, null, 1)}\n`, file, "application/json");
    exported = { when, file, digest: made_.digest };
    synced = Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, mark(entry)]));
    unsafe = 0;
    rememberFile();
    ["remind", "before-other", "blank"].forEach(drop);
    say(word("exported", { time: face.time(when), file }));
    if (shown === "file") part(place, "exported").textContent = lastExport();
    if (shown === "print") renew();
  }

  // Of what is exported already it is the same review, and the signed sheet is of both.
  function exportWorkbook() {
    if (isBlank()) return;
    const when = lastState();
    hand(window.catatDesk.workbook(built(when), index), fileName(when, ".xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  }

  // Item by item: the newer one where the other was not touched since both were the same; else both are shown.
  function merge(result, name) {
    const { review: found, remarks } = result, counts = { taken: 0, same: 0, kept: 0, both: 0 }, choices = [];
    const older = exported && new Date(found.exported) <= new Date(exported.when);
    found.items.forEach(row => {
      const item = index.items.find(each => each.id === row.item), theirs = files.entryOf(row, found, item, facts()), mine = entries[row.item];
      const agreed = synced[row.item], took = () => { save(item.id, theirs); synced[item.id] = mark(theirs); counts.taken += 1; };
      if (!mine) took();
      else if (verdicts.content(mine) === verdicts.content(theirs)) { counts.same += 1; synced[item.id] = mark(mine); }
      else if (agreed === mark(theirs) || agreed === mark(mine) && older) counts.kept += 1;
      else if (agreed === mark(mine)) took();
      else {
        counts.both += 1;
        crossed.set(item.id, { theirs, where: "in-file", text: `${item.id} ${item.label}` });
        choices.push(item);
      }
    });
    rememberFile();
    settle(found.items.filter(each => each.state === "decided").map(each => each.item));
    const said = [word("import-done", { file: name, ...counts })];
    const codes = remarks.map(each => each.code), unknown = remarks.filter(each => each.code === "unknown").map(each => each.detail);
    if (codes.includes("sums")) said.push(word("import-older"));
    if (unknown.length) said.push(word("import-unknown", { items: unknown.join(", ") }));
    if (found.assessor.name !== who.name || found.assessor.level !== who.level) said.push(word("import-other", found.assessor));
    return { said, choices };
  }

  // What a file decided with another state of the portfolio stands where the claim and all documents that were judged are
  // the same (as a finding does).
  function settle(ids) {
    index.items.filter(each => ids.includes(each.id) && verdicts.state(each, entries[each.id]) === "changed").forEach(item => {
      read(item).then(({ documents }) => {
        const entry = entries[item.id], isStale = documents.some(each => verdicts.verdict(entry, each, documents).stale);
        if (isStale || entry.seen || entry.claimed !== item.claimed || verdicts.gone(entry, documents).length) return;
        save(item.id, { ...entry, seen: item.state });
        if (shown === "summary") renew();
      }, () => {});
    });
  }

  async function readFile(file) {
    const found = review.read(await file.text(), index.portfolio, index.items);
    return found.problem ? { problem: word(`import-${found.problem}`, { detail: found.detail }) } : { found };
  }

  // Screens

  function go(hash) {
    if (location.hash.slice(1) !== hash) history.pushState(null, "", `#${hash}`);
    render();
  }

  function wanted() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  }

  function render() {
    const hash = wanted(), item = index.items.find(each => each.id === hash);
    if (hash === "main" && shown) return;
    const known = ["summary", "print", "file"].includes(hash);
    const name = !who || !hash || hash === "main" ? "start" : item ? "item" : known ? hash : "summary";
    left(name === "item" ? hash : name);
    shown = name === "item" ? hash : name;
    screen = null;
    document.documentElement.dataset.paper = paper;
    root.dataset.screen = name;
    if (name !== "start") drop("gone");
    drop("no-item");
    if (name !== "start" && !item && !known) notice("no-item", word("no-item", { item: hash }));
    if (bar) showCurrent(name, item);
    const called = item ? item.id : name === "start" ? "" : bar.querySelector(`[data-screen=${name}]`).textContent;
    document.title = called ? `${called} – ${title}` : title;
    if (name === "item") show(item);
    else {
      ({ start, file: showFiles, summary: () => overview.summary(facts(), place), print: showSheets })[name]();
      arrive();
    }
  }

  function showCurrent(name, item) {
    bar.querySelectorAll("[data-screen]").forEach(each => {
      if (each.dataset.screen === name) each.setAttribute("aria-current", "page");
      else each.removeAttribute("aria-current");
    });
    if (item) last = item.id;
    bar.querySelectorAll("[data-screen]").forEach(each => { each.href = `#${each.dataset.screen}`; });
    bar.querySelector("[data-screen=item]").href = `#${last || firstOpen() || index.items[0].id}`;
  }

  // Back and Forward lead to the place one left, and to the link that led away.

  const places = new Map();  // by screen, how far down it was
  let back = false, from = "";
  history.scrollRestoration = "manual";
  window.addEventListener("pagehide", () => { history.scrollRestoration = "auto"; });

  function left(next) {
    if (shown) places.set(shown, scrollY);
    from = shown;
    back = Boolean((history.state || {}).desk) && places.has(next) && next !== shown;
    if (!(history.state || {}).desk) history.replaceState({ ...history.state, desk: true }, "");
  }

  // The page begins anew for readers and keys, as another page would; not when it has just been opened.
  let arrived = false;
  function arrive() {
    const link = back && Array.from(place.querySelectorAll("a[href]")).find(each => each.hash === `#${from}`), heading = place.querySelector("h1");
    if (arrived && heading) { scrollTo(0, back ? places.get(shown) : 0); (link || heading).focus({ preventScroll: true }); }
    arrived = true;
  }

  // Show what changed on a screen, and leave focus and place.
  function renew() {
    const was = document.activeElement, isHere = place.contains(was);
    const name = ["href", "name", "data-do"].find(each => was.hasAttribute(each)), value = was.getAttribute(name);
    ({ summary: () => overview.summary(facts(), place), print: showSheets })[shown]();
    const same = isHere && Array.from(place.querySelectorAll(`[${name}]`)).find(each => each.getAttribute(name) === value);
    if (same) same.focus({ preventScroll: true });
  }

  function facts() {
    return { index, assessor: who, entries: () => entries, change, go, decide, both, takeBack, read, versions: id => crossed.get(id) };
  }

  function show(item) {
    if (data.has(item.id)) { open(item); return; }
    place.setAttribute("aria-busy", "true");
    read(item).then(() => { if (shown === item.id) open(item); }, () => notice("not-read", word("not-read")));
  }

  function open(item) {
    place.removeAttribute("aria-busy");
    screen = judging.open(facts(), place, item, data.get(item.id));
    arrive();
    const at = index.items.indexOf(item);
    [following(item), index.items[at + 1], index.items[at - 1]].filter(Boolean).forEach(each => read(each).catch(() => {}));
  }

  function start() {
    const { portfolio } = index, begun = store.assessors(portfolio), hoped = index.items.find(each => each.id === wanted());
    place.replaceChildren(made("start", {
      unit: portfolio.unit, period: face.period(portfolio.period) || word("none"), as_of: face.day(portfolio.as_of),
      wanted: hoped ? word("wanted", { item: hoped.id, label: hoped.label }) : "", begun: begun.length > 0, local: location.protocol === "file:",
    }));
    const form = place.querySelector("form"), { name, level, assignment, shared, file } = form.elements;
    const enter = person => {
      if (isAtRisk() && !isHere(person)) { notice("before-other", word("before-other", who), ["export"]); return; }
      begin(person);
      go(wantedFirst());
    };
    if (!who && !store.works(false)) notice("refused", word("refused"), []);
    begun.forEach(each => {
      const line = made("begun", { text: word("here-count", { name: each.name, level: each.level, count: each.items }), shared: each.shared ? word("here-shared") : "" });
      line.querySelector("button").addEventListener("click", () => enter({ name: each.name, level: each.level, shared: each.shared }));
      place.querySelector(".plain").append(line);
    });
    if (who) { name.value = who.name; level.value = who.level; assignment.value = who.assignment; shared.value = who.shared ? "shared" : "own"; }
    file.addEventListener("change", () => readFile(file.files[0]).then(({ problem, found }) => {
      form.querySelector("[data-loaded]").textContent = problem || word("loaded", { file: file.files[0].name, ...found.review.assessor, count: found.review.items.length });
      pending = problem ? null : { found, name: file.files[0].name };
      if (!problem) { name.value = found.review.assessor.name; level.value = found.review.assessor.level; assignment.value = found.review.assessor.assignment; }
    }));
    // One who has begun is asked for nothing but the name; a letter that was emptied is none.
    let isEdited = false;
    assignment.addEventListener("input", () => { isEdited = true; });
    const alike = () => {
      const same = each => each.level === level.value && each.name.toLowerCase() === name.value.trim().toLowerCase();
      const other = begun.some(each => same(each) && each.name === name.value.trim()) ? null : begun.find(same);
      form.querySelector("[data-alike]").textContent = other ? word("alike", other) : "";
      name.setCustomValidity("");
    };
    [name, level].forEach(each => each.addEventListener("input", alike));
    form.addEventListener("submit", event => {
      event.preventDefault();
      if (!name.value.trim()) { name.setCustomValidity(word("lacks-name")); name.reportValidity(); return; }
      const letter = assignment.value.trim() || (isEdited ? "" : undefined);
      enter({ name: name.value.trim(), level: level.value, assignment: letter, shared: shared.value === "shared" });
    });
    if (!who && !begun.length && !arrived) name.focus({ preventScroll: true });
  }

  // Where somebody wanted to go before saying who they are; else the first item that is not decided.
  function wantedFirst() {
    const hash = wanted();
    if (crossed.size) return "file";
    if (hash && hash !== "main") return hash;
    return firstOpen() || "summary";
  }

  function firstOpen() {
    const found = index.items.find(each => verdicts.state(each, entries[each.id]) !== "decided");
    return found ? found.id : "";
  }

  function lastExport() {
    if (!exported) return word("never-exported");
    const text = word("exported", { time: face.moment(exported.when), file: exported.file });
    return isExported() ? text : `${text} ${word("changed-since-export")}`;
  }

  function showFiles() {
    place.replaceChildren(made("file", { exported: lastExport() }));
    if (!window.catatDesk.workbook) place.querySelector("[data-do=workbook]").remove();
    const field = place.querySelector("[name=file]"), said = place.querySelector(".imported"), choose = place.querySelector(".to-choose");
    const showChoices = () => choose.replaceChildren(...Array.from(crossed, ([id, other]) => both(index.items.find(each => each.id === id), other)));
    showChoices();
    field.addEventListener("change", () => readFile(field.files[0]).then(({ problem, found }) => {
      const lines = problem ? [problem] : merge(found, field.files[0].name).said;
      said.replaceChildren(...lines.map(each => { const line = document.createElement("p"); line.textContent = each; return line; }));
      field.value = "";
      showChoices();
    }));
  }

  function showSheets() {
    overview.sheets(facts(), place, isExported() ? review.code(exported.digest) : "");
  }

  // Doing

  async function leave() {
    const isEntered = Object.keys(entries).length > 0;
    if (isEntered) {
      exportFile();
      const { answer } = face.ask("leaving", { file: exported.file, code: review.code(exported.digest) });
      if (await answer !== "erase") return;
    }
    const gone = [desk.erase(), forget(false, about()), forget(true, about()), forget(true, here())].every(Boolean);
    if (!gone) { notice("not-gone", word("not-gone"), ["export"]); return; }
    desk.onOther(() => {});
    who = null;
    bar = null;
    entries = {};
    exported = null;
    crossed.clear();
    unsafe = 0;
    top.replaceChildren();
    history.pushState(null, "", location.pathname + location.search);
    render();
    notice("gone", word(isEntered ? "gone-now" : "gone-blank"));
  }

  function showKeys() {
    root.classList.toggle("no-keys", recall(false, KEYS) === "off");
  }

  function help() {
    const { dialog } = face.ask("help"), on = dialog.querySelector("[name=keys]");
    on.checked = recall(false, KEYS) !== "off";
    on.addEventListener("change", () => { remember(false, KEYS, on.checked ? "on" : "off"); showKeys(); });
  }

  function restore() {
    const kept = desk.load();
    desk = store.open(index.portfolio, who, { shared: who.shared });
    desk.onOther(elsewhere);
    entries = kept;
    Object.entries(kept).forEach(([id, entry]) => desk.save(id, entry));
    rememberFile();
    showKept(face.now());
  }

  const actions = {
    help, leave, restore, export: exportFile, workbook: exportWorkbook, print: () => window.print(),
    "export-print": () => { if (Object.keys(entries).length) exportFile(); window.print(); },
  };

  root.addEventListener("click", event => {
    const button = event.target.closest("button[data-do]");
    if (!button) return;
    if (button.dataset.do === "dismiss") {
      if (button.closest("[data-kind=remind]")) unsafe = Date.now();
      button.closest(".notice").remove();
    } else if (actions[button.dataset.do]) {
      actions[button.dataset.do]();
    }
  });

  root.addEventListener("change", event => { if (who && event.target.closest(".filters")) remember(true, here(), who); });

  // Keys: outside fields only; Enter is left to what it presses.

  function isField(target) {
    return target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]") !== null;
  }

  document.addEventListener("keydown", event => {
    if (!screen && event.key !== "?" || !who || event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
    const { target, key } = event;
    if (key === "Enter" && event.ctrlKey && screen) { event.preventDefault(); screen.decide(); return; }
    if (event.ctrlKey || event.metaKey) return;
    if (isField(target)) {
      if (key === "Escape") { if (screen) screen.key(key); target.blur(); place.querySelector("h1").focus({ preventScroll: true }); event.preventDefault(); }
      return;
    }
    if (key === "?") { event.preventDefault(); help(); return; }
    if (recall(false, KEYS) === "off" || event.shiftKey) return;
    if (key === "Enter" && target.closest("a, button, summary")) return;
    // A key that is held goes through documents, and judges one.
    if (event.repeat && !/^(Arrow.*|[jk])$/i.test(key)) return;
    if (/^Arrow/.test(key) && target.matches("[type=radio]")) return;
    if (screen && screen.key(key)) event.preventDefault();
  });

  setInterval(() => {
    if (!who || !unsafe || Date.now() - unsafe < REMIND || top.querySelector("[data-kind=remind]")) return;
    notice("remind", word("remind"), ["export", "dismiss"]);
  }, LOOK);

  // A link leads on in this tab, which keeps what a shared computer has; whether a tab closes or loads anew, nobody says.
  let leads = false;
  ["pointerdown", "keydown"].forEach(each => window.addEventListener(each, () => { leads = false; }, true));
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href]");
    leads = link !== null && !link.target && link.origin === location.origin && link.pathname !== location.pathname;
  });
  window.addEventListener("beforeunload", event => { if (isAtRisk(!leads)) event.preventDefault(); });
  // A page that comes back from the browser's memory missed what other tabs changed meanwhile.
  window.addEventListener("pageshow", event => {
    if (!event.persisted || !who) return;
    entries = desk.load();
    if (screen) screen.refresh();
    else render();
    showKept("");
  });
  window.addEventListener("beforeprint", () => { if (who) overview.paper(facts(), isExported() ? review.code(exported.digest) : ""); });
  window.addEventListener("hashchange", () => { if (index) render(); });

  // The data call these.

  function load(found) {
    index = found;
    showKeys();
    const person = recall(true, here());
    if (person) begin(person);
    render();
  }

  Object.assign(window.catatDesk, { load, item: each => { data.set(each.id, each); } });
})();
