// What entries say: the state of an item, its answer as it is read, how far it is from the unit's, which verdicts it has.
"use strict";
(function () {
  const { face, fractions } = window.catatDesk;
  if (!face) return;
  const ZERO = fractions.parse("0");
  const ROLES = { ratio: ["of", "over", "/"], decrease: ["before", "now", " → "] };

  function blank(item) {
    return {
      item: item.id, claimed: item.claimed, answer: "", condition: "", note: "", recommendation: "", state: "begun",
      decided: "", seen: "", changed: "", evidence: [],
    };
  }

  function state(item, entry) {
    if (!entry) return "untouched";
    const isSame = entry.seen === item.state && !fractions.valueOf(item, entry.answer).problem;
    return entry.state === "decided" && !isSame ? "changed" : entry.state;
  }

  // An answer as the pages write it: decimals by the language, counts as the quotient they make.
  function shown(item, answer) {
    if (!answer) return "";
    if (typeof answer === "string") {
      return item.kind === "choices" || face.language === "en" ? answer : answer.replace(/(\d)\.(\d)/g, "$1,$2");
    }
    const [first, second, between] = ROLES[item.kind] || ["", "", ""];
    const total = role => item.inputs.filter(each => each.role === role)
      .reduce((sum, each) => sum + (Number(answer.inputs[each.key]) || 0), 0);
    return `${total(first)}${between}${total(second)}`;
  }

  function claimedValue(item) {
    return item.value === null ? ZERO : fractions.parse(item.value);
  }

  // Whether an answer that counts is another than the unit's; a blank of the unit is worth 0.
  function differs(item, answer) {
    const { value } = fractions.valueOf(item, answer);
    if (!value) return false;
    if (item.kind === "choices" && item.claimed !== null) return answer !== item.claimed;
    return fractions.compare(value, claimedValue(item)) !== 0;
  }

  // The points of the index that an answer adds or takes; "" where none was given.
  function difference(item, answer) {
    const { value } = fractions.valueOf(item, answer);
    if (!value) return "";
    const claimed = claimedValue(item), order = fractions.compare(value, claimed);
    if (!order) return face.word("none");
    const [high, low] = order > 0 ? [value, claimed] : [claimed, value];
    const gap = { n: high.n * low.d - low.n * high.d, d: high.d * low.d };
    const points = fractions.multiply(gap, fractions.parse(item.weight));
    return `${order > 0 ? "+" : "−"}${fractions.decimal(points, 2, face.language)}`;
  }

  function sameDocument(one, other) {
    return one.record === other.record && one.file === other.file;
  }

  // The row on a document: a file that was moved or renamed with its bytes keeps its own, as in `merge`.
  function rowOf(entry, document, documents) {
    const rows = entry ? entry.evidence : [], named = rows.find(each => sameDocument(each, document));
    if (!document.sha256 || named && named.sha256 === document.sha256) return named;
    const isThere = row => documents.some(one => sameDocument(one, row) && one.sha256 === row.sha256);
    return rows.find(each => each.sha256 === document.sha256 && !isThere(each)) || named;
  }

  // The verdict on a document as it is now, and the one on another version of it.
  function verdict(entry, document, documents) {
    const row = rowOf(entry, document, documents);
    return row && row.sha256 === document.sha256 ? { row } : { row: null, stale: row || null };
  }

  // A verdict in words, with the reason and the note on it.
  function worded(row) {
    return [face.word(row.verdict), face.reason(row.reason), row.note].filter(Boolean).join("; ");
  }

  function gone(entry, documents) {
    const known = documents.map(each => rowOf(entry, each, documents));
    return entry ? entry.evidence.filter(each => !known.includes(each)) : [];
  }

  // The counts that the unit gave, by the keys of the item; null where its answer was none.
  function claim(item, data) {
    if (item.claimed === null) return null;
    if (!item.inputs.length) return item.claimed;
    const given = new Map(data.figures.map(([name, text]) => [name, text.replace(/\D/g, "")]));
    const inputs = Object.fromEntries(item.inputs.filter(each => given.get(each.label))
      .map(each => [each.key, Number(given.get(each.label))]));
    const answer = { inputs };
    return fractions.valueOf(item, answer).value ? answer : item.claimed;
  }

  // Reasons in the order they are offered: the listed ones, whose numbers stay for who works by keys, and those in words
  // that were given here, the most frequent first.
  function reasonsOffered(entries) {
    const used = new Map();
    Object.values(entries).forEach(entry => entry.evidence.filter(each => each.reason && !face.reasons.includes(each.reason)).forEach(each => {
      used.set(each.reason, (used.get(each.reason) || 0) + 1);
    }));
    const often = [...used.keys()].sort((one, other) => used.get(other) - used.get(one));
    return [...face.reasons, ...often];
  }

  // What an entry lacks to be decided: {code, number}, or null.
  function lacks(item, entry, documents) {
    if (!entry || !fractions.valueOf(item, entry.answer).value) return { code: "answer" };
    if (differs(item, entry.answer) && !entry.condition.trim()) return { code: "reason" };
    const number = documents.findIndex(each => {
      const { row } = verdict(entry, each, documents);
      return row && row.verdict === "rejected" && !row.reason.trim();
    });
    return number < 0 ? null : { code: "rejection", number };
  }

  // What two entries are the same by: all that an assessor gave, not when.
  function content(entry) {
    const { answer, condition, note, recommendation, evidence } = entry;
    const as = entry.state === "changed" ? "decided" : entry.state;
    return window.catatDesk.review.canonical({ answer, condition, note, recommendation, state: as, evidence });
  }

  window.catatDesk.verdicts = {
    blank, state, shown, differs, difference, claimedValue, verdict, worded, gone, claim, reasonsOffered, lacks, content, rowOf,
  };
})();
