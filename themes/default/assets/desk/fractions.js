// Exact fractions, and what an answer is worth on the scale of its item: generator/reading/answers.py in the browser.
// A fraction is {n, d}: two BigInts, reduced, never negative.
"use strict";
(function () {
  const ZERO = { n: 0n, d: 1n }, ONE = { n: 1n, d: 1n };

  function reduced(n, d) {
    let divisor = n, rest = d;
    while (rest) [divisor, rest] = [rest, divisor % rest];
    return { n: n / divisor, d: d / divisor };
  }

  // Read "n/d" or "n", as the build writes them; null for anything else.
  function parse(text) {
    const match = /^(\d+)(?:\/(\d+))?$/.exec(text), d = match && BigInt(match[2] || 1);
    return d ? reduced(BigInt(match[1]), d) : null;
  }

  function text(f) {
    return f.d === 1n ? String(f.n) : `${f.n}/${f.d}`;
  }

  function add(a, b) {
    return reduced(a.n * b.d + b.n * a.d, a.d * b.d);
  }

  function multiply(a, b) {
    return reduced(a.n * b.n, a.d * b.d);
  }

  function divide(a, b) {
    return reduced(a.n * b.d, a.d * b.n);
  }

  function compare(a, b) {
    const left = a.n * b.d, right = b.n * a.d;
    return left < right ? -1 : left > right ? 1 : 0;
  }

  function atMostOne(f) {
    return compare(f, ONE) < 0 ? f : ONE;
  }

  // Write with so many decimals, rounded half up, as the pages of the site do: 1.234,50.
  function decimal(f, places, language) {
    const scaled = (2n * f.n * 10n ** BigInt(places) + f.d) / (2n * f.d);
    const digits = String(scaled).padStart(places + 1, "0"), cut = digits.length - places;
    const [mark, group] = language === "en" ? [".", ","] : [",", "."];
    const whole = digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, group);
    return places ? whole + mark + digits.slice(cut) : whole;
  }

  // Answers

  // What Python takes for blank; the browser's own \s is another set.
  const BLANK = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
  const AROUND = new RegExp(`^${BLANK}+|${BLANK}+$`, "g");
  const QUOTIENT = new RegExp(`^(\\d{1,12})${BLANK}*/${BLANK}*(\\d{1,12})$`);
  const NUMBER = /^(\d{1,12})(?:[.,](\d{1,12}))?$/, COUNT = /^\d{1,12}$/;
  const YES_AND_NO = { yes: "ya", true: "ya", no: "tidak", false: "tidak" };
  const NEEDED = { ratio: ["of", "over"], decrease: ["before", "now"] };

  function written(value) {
    if (value === null || value === undefined) return "";
    return typeof value === "object" ? "?" : String(value).replace(AROUND, "");
  }

  // The exact number that was written, with a decimal point or comma; null if it is none.
  function exact(text) {
    const match = NUMBER.exec(written(text)), part = match && match[2] || "";
    return match && reduced(BigInt(match[1] + part), 10n ** BigInt(part.length));
  }

  function choice(item, text) {
    const word = text.toLowerCase(), named = name => item.choices.find(each => each.answer.toLowerCase() === name);
    const found = item.choices.find(each => each.answer === text) || named(word) || named(YES_AND_NO[word]);
    return found ? { value: parse(found.value) } : { problem: "scale" };
  }

  function mark(item, text) {
    const value = exact(text), maximum = parse(item.maximum);
    if (!value) return { problem: "scale" };
    return compare(value, maximum) > 0 ? { problem: "range" } : { value: divide(value, maximum) };
  }

  // Nothing of nothing counts 1: there was nothing to do.
  function ratio(of, over) {
    if (!over.n) return of.n ? { problem: "over-zero" } : { value: ONE };
    return { value: atMostOne(divide(of, over)) };
  }

  function share(item, text) {
    const match = QUOTIENT.exec(text), percent = text.endsWith("%") && exact(text.slice(0, -1));
    if (match) return ratio(parse(match[1]), parse(match[2]));
    return percent ? { value: atMostOne(divide(percent, { n: 100n, d: 1n })) } : { problem: "scale" };
  }

  function decrease(before, now) {
    if (compare(now, before) >= 0) return { value: now.n ? ZERO : ONE };
    return { value: reduced(before.n * now.d - now.n * before.d, before.n * now.d) };
  }

  function counted(item, inputs) {
    const needed = NEEDED[item.kind], known = item.inputs.map(each => each.key), keys = Object.keys(inputs);
    if (!needed || keys.some(key => !known.includes(key))) return { problem: "scale" };
    const given = keys.filter(key => inputs[key] !== null && inputs[key] !== "");
    if (given.some(key => !COUNT.test(written(inputs[key])))) return { problem: "count" };
    const absent = item.inputs.some(each => needed.includes(each.role) && !given.includes(each.key));
    if (!given.length || absent) return { problem: "incomplete" };
    const [first, second] = needed.map(role => item.inputs.filter(each => each.role === role)
      .reduce((total, each) => add(total, parse(written(inputs[each.key]))), ZERO));
    return item.kind === "ratio" ? ratio(first, second) : decrease(first, second);
  }

  // {value}, or {problem}: "incomplete" where nothing or too little is given, "scale" what the item does not take,
  // "count" what is no whole number, "over-zero" some of none, "range" a mark above the highest.
  function valueOf(item, answer) {
    if (answer !== null && typeof answer === "object") return counted(item, answer.inputs || {});
    const text = written(answer);
    if (!text) return { problem: "incomplete" };
    const read = { choices: choice, linear: mark, ratio: share }[item.kind];
    return read ? read(item, text) : { problem: "scale" };
  }

  // What the answers, by item, are worth together and in each area; what is blank or has a problem counts 0.
  function sum(items, answers) {
    const areas = {};
    let index = ZERO, answered = 0;
    items.forEach(item => {
      const { value } = valueOf(item, answers[item.id]);
      const points = value ? multiply(value, parse(item.weight)) : ZERO;
      if (value) answered += 1;
      index = add(index, points);
      if (item.area) areas[item.area] = add(areas[item.area] || ZERO, points);
    });
    return { index, answered, areas };
  }

  window.catatDesk = Object.assign(window.catatDesk || {}, {
    fractions: { parse, text, add, multiply, compare, decimal, valueOf, sum },
  });
})();
