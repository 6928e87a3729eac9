// The screen of an item: its criteria and documents, judged by mouse, by touch or by keys.
"use strict";
(function () {
  const { face, fractions, review, verdicts } = window.catatDesk;
  if (!face) return;
  const { word, made, part, say } = face;
  const WIDE = matchMedia("(min-width: 64rem)");
  let grown = () => {};
  WIDE.addEventListener("change", () => grown());

  function all(element, selector) {
    return Array.from(element.querySelectorAll(selector));
  }

  function same(one, other) {
    return review.canonical(one) === review.canonical(other);
  }

  function facts(document) {
    return [document.type, document.date, document.size, document.pages].filter(Boolean).join(" · ");
  }

  function finding(each) {
    const status = each.stale ? "earlier-stale" : each.closed ? "earlier-closed" : "earlier-open";
    const made_ = made("finding", {
      who: [each.level, each.assessor].filter(Boolean).join(" · "), date: each.date, status: word(status),
      answer: Boolean(each.answer), condition: each.condition, text: each.text === each.condition ? "" : each.text,
      recommendation: Boolean(each.recommendation),
    });
    if (each.href) part(made_, "date").href = each.href;
    if (each.answer) part(made_, "answer").querySelector("b").textContent = each.answer;
    if (each.recommendation) part(made_, "recommendation").lastElementChild.textContent = each.recommendation;
    made_.classList.toggle("met", each.closed);
    return made_;
  }

  // Show an item in `place`. `desk` has index, entries(), change(id, patch), go(id), next(id), decide(id), versions(id).
  function open(desk, place, item, data) {
    const { index } = desk, { items } = index, position = items.indexOf(item);
    const own = () => desk.entries()[item.id] || verdicts.blank(item);
    const documents = data.documents, judged = documents.filter(each => each.file);
    let at = -1, choosing = false;

    const screen = made("item", {
      path: data.path.join(" › "), id: item.id, label: item.label, source: data.question ? "" : data.source, scale: data.scale,
      question: Boolean(data.question), note: Boolean(data.note), findings: data.findings.length > 0,
      place: word("place", { number: position + 1, all: items.length }),
      claim: item.kind !== "choices" || item.claimed === null, claims: claims(),
      required: data.required.map(each => `${each.met ? "✓" : "△"} ${each.type} (${word(each.met ? "is-there" : "missing")})`).join(" · "),
    });
    const the = selector => screen.querySelector(selector);
    if (data.question) the(".question > blockquote").textContent = data.question;
    if (data.question && data.source) the(".question > figcaption").append(` · ${data.source}`);
    if (data.note) part(screen, "note").lastElementChild.textContent = data.note;
    data.findings.forEach(each => part(screen, "findings").append(finding(each)));
    [["previous", -1], ["next", 1]].forEach(([name, by]) => {
      const other = items[position + by], link = part(screen, name);
      if (!other) link.remove();
      else { link.href = `#${other.id}`; link.querySelector(".id").textContent = other.id; link.title = other.label; }
    });

    function claims() {
      if (item.claimed === null) return word("unclaimed");
      const value = fractions.decimal(verdicts.claimedValue(item), 2, face.language);
      return word("claims", { answer: verdicts.shown(item, item.claimed), value });
    }

    // The answer

    const choices = data.criteria.map((each, number) => {
      const row = made("choice", {
        key: number < 9 ? number + 1 : "", answer: each.answer, wording: each.wording, in_short: each.in_short,
        claimed: each.answer === item.claimed ? word("claimed") : "",
        value: fractions.decimal(fractions.parse(each.value), 2, face.language),
      });
      const radio = row.querySelector("input");
      radio.value = each.answer;
      radio.addEventListener("change", () => answer(each.answer));
      return { row, radio, each };
    });
    const counts = item.kind === "choices" ? [] : fields();
    the("[data-choices]").append(...choices.map(({ row }) => row), ...counts.map(({ row }) => row));
    if (item.claimed === null) the("[data-do=agree]").remove();

    function fields() {
      if (item.kind === "linear") {
        const row = made("mark", { label: `0–${item.maximum}` }), field = row.querySelector("input");
        field.addEventListener("input", () => answer(field.value.trim()));
        return [{ row, field, key: "" }];
      }
      return item.inputs.map(each => {
        const row = made("count", { label: each.label }), field = row.querySelector("input");
        field.addEventListener("input", () => answer(counted()));
        return { row, field, key: each.key };
      });
    }

    function counted() {
      const given = counts.map(({ field, key }) => [key, field.value.trim()]).filter(([, text]) => text);
      const inputs = Object.fromEntries(given.map(([key, text]) => [key, /^\d+$/.test(text) ? Number(text) : text]));
      return given.length ? { inputs } : "";
    }

    function answer(given) {
      desk.change(item.id, { answer: given });
      refresh();
    }

    function showAnswer() {
      const given = own().answer;
      choices.forEach(({ row, radio, each }) => {
        radio.checked = each.answer === given;
        row.classList.toggle("chosen", radio.checked);
      });
      counts.forEach(({ field, key }) => {
        const text = key ? given.inputs && given.inputs[key] : given;
        const now = text === undefined || text === null ? "" : String(text);
        if (field.value.trim() !== now && field !== window.document.activeElement) field.value = verdicts.shown(item, now);
      });
    }

    // Texts

    const texts = all(screen, "textarea");
    texts.forEach(field => {
      field.addEventListener("input", () => { desk.change(item.id, { [field.name]: field.value }); refresh(); });
    });

    // Documents

    const rows = documents.map((document, number) => {
      const row = made("document", {
        link: document.href ? document.title : "", title: document.href ? "" : document.title, facts: facts(document),
        record: Boolean(document.record_href), why: document.why.join(" "), before: document.review ? word(`before-${document.review}`) : "", withheld: document.withheld,
        legend: word("document", { number: number + 1, all: documents.length, title: document.title }), verdict: Boolean(document.file),
      });
      const link = part(row, "link"), record = part(row, "record");
      if (record) Object.assign(record.lastElementChild, { href: document.record_href, textContent: document.record_title });
      if (link) {
        link.href = document.href;
        if (document.viewer) { link.dataset.viewer = document.viewer; link.dataset.large = document.large; }
        link.classList.toggle("external", document.external);
        link.addEventListener("click", event => look(event, number));
      }
      all(row, ".verdict-of > label > input").forEach(radio => {
        radio.name = `verdict-${number}`;
        radio.addEventListener("change", () => judge(number, radio.value));
      });
      const other = row.querySelector("[name=other]");
      other.addEventListener("input", () => judge(number, "rejected", other.value));
      row.querySelector("[name=remark]").addEventListener("input", () => judge(number, row.dataset.verdict));
      row.addEventListener("focusin", () => { if (at !== number) select(number); });
      return row;
    });
    the(".to-judge").append(...rows);
    part(screen, rows.length ? "no-document" : "documents").remove();

    // What the viewer shows of them.
    const shown = documents.map((each, number) => ({
      title: each.title, facts: facts(each), href: each.href, large: each.large, viewer: each.external ? "" : each.viewer,
      link: each.viewer && part(rows[number], "link") || undefined, absent: each.href ? word("cannot-show") : each.withheld || word("not-here"),
    }));

    function look(event, number) {
      if (!WIDE.matches || event.ctrlKey || event.metaKey || event.shiftKey || documents[number].external) return;
      event.preventDefault();
      event.stopPropagation();
      select(number);
    }

    function judge(number, verdict, reason) {
      const document = documents[number], entry = own();
      const before = verdicts.rowOf(entry, document, documents);
      const others = entry.evidence.filter(each => each !== before);
      const kept = before && before.verdict === verdict ? before.reason : "";
      const given = verdict === "rejected" ? reason === undefined ? kept : reason : "";
      // The field keeps the note where the verdict is taken back, and gives it to the next one.
      const note = rows[number].querySelector("[name=remark]").value;
      const row = { record: document.record, file: document.file, sha256: document.sha256, verdict, reason: given, note };
      const evidence = verdict ? [...others, row] : others, order = each => documents.findIndex(one => verdicts.rowOf({ evidence }, one, documents) === each);
      desk.change(item.id, { evidence: [...evidence].sort((one, another) => order(one) - order(another)) });
      choosing = false;
      refresh();
    }

    function showVerdict(number) {
      const document = documents[number], row = rows[number], { row: given, stale } = verdicts.verdict(own(), document, documents);
      const verdict = given ? given.verdict : "";
      row.dataset.verdict = verdict || "open";
      all(row, ".verdict-of > label > input").forEach(each => { each.checked = each.value === verdict; });
      const note = part(row, "stale");
      note.hidden = !stale;
      if (stale) note.textContent = word(`stale-${stale.verdict}`);
      const remark = row.querySelector("[name=remark]"), noted = (given || stale || {}).note;
      remark.closest("p").hidden = !given;
      if (noted !== undefined && remark !== window.document.activeElement) remark.value = noted;
      const reasons = row.querySelector("[data-reasons]");
      if (verdict === "rejected" && reasons.hidden) offer(number, reasons);
      reasons.hidden = verdict !== "rejected";
      if (verdict !== "rejected") return;
      all(reasons, "[type=radio]").forEach(each => { each.checked = each.value === given.reason; });
      const other = reasons.querySelector("[name=other]"), listed = all(reasons, "[type=radio]").some(each => each.checked);
      if (other !== window.document.activeElement) other.value = listed ? "" : given.reason;
    }

    function offer(number, reasons) {
      const offered = verdicts.reasonsOffered(desk.entries()).map((each, place_) => {
        const row = made("reason", { key: place_ < 9 ? place_ + 1 : "", label: face.reason(each) }), radio = row.querySelector("input");
        radio.name = `reason-${number}`;
        radio.value = each;
        radio.addEventListener("change", () => judge(number, "rejected", each));
        return row;
      });
      reasons.querySelector("div").replaceChildren(...offered);
    }

    function isOpen(number) {
      return Boolean(documents[number].file) && !verdicts.verdict(own(), documents[number], documents).row;
    }

    function advance() {
      const done = `${called(at)}: ${word(rows[at].dataset.verdict)}`;
      const numbers = documents.map((_, number) => number), later = numbers.slice(at + 1).find(isOpen);
      const next = later === undefined ? numbers.find(isOpen) : later;
      if (next !== undefined) select(next);
      else rows[at].scrollIntoView({ block: "nearest" });
      say(next === undefined ? done : `${done}. ${called(next)}`);
    }

    function select(number) {
      if (!documents[number]) return;
      at = number;
      choosing = false;
      pointOut();
      rows[at].scrollIntoView({ block: "nearest" });
      stage();
    }

    function called(number) {
      return word("document", { number: number + 1, all: documents.length, title: documents[number].title });
    }

    // Go to a document by keys or buttons; what is only seen is said as well.
    function stepTo(number) {
      if (!documents[number]) return;
      select(number);
      the("[data-lacking]").textContent = "";
      say(`${called(number)}: ${word(rows[number].dataset.verdict)}`);
    }

    function pointOut() {
      rows.forEach((row, each) => { if (each === at) row.setAttribute("aria-current", "true"); else row.removeAttribute("aria-current"); });
    }

    function stage() {
      if (!shown.length || !screen.isConnected || !WIDE.matches || !window.catatViewer) return;
      window.catatViewer.show(shown[at], shown, { place: screen, focus: false });
      all(screen, ".viewer [data-step]").forEach(each => each.setAttribute("aria-keyshortcuts", each.dataset.step === "1" ? "J" : "K"));
    }

    // What changes with every entry

    function refresh() {
      const entry = desk.entries()[item.id], given = own();
      the("[data-state]").replaceChildren(face.mark(verdicts.state(item, entry)));
      showAnswer();
      texts.filter(each => each !== document.activeElement).forEach(each => { each.value = given[each.name]; });
      const { value, problem } = fractions.valueOf(item, given.answer);
      // An answer that was given as a quotient has no counts to show.
      const quotient = item.inputs.length && typeof given.answer === "string" ? verdicts.shown(item, given.answer) : "";
      const agrees = the("[data-do=agree]");
      if (agrees) agrees.setAttribute("aria-pressed", String(same(given.answer, verdicts.claim(item, data))));
      const worth = problem ? given.answer && word(`problem-${problem}`, { maximum: item.maximum })
        : item.kind === "choices" ? "" : [quotient, word("value", { value: fractions.decimal(value, 2, face.language) })].filter(Boolean).join(" · ");
      if (the("[data-worth]").textContent !== (worth || "")) the("[data-worth]").textContent = worth || "";
      documents.forEach((_, number) => showVerdict(number));
      const seen = judged.filter(each => verdicts.verdict(given, each, documents).row).length;
      if (documents.length) the("[data-counted]").textContent = word("seen-of", { seen, all: judged.length });
      const lost = verdicts.gone(given, documents), gone = part(screen, "gone");
      if (gone) {
        gone.hidden = !lost.length;
        gone.textContent = word("gone", { files: lost.map(each => `${each.file} (${word(each.verdict)})`).join(", ") });
      }
      the("[data-do=take-back]").hidden = !entry;
      the("[data-do=flag]").setAttribute("aria-pressed", String(given.state === "flagged"));
      the("[data-lacking]").textContent = "";
      showVersions();
    }

    function showVersions() {
      const other = desk.versions(item.id);
      the("[data-crossed]").replaceChildren(...(other ? [desk.both(item, other)] : []));
    }

    // Doing

    function decide() {
      const choice = the("[data-crossed] button");
      if (choice) {
        the("[data-lacking]").textContent = word("lacks-choice");
        choice.focus();
        return;
      }
      const lacking = verdicts.lacks(item, desk.entries()[item.id], documents);
      if (!lacking) {
        desk.decide(item.id);
        return;
      }
      const { code, number } = lacking;
      the("[data-lacking]").textContent = word(`lacks-${code}`, { number: number + 1 });
      if (code === "answer") (the("[data-choices] input") || screen).focus();
      if (code === "reason") the("[name=condition]").focus();
      if (code === "rejection") { select(number); reject(); rows[number].querySelector("[name=other]").focus(); }
    }

    // A flag that is taken back before anything else changed leaves what was there.
    function flag() {
      const { state, decided } = own(), flagged = state === "flagged", before = decided ? "decided" : "begun";
      desk.change(item.id, { state: flagged ? before : "flagged" });
      refresh();
      say(word(flagged ? "unflagged" : "flagged"));
    }

    // Whether the chosen document can be judged; where it is not here, the screen says so.
    function canJudge() {
      if (documents[at] && !documents[at].file) the("[data-lacking]").textContent = documents[at].withheld || word("not-here");
      return Boolean(documents[at] && documents[at].file);
    }

    function accept() {
      if (!canJudge()) return;
      judge(at, "accepted");
      advance();
    }

    function reject() {
      if (!canJudge()) return;
      if (rows[at].dataset.verdict !== "rejected") judge(at, "rejected");
      choosing = true;
      rows[at].querySelector("[data-reasons]").scrollIntoView({ block: "nearest" });
      say(all(rows[at], "[data-reasons] label").slice(0, 9).map(each => each.textContent.trim()).join(", "));
    }

    function digit(number) {
      if (choosing) {
        const reason = all(rows[at], "[data-reasons] [type=radio]")[number - 1];
        if (!reason) return;
        judge(at, "rejected", reason.value);
        advance();
      } else if (choices[number - 1]) {
        answer(choices[number - 1].each.answer);
        say(choices[number - 1].row.querySelector(".meaning").textContent.trim());
      } else if (number === 1 && the("[data-do=agree]")) {
        agree();
      }
    }

    function agree() {
      answer(verdicts.claim(item, data));
      say(the("[data-worth]").textContent);
    }

    const actions = { decide, flag, agree, "take-back": () => desk.takeBack(item.id) };
    screen.addEventListener("focusin", event => { if (event.target.matches("textarea, input:not([type=radio])")) choosing = false; });
    screen.addEventListener("click", event => {
      const button = event.target.closest("button[data-do]"), step = event.target.closest(".viewer [data-step]");
      if (button && actions[button.dataset.do]) actions[button.dataset.do]();
      if (step) stepTo(at + Number(step.dataset.step));
    });

    const keys = {
      j: () => stepTo(Math.min(at + 1, documents.length - 1)), k: () => stepTo(Math.max(at - 1, 0)), a: accept, r: reject, t: flag, Enter: decide,
      c: () => the("[name=condition]").focus(),
      ArrowLeft: () => items[position - 1] && desk.go(items[position - 1].id),
      ArrowRight: () => items[position + 1] && desk.go(items[position + 1].id),
      Escape: () => { choosing = false; },
    };

    // Whether a key meant something here.
    function key(name) {
      if (/^[1-9]$/.test(name)) { digit(Number(name)); return true; }
      const doing = keys[name.length === 1 ? name.toLowerCase() : name];
      if (doing) doing();
      return Boolean(doing);
    }

    place.replaceChildren(screen);
    refresh();
    const first = documents.findIndex((_, number) => isOpen(number)), then = desk.entries()[item.id];
    if (then && then.claimed !== item.claimed) {
      part(screen, "then").textContent = word("claim-then", { answer: verdicts.shown(item, then.claimed) || word("blank") });
    } else {
      part(screen, "then").remove();
    }
    at = documents.length ? Math.max(first, 0) : -1;
    pointOut();
    stage();
    grown = stage;
    return { key, refresh, decide };
  }

  window.catatDesk.judging = { open };
})();
