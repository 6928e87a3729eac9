// What `catat serve` adds to a page: it is renewed when it changed, and tells what is wrong over the last good one.
"use strict";
(function () {
  const here = location.pathname;
  const folded = "catat-folded";
  const appearance = document.currentScript.dataset.appearance; // what it is shown with; none where a script hangs on its elements
  let sum = document.currentScript.dataset.sum;
  let after = -1;
  let announced = "";
  let asking = null;
  let missed = 0;
  let farewell = "";
  let unopened = "";

  function element(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) { element.setAttribute(key, value); }
    element.append(...children);
    return element;
  }

  function openInEditor(event) {
    const link = event.target.closest("a[data-open]");
    if (!link) { return; }
    event.preventDefault();
    fetch(link.getAttribute("href"), { method: "POST", headers: { "X-Catat": "1" } }).then(function (answer) {
      if (!answer.ok) { link.after(element("span", { class: "catat-note" }, " " + unopened)); }
    });
  }

  function problem(each) {
    const parts = [element("p", {}, element("strong", {}, each.message), " ", element("code", {}, each.code))];
    const link = element(each.open ? "a" : "span", each.open ? { href: each.open, "data-open": "" } : {}, each.where);
    parts.push(element("p", {}, link));
    if (each.excerpt) { parts.push(element("pre", {}, each.excerpt)); }
    parts.push(element("p", {}, each.hint));
    return element("li", { class: each.severity }, ...parts);
  }

  function fold(box, button, state) {
    const isFolded = sessionStorage.getItem(folded) !== null;
    box.classList.toggle("folded", isFolded);
    button.textContent = isFolded ? state.unfold : state.fold;
    button.setAttribute("aria-expanded", String(!isFolded));
  }

  function show(state) {
    const old = document.getElementById("catat-problems");
    if (!state.problems.length) {
      if (old) { old.remove(); }
      announced = "";
      return;
    }
    const now = JSON.stringify(state.problems);
    if (now === announced) { return; }
    announced = now;
    const button = element("button", { type: "button" });
    const head = element("header", {},
      element("strong", {}, state.title), element("span", { class: "catat-note" }, state.note),
      element("a", { href: state.all.href }, state.all.text), button);
    const box = element("section", { id: "catat-problems", role: "alert" },
      head, element("ol", {}, ...state.problems.map(problem)));
    button.addEventListener("click", function () {
      if (sessionStorage.getItem(folded) === null) { sessionStorage.setItem(folded, "1"); } else { sessionStorage.removeItem(folded); }
      fold(box, button, state);
    });
    fold(box, button, state);
    if (old) { old.replaceWith(box); } else { document.body.append(box); }
  }

  function warn(state) {
    let badge = document.getElementById("catat-warnings");
    if (!state.warnings || state.problems.length) {
      if (badge) { badge.remove(); }
      return;
    }
    if (!badge) {
      badge = element("a", { id: "catat-warnings", href: state.all.href });
      document.body.append(badge);
    }
    badge.textContent = state.warnings;
  }

  function gone(text) {
    const old = document.getElementById("catat-gone");
    if (old) { old.remove(); }
    if (text) { document.body.append(element("p", { id: "catat-gone", role: "alert" }, text)); }
  }

  const links = "link:not([rel~=stylesheet])";
  const foot = "data-paper"; // what the sheets of a page say at their foot, its title with it

  // What has to be the same on both pages for the one to take the other's place without being loaded.
  function rest(page) {
    const own = `title, ${links}, script[data-sum]`;
    const head = [...page.head.children].filter((each) => !each.matches(own)).map((each) => each.outerHTML);
    const root = page.documentElement.cloneNode(false);
    root.removeAttribute(foot);
    return root.outerHTML + head.join("");
  }

  function isBusy() { return !appearance || location.hash || document.querySelector("dialog[open], .viewer"); }

  // Put the new content in the old one's place: the page neither flickers nor moves. Where that is not all, load it again.
  function renew() {
    if (isBusy()) { location.reload(); return; }
    return fetch(location.href, { cache: "no-store" }).then((answer) => answer.text()).then(function (text) {
      const page = new DOMParser().parseFromString(text, "text/html");
      const live = page.querySelector("script[data-sum]");
      if (!live || live.dataset.appearance !== appearance || rest(page) !== rest(document) || isBusy()) { location.reload(); return; }
      const old = [...document.head.querySelectorAll(links)];
      for (const link of page.head.querySelectorAll(links)) {
        const at = old.findIndex((each) => each.outerHTML === link.outerHTML);
        if (at < 0) { document.head.append(link); } else { old.splice(at, 1); }
      }
      for (const link of old) { link.remove(); }
      document.title = page.title;
      const said = page.documentElement.getAttribute(foot);
      if (said !== null) { document.documentElement.setAttribute(foot, said); }
      page.body.append(...document.querySelectorAll("#catat-problems, #catat-warnings, #catat-gone"));
      document.body.replaceWith(page.body);
      sum = live.dataset.sum;
      after = -1; // asked at once, it looks where the new page's links lead
      ask();
    });
  }

  function ask() {
    if (document.hidden) {
      document.addEventListener("visibilitychange", ask, { once: true });
      return;
    }
    asking = new AbortController();
    const asked = new URLSearchParams({ after: String(after), page: here, sum: sum });
    fetch("/__catat/state?" + asked, { cache: "no-store", signal: asking.signal })
      .then((answer) => answer.json())
      .then(function (state) {
        if (state.sum !== sum) { return renew(); }
        after = state.number;
        missed = 0;
        farewell = state.gone;
        unopened = state.unopened;
        gone("");
        if (!document.body.classList.contains("catat-own")) { show(state); warn(state); }
        ask();
      })
      .catch(function () {
        after = -1; // another preview begins to count anew
        missed += asking.signal.aborted ? 0 : 1;
        if (missed > 1) { gone(farewell); }
        setTimeout(ask, 1000);
      });
  }

  // A browser has six connections to one server: a tab that nobody looks at leaves its own to the others.
  document.addEventListener("visibilitychange", function () {
    if (document.hidden && asking) { asking.abort(); }
  });
  document.addEventListener("click", openInEditor);
  ask();
})();
