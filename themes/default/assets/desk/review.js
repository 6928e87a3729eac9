// Reviews as files, catat.review/1: written, read, and bound by a digest that generator/ computes in the same way.
"use strict";
(function () {
  const SCHEMA = "catat.review/1";
  const PORTFOLIO = ["id", "unit", "instrument", "as_of", "sums"];
  const ASSESSOR = ["name", "level", "assignment"];
  const ITEM = ["item", "claimed", "answer", "condition", "note", "recommendation", "state", "decided"];
  const EVIDENCE = ["record", "file", "sha256", "verdict", "reason", "note"];
  const LEVELS = ["TPP", "TPI", "TPN"];
  const STATES = ["begun", "decided", "flagged", "changed"], VERDICTS = ["accepted", "rejected"];

  // Canonical JSON: Python's json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")), alike for
  // texts, whole numbers, booleans and null; the languages write other numbers in their own ways.

  // As fixed hexadecimal digits, names sort by code point; the browser sorts by half characters.
  function inOrder(name) {
    return Array.from(name, each => each.codePointAt(0).toString(16).padStart(6, "0")).join("");
  }

  function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const names = Object.keys(value).map(name => [inOrder(name), name]).sort((a, b) => a[0] < b[0] ? -1 : 1);
    return `{${names.map(([, name]) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
  }

  // SHA-256 (FIPS 180-4): the browser's own is missing where a page comes by plain http.

  const K = Int32Array.of(
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  );
  const FIRST = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

  function turned(word, by) {
    return word >>> by | word << 32 - by;
  }

  function padded(bytes) {
    const whole = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64), view = new DataView(whole.buffer);
    whole.set(bytes);
    whole[bytes.length] = 0x80;
    view.setUint32(whole.length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(whole.length - 4, bytes.length * 8 % 2 ** 32);
    return view;
  }

  function sha256(text) {
    const view = padded(new TextEncoder().encode(text)), state = Int32Array.from(FIRST, word => word | 0);
    const words = new Int32Array(64);
    for (let block = 0; block < view.byteLength; block += 64) {
      for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(block + 4 * i);
      for (let i = 16; i < 64; i += 1) {
        const near = words[i - 15], far = words[i - 2];
        words[i] = words[i - 16] + (turned(near, 7) ^ turned(near, 18) ^ near >>> 3)
          + words[i - 7] + (turned(far, 17) ^ turned(far, 19) ^ far >>> 10);
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i += 1) {
        const one = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + (e & f ^ ~e & g) + K[i] + words[i] | 0;
        const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
        [a, b, c, d, e, f, g, h] = [one + two | 0, a, b, c, d + one | 0, e, f, g];
      }
      [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] += word; });
    }
    return Array.from(state, word => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  // The check code of the printed sheet, by which paper and file are known to belong together.
  function code(digest) {
    return digest.slice(0, 16).toUpperCase().replace(/.{4}(?!$)/g, "$& ");
  }

  // Writing

  function picked(record, names) {
    return Object.fromEntries(names.map(name => [name, record[name] === undefined ? "" : record[name]]));
  }

  // Half a character, as a broken paste leaves it, cannot be written in UTF-8.
  function writable(value) {
    const whole = each => typeof each === "string" ? each.replace(/\p{Cs}/gu, "\ufffd") : each;
    return JSON.parse(JSON.stringify(value, (_, each) => whole(each)));
  }

  function row(entry) {
    const decided = ["decided", "changed"].includes(entry.state) ? entry.decided : "";
    return { ...picked({ ...entry, decided }, ITEM), evidence: (entry.evidence || []).map(each => picked(each, EVIDENCE)) };
  }

  // Another digest of claim and documents than when it was decided: these have changed since.
  function stateOf(entry, now) {
    return entry.state === "decided" && entry.seen !== now ? "changed" : entry.state;
  }

  // The review of all that an assessor has begun, in the order of the index; `when` is the time it is exported at.
  function build(portfolio, assessor, entries, items, when) {
    const now = new Map(items.map(each => [each.id, each.state]));
    const ids = [...now.keys(), ...Object.keys(entries).filter(id => !now.has(id))];
    const review = writable({
      schema: SCHEMA, portfolio: picked(portfolio, PORTFOLIO), assessor: picked(assessor, ASSESSOR), exported: when,
      items: ids.filter(id => entries[id]).map(id => ({ ...row(entries[id]), state: stateOf(entries[id], now.get(id)) })),
    });
    return { ...review, digest: sha256(canonical(review)) };
  }

  // Reading

  function isRecord(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value);
  }

  function areTexts(record, names) {
    return isRecord(record) && names.every(name => record[name] === undefined || typeof record[name] === "string");
  }

  // A claim may be blank, and an answer be counts; all else is text.
  function isItem(each) {
    if (!isRecord(each) || !each.item || !STATES.includes(each.state)) return false;
    const { claimed, answer, ...texts } = picked(each, ITEM);
    return areTexts(texts, Object.keys(texts)) && (claimed === null || typeof claimed === "string")
      && (isRecord(answer) ? isRecord(answer.inputs) : typeof answer === "string");
  }

  // The place of the first thing in a review that is not what the schema says; "" where there is none.
  function misplaced(review) {
    const found = new Set();
    if (!areTexts(review.assessor, ASSESSOR)) return "assessor";
    if (!(review.assessor.name || "").trim()) return "assessor.name";
    if (!LEVELS.includes(review.assessor.level)) return "assessor.level";
    if (!areTexts(review, ["exported"])) return "exported";
    if (!Array.isArray(review.items)) return "items";
    for (const [at, each] of review.items.entries()) {
      if (!isItem(each) || found.has(each.item)) return `items[${at}]`;
      found.add(each.item);
      const evidence = each.evidence === undefined ? [] : each.evidence;
      if (!Array.isArray(evidence)) return `items[${at}].evidence`;
      const wrong = evidence.findIndex(one => !areTexts(one, EVIDENCE) || !VERDICTS.includes(one.verdict));
      if (wrong >= 0) return `items[${at}].evidence[${wrong}]`;
    }
    return "";
  }

  // {review, remarks}, or {problem, detail} of a file that is no review of this portfolio, or not as it was exported.
  // Items that the index does not have are in the remarks instead, so that nothing is lost of them.
  function read(text, portfolio, items) {
    let review, computed;
    try {
      review = JSON.parse(text.replace(/^\ufeff/, ""));
      const { digest, ...signed } = review;
      computed = sha256(canonical(signed));
    } catch {
      return { problem: "json", detail: "" };
    }
    const schema = typeof review.schema === "string" ? review.schema : "";
    if (schema !== SCHEMA) return { problem: /^catat\.review\/\d+$/.test(schema) ? "later" : schema ? "schema" : "json", detail: schema };
    if (review.digest !== computed) return { problem: "digest", detail: "" };
    if (!areTexts(review.portfolio, PORTFOLIO)) return { problem: "schema", detail: "portfolio" };
    if (review.portfolio.id !== portfolio.id) return { problem: "portfolio", detail: review.portfolio.unit || "" };
    const place = misplaced(review);
    if (place) return { problem: "schema", detail: place };
    return understood(review, portfolio, new Set(items.map(each => each.id)));
  }

  function understood(review, portfolio, ids) {
    const rows = review.items.map(row), unknown = rows.filter(each => !ids.has(each.item));
    const older = ["as_of", "sums"].filter(name => review.portfolio[name] !== portfolio[name]);
    return {
      review: {
        ...review, portfolio: picked(review.portfolio, PORTFOLIO), assessor: picked(review.assessor, ASSESSOR),
        items: rows.filter(each => ids.has(each.item)),
      },
      remarks: [
        ...older.map(name => ({ code: name, detail: review.portfolio[name] || "" })),
        ...unknown.map(each => ({ code: "unknown", detail: each.item, item: each })),
      ],
    };
  }

  window.catatDesk = Object.assign(window.catatDesk || {}, {
    review: { canonical, sha256, code, build, read },
  });
})();
