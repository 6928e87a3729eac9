// What the desk's screens are built from: copies of the page's own templates, filled with texts, never with HTML.
"use strict";
(function () {
  const root = document.querySelector(".desk");
  if (!root) return;
  const all = Array.from(document.querySelectorAll("template[data-desk]"));
  const templates = new Map(all.map(each => [each.dataset.desk, each.content.firstElementChild]));
  const spoken = Array.from(templates.get("words").children);
  const words = new Map(spoken.map(each => [each.dataset.word, each.textContent]));
  const language = document.documentElement.lang || "id";

  // A word of the page's language, with values in its {places}.
  function word(name, values = {}) {
    return (words.get(name) || name).replace(/\{(\w+)\}/g, (whole, each) => each in values ? String(values[each]) : whole);
  }

  function part(element, name) {
    return element.matches(`[data-put="${name}"]`) ? element : element.querySelector(`[data-put="${name}"]`);
  }

  // Put values in their places: a text, a node, true for what stays as it is; what is empty goes away.
  function fill(element, values) {
    Object.entries(values).forEach(([name, value]) => {
      const place = part(element, name);
      if (!place || value === true) return;
      if (value === "" || value === null || value === undefined || value === false) place.remove();
      else if (value instanceof Node) place.replaceChildren(value);
      else place.textContent = value;
    });
    return element;
  }

  // A page has one heading of the first level: those in the templates become one when they are shown.
  function head(place) {
    const heading = document.createElement("h1");
    heading.tabIndex = -1;
    heading.append(...place.childNodes);
    place.replaceWith(heading);
  }

  function made(name, values = {}) {
    const element = document.importNode(templates.get(name), true);
    element.querySelectorAll("[data-heading]").forEach(head);
    return fill(element, values);
  }

  function mark(state) {
    return made(`state-${state}`);
  }

  // What a screen reader says when something happened that is only seen.
  function say(text) {
    root.querySelector("[data-says]").textContent = text;
  }

  function date(text, form) {
    const day = new Date(text);
    return Number.isNaN(day.getTime()) ? text : new Intl.DateTimeFormat(language, form).format(day);
  }

  const day = text => date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text, { dateStyle: "long" });
  const time = text => date(text, { hour: "2-digit", minute: "2-digit" });
  const moment = text => `${day(text)} ${time(text)}`;

  function period(text) {
    return text.split("/").filter(Boolean).map(day).join(" – ");
  }

  // The time now, with its offset from UTC, to the second.
  function now() {
    const at = new Date(), minutes = -at.getTimezoneOffset(), two = number => String(number).padStart(2, "0");
    const local = new Date(at.getTime() + minutes * 60000).toISOString().slice(0, 19);
    const size = Math.abs(minutes);
    return `${local}${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  }

  // Ask by a dialog of the page; the promise is the value of the button that was pressed, "" for none.
  function ask(name, values = {}) {
    const dialog = made(name, values), before = document.activeElement;
    document.body.append(dialog);
    return {
      dialog,
      answer: new Promise(resolve => {
        dialog.addEventListener("click", event => {
          const button = event.target.closest("button");
          if (button) dialog.close(button.value);
        });
        dialog.addEventListener("close", () => {
          dialog.remove();
          if (before && before.isConnected) before.focus({ preventScroll: true });
          resolve(dialog.returnValue || "");
        });
        dialog.showModal();
      }),
    };
  }

  const reasons = spoken.filter(each => each.dataset.reason).map(each => each.dataset.reason);

  function reason(text) {
    return words.has(`reason-${text}`) ? word(`reason-${text}`) : text;
  }

  window.catatDesk = Object.assign(window.catatDesk || {}, {
    face: { root, language, word, part, fill, made, mark, say, day, time, moment, period, now, ask, reasons, reason },
  });
})();
