// Files of the desk: their names, how they are handed out, and the entries that are taken from them.
"use strict";
(function () {
  const { face, review, verdicts } = window.catatDesk;
  if (!face) return;

  // By what an entry is known to be the one that was last in a file.
  function mark(entry) {
    return review.sha256(verdicts.content(entry)).slice(0, 16);
  }

  function plain(text) {
    return text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40).replace(/-$/, "");
  }

  // The name of an exported file; `when` is an ISO time.
  function fileName(unit, name, when, ending) {
    return ["penilaian", plain(unit), plain(name), when.slice(0, 10)].filter(Boolean).join("-") + ending;
  }

  // Hand out a file, as a link that is downloaded.
  function hand(content, name, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  // An entry as a row of a file has it. What was decided on other documents than these counts as changed since.
  function entryOf(row, found, item, { index, assessor }) {
    const other = found.assessor.name !== assessor.name || found.assessor.level !== assessor.level;
    const same = found.portfolio.sums === index.portfolio.sums && row.claimed === item.claimed && row.state !== "changed";
    const state = other || row.state === "begun" ? "begun" : row.state === "flagged" ? "flagged" : "decided";
    const answer = row.answer === null ? "" : row.answer;
    return { ...row, answer, state, decided: state === "decided" ? row.decided : "", seen: state === "decided" && same ? item.state : "", changed: found.exported };
  }

  window.catatDesk.files = { mark, fileName, hand, entryOf };
})();
