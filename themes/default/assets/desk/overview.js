// The summary of all items with the index of the answers, and the sheets that are printed and signed.
"use strict";
(function () {
  const { face, fractions, verdicts } = window.catatDesk;
  if (!face) return;
  const { word, made, part } = face;
  const narrowed = { state: "", area: "", differs: false };  // stays while the assessor goes to items and back

  function figure(f) {
    return fractions.decimal(f, 2, face.language);
  }

  // Whether an answer counts: merge writes those that were decided, also those whose claim or documents changed since.
  function counts(item, entry) {
    return ["decided", "changed"].includes(verdicts.state(item, entry));
  }

  // The answers that count, and all there are.
  function answers(items, entries) {
    const of = some => Object.fromEntries(some.map(each => [each.id, entries[each.id].answer]));
    const begun = items.filter(each => entries[each.id]);
    return { counting: of(begun.filter(each => counts(each, entries[each.id]))), all: of(begun) };
  }

  // The areas, and what is in none of them: the results.
  function groups(index) {
    const areas = index.areas.map(each => ({ ...each, items: index.items.filter(item => item.area === each.number) }));
    const rest = index.items.filter(item => item.area === null);
    return [...areas, { number: 0, label: word("results"), items: rest }].filter(each => each.items.length);
  }

  function sums(items, given) {
    const total = points => items.map(points).reduce(fractions.add, fractions.parse("0"));
    const { index, answered } = fractions.sum(items, given.counting), whole = fractions.sum(items, given.all);
    return {
      own: figure(index),
      open: whole.answered > answered ? word("with-undecided", { value: figure(whole.index) }) : "",
      claimed: figure(total(each => fractions.multiply(verdicts.claimedValue(each), fractions.parse(each.weight)))),
      highest: figure(total(each => fractions.parse(each.weight))),
    };
  }

  function sumRow(label, { open, ...figures }) {
    const row = made("sum", { label, ...figures });
    part(row, "open").textContent = open;
    return row;
  }

  function thresholds(index, reached) {
    return index.gates.map(gate => {
      const minimum = fractions.parse(gate.minimum), met = fractions.compare(reached, minimum) >= 0;
      const row = made("threshold", { label: word("threshold", gate), minimum: figure(minimum), state: word(met ? "reached" : "not-reached") });
      part(row, "state").classList.add(met ? "met" : "unmet");
      return row;
    });
  }

  // How many of an item's documents have a verdict, as its own screen counts them; its documents are read for that.
  function countSeen(desk, item, entry, cell) {
    const count = seen => { cell.textContent = `${seen} / ${item.documents}`; };
    if (!item.documents) return;
    if (!entry || !entry.evidence.length) { count(0); return; }
    desk.read(item).then(({ documents }) => count(documents.filter(each => each.file && verdicts.verdict(entry, each, documents).row).length), () => {});
  }

  function row(desk, item, entry) {
    const answer = entry ? entry.answer : "";
    const made_ = made("row", {
      id: item.id, label: item.label, claimed: verdicts.shown(item, item.claimed) || word("blank"),
      state: face.mark(verdicts.state(item, entry)),
    });
    // Cells stay where they are empty.
    if (desk.versions(item.id)) part(made_, "state").firstElementChild.append(" ", made("to-choose"));
    part(made_, "own").textContent = verdicts.shown(item, answer);
    part(made_, "difference").textContent = verdicts.difference(item, answer);
    countSeen(desk, item, entry, part(made_, "seen"));
    made_.querySelector("a").href = `#${item.id}`;
    if (verdicts.differs(item, answer)) made_.classList.add("differs");
    return made_;
  }

  function wanted(item, entry) {
    const state = verdicts.state(item, entry);
    return (!narrowed.state || state === narrowed.state || narrowed.state === "open" && state !== "decided")
      && (!narrowed.area || String(item.area || 0) === narrowed.area)
      && (!narrowed.differs || entry && verdicts.differs(item, entry.answer));
  }

  // What was entered for items that this portfolio does not have: it goes into the file, and merge refuses it.
  function strays(desk) {
    const ids = Object.keys(desk.entries()).filter(id => !desk.index.items.some(each => each.id === id)).sort();
    return ids.map(id => {
      const { answer, condition } = desk.entries()[id];
      const counted = answer.inputs ? Object.values(answer.inputs).join(" / ") : answer;
      const row = made("stray", { id, said: [counted, condition].filter(Boolean).join(" · ") });
      row.querySelector("button").addEventListener("click", () => desk.takeBack(id));
      return row;
    });
  }

  function summary(desk, place) {
    const { index } = desk, entries = desk.entries(), given = answers(index.items, entries);
    const whole = fractions.sum(index.items, given.counting);
    const screen = made("summary", { answered: word("answered", { answered: whole.answered, all: index.items.length }) });
    const table = screen.querySelector(".sums"), area = screen.querySelector("[name=area]");
    groups(index).forEach(each => {
      table.tBodies[0].append(sumRow(each.label, sums(each.items, given)));
      area.append(new Option(each.label, String(each.number)));
    });
    table.tFoot.append(sumRow(word("index"), sums(index.items, given)));
    screen.querySelector(".thresholds").append(...thresholds(index, whole.index));
    if (!index.gates.length) part(screen, "others").remove();
    const lost = strays(desk);
    if (lost.length) screen.querySelector(".strays ul").append(...lost);
    else screen.querySelector(".strays").remove();
    const body = screen.querySelector(".overview tbody"), fields = Array.from(screen.querySelectorAll(".filters select, .filters input"));

    function list() {
      const shown = index.items.filter(each => wanted(each, entries[each.id]));
      body.replaceChildren(...shown.map(each => row(desk, each, entries[each.id])));
      screen.querySelector(".filters [role=status]").textContent = word("shown-of", { shown: shown.length, all: index.items.length });
      screen.querySelector(".overview").hidden = !shown.length;
      screen.querySelector(".nothing").hidden = Boolean(shown.length);
    }

    fields.forEach(field => {
      if (field.type === "checkbox") field.checked = narrowed.differs;
      else field.value = narrowed[field.name];
      field.addEventListener("change", () => {
        narrowed[field.name] = field.type === "checkbox" ? field.checked : field.value;
        list();
      });
    });
    list();
    place.replaceChildren(screen);
  }

  // Paper

  function ofDocuments(entry) {
    const said = (entry ? entry.evidence : []).filter(each => each.verdict === "rejected" || each.note);
    return lines(said.map(each => `${each.file}: ${verdicts.worded(each)}`));
  }

  function lines(texts) {
    const all = document.createDocumentFragment();
    texts.filter(each => each.trim()).forEach(each => {
      const line = document.createElement("p");
      line.textContent = each;
      all.append(line);
    });
    return all;
  }

  function said({ condition, recommendation, note }) {
    const named = { "sheet-recommendation": recommendation, "sheet-note": note };
    return [condition, ...Object.entries(named).map(([name, text]) => text.trim() && word(name, { text }))];
  }

  function line(item, entry) {
    const state = verdicts.state(item, entry), answer = entry ? entry.answer : "";
    const open = counts(item, entry) ? "" : word("undecided");
    const made_ = made("verdict", {
      id: item.id, label: item.label, claimed: verdicts.shown(item, item.claimed) || word("blank"), reason: lines(entry ? said(entry) : []), documents: ofDocuments(entry),
    });
    part(made_, "own").textContent = [verdicts.shown(item, answer), open].filter(Boolean).join(", ");
    part(made_, "difference").textContent = verdicts.difference(item, answer);
    if (state === "changed") part(made_, "own").append(" ", face.mark("changed"));
    return made_;
  }

  let everything = false;  // whether areas that nothing was entered for are printed as well

  // One sheet for each area, with the check code of the file it belongs to; `code` is "" where there is none.
  function sheets(desk, place, code) {
    const { index, assessor } = desk, entries = desk.entries(), given = answers(index.items, entries), { portfolio } = index;
    const items = strays(desk).map(each => part(each, "id").textContent).join(", ");
    const screen = made("print", { warning: code ? "" : word("no-code"), strays: items && word("strays", { items }) });
    const areas = groups(index), begun = areas.filter(each => each.items.some(item => entries[item.id]));
    const blank = areas.length - begun.length, all = screen.querySelector("[name=everything]");
    if (!blank) all.closest("p").remove();
    part(screen, "blank").textContent = word(begun.length ? "blank-areas" : "all-blank", { count: blank });
    all.checked = everything;
    all.addEventListener("change", () => {
      everything = all.checked;
      sheets(desk, place, code);
      place.querySelector("[name=everything]").focus();
    });
    (everything ? areas : begun).forEach(each => {
      const sheet = made("sheet", {
        institution: portfolio.institution, unit: portfolio.unit, area: each.label, table: each.label, name: assessor.name, level: word(`level-${assessor.level}`),
        assignment: assessor.assignment || word("none"), period: face.period(portfolio.period) || word("none"), as_of: face.day(portfolio.as_of),
        code: code || word("no-code"), sums: portfolio.sums, signed: assessor.name,
      });
      const table = sheet.querySelector("table"), total = sums(each.items, given);
      table.tBodies[0].append(...each.items.map(item => line(item, entries[item.id])));
      table.tFoot.append(made("verdict", { id: "", label: word("total"), claimed: total.claimed, own: lines([total.own, total.open]) }));
      screen.append(sheet);
    });
    place.replaceChildren(screen);
  }

  function cut(text) {
    return text.length > 40 ? `${text.slice(0, 39)}…` : text;
  }

  // Before a page is printed: whose it is, at the foot of every sheet of paper and at the head of the first; fields in full.
  function paper(desk, code) {
    const { assessor, index: { portfolio } } = desk, checked = code ? word("code", { code }) : word("no-code-short");
    const level = word(`level-${assessor.level}`), as_of = word("as-of", { day: face.day(portfolio.as_of) });
    document.documentElement.dataset.paper = [`${cut(assessor.name)} (${assessor.level})`, cut(portfolio.unit), checked].join(" · ");
    const head = face.root.querySelector(".desk-top .paper");
    head.textContent = [assessor.name, level, assessor.assignment, portfolio.unit, as_of, checked].filter(Boolean).join(" · ");
    face.root.querySelectorAll("textarea, .reasons input[name=other]").forEach(each => { each.closest("label").dataset.written = each.value; });
  }

  // A browser cuts off what a field does not take, and says nothing of it.
  face.root.addEventListener("input", event => {
    const field = event.target;
    if (!field.matches("textarea")) return;
    field.setCustomValidity(field.value.length < field.maxLength ? "" : word("full-field", { count: field.maxLength }));
    field.reportValidity();
  });

  window.catatDesk.overview = { summary, sheets, paper, narrowed };
})();
