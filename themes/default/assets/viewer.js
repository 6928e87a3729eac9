// Documents opened beside the page that cites them, and copies of what one cannot type: what site.js loads for pages with any.
"use strict";
(function () {
  if (window.catatViewer) return;

  function isField(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  // Copies: a digest or an address. Said aloud by the page's own live region, and by a mark on the button.

  function copyBySelecting(text, place) {
    var whole = place.querySelector("code"), made = whole || document.createElement("span");
    if (!whole) { made.className = "vh"; made.textContent = text; place.append(made); }
    getSelection().selectAllChildren(made);
    var done = document.execCommand("copy");
    if (!whole) made.remove();
    return done;
  }

  function copied(button) {
    var status = document.getElementById("copied");
    button.classList.add("copied");
    if (status) status.textContent = status.dataset.text;
    setTimeout(function () {
      button.classList.remove("copied");
      if (status) status.textContent = "";
    }, 2000);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button.copy");
    if (!button) return;
    var place = button.parentElement, text = button.dataset.text || place.querySelector("code").textContent;
    function bySelecting() { if (copyBySelecting(text, place)) copied(button); }
    // On plain http there is no clipboard.
    if (!navigator.clipboard) bySelecting();
    else navigator.clipboard.writeText(text).then(function () { copied(button); }, bySelecting);
  });

  // The viewer: a document in a pane beside the page, or on a small window in a dialog over it. The page stays where it
  // is read, and the key to go back closes what is open.
  //
  // What other scripts may use of it is `catatViewer`:
  //   show(link)               shows where a link of the page leads: `<a href data-viewer="pdf|picture" data-large>`
  //   show(document, all)      shows {title, href, viewer, large, facts}; steps lead through `all`, an array of such
  //   show(…, …, {focus: false})  leaves the focus where it is
  //   show(…, …, {place})         shows it within an element of the page, for good: without a button to close, keys or a
  //                            step in the history; what cannot be shown has its text `absent` there; a click on
  //                            `[data-step]` is left to the page
  //                            false where this browser cannot show it: the link is left to the browser then
  //   close()                  closes it, as the key to go back does
  //   step(1), step(-1)        shows the next document, or the previous one
  //   shown()                  {title, href, link} of what is shown, or null
  // The document has an event `catat-viewer` whenever that changes; its `detail` is the address, or "". While something
  // is shown, Escape and the arrows are the viewer's, but for events that a listener on the document has prevented.

  var WIDE = matchMedia("(min-width: 64rem)"), MIDDLE = matchMedia("(min-width: 48rem)");
  var viewer = null, shown = null, among = null, leaving = false, closed = false;

  function isBeside() {
    return viewer !== null && viewer.matches(".beside");
  }

  function isInPlace() {
    return viewer !== null && viewer.matches(".in-place");
  }

  // A pane needs the top layer, for it stays while the page is scrolled, and a page that is laid out by its own width.
  function canBeBeside() {
    return WIDE.matches && "showPopover" in HTMLElement.prototype && CSS.supports("container-type", "inline-size");
  }

  function canShow(kind) {
    if (kind === "picture") return typeof HTMLDialogElement !== "undefined";
    return kind === "pdf" && navigator.pdfViewerEnabled === true && MIDDLE.matches && typeof HTMLDialogElement !== "undefined";
  }

  function described(link) {
    return { link: link, title: link.textContent, href: link.href, viewer: link.dataset.viewer, large: link.dataset.large };
  }

  function documents() {
    var links = Array.from(document.querySelectorAll("main a[data-viewer]")).map(described);
    return (among || links).filter(function (each) { return isInPlace() || canShow(each.viewer); });
  }

  function isShown(each) {
    return shown !== null && (each === shown || each.link !== undefined && each.link === shown.link);
  }

  function absent(each) {
    var made = document.createElement("p");
    made.className = "absent";
    made.textContent = each.absent;
    viewer.querySelector(".viewer-stage").classList.remove("loading");
    return made;
  }

  function frame(each) {
    var made = document.createElement(each.viewer === "picture" ? "img" : "iframe");
    var stage = viewer.querySelector(".viewer-stage");
    stage.classList.add("loading");
    ["load", "error"].forEach(function (name) {
      made.addEventListener(name, function () { if (made.isConnected) stage.classList.remove("loading"); });
    });
    if (each.viewer === "picture") {
      made.alt = each.title;
      made.src = new URL(each.large || each.href, location.href).href;
    } else {
      made.title = each.title;
      // The document's own table of pages would take a quarter of the room.
      made.src = each.href + (each.href.includes("#") ? "&" : "#") + "navpanes=0";
    }
    return made;
  }

  function facts(each) {
    var place = each.link && each.link.closest("li, tr");
    if (each.facts) return [each.facts];
    return Array.from(place ? place.querySelectorAll(".particulars, .mark, .why, .absent") : []).flatMap(function (one) {
      return [one.cloneNode(true), " "];
    });
  }

  function mark(link) {
    document.querySelectorAll("a[data-viewer][aria-current]").forEach(function (each) { each.removeAttribute("aria-current"); });
    if (link) link.setAttribute("aria-current", "true");
  }

  function tell() {
    document.dispatchEvent(new CustomEvent("catat-viewer", { detail: shown ? shown.href : "" }));
  }

  // The keys of the bar as they are for what is shown.
  function renewBar() {
    var all = documents(), at = all.findIndex(isShown), position = viewer.querySelector("[data-position]");
    viewer.querySelectorAll("[data-step]").forEach(function (button) {
      button.disabled = at < 0 || !all[at + Number(button.dataset.step)];
    });
    position.querySelector("span").textContent = position.dataset.position.replace("{at}", at + 1).replace("{count}", all.length);
    position.hidden = at < 0;
    position.disabled = !isBeside() || !shown.link;
    // A button that can go no further would keep the keys for itself.
    if (document.activeElement.disabled) viewer.querySelector(isInPlace() ? "header" : "[data-close]").focus({ preventScroll: true });
  }

  function fill(each) {
    var stage = viewer.querySelector(".viewer-stage"), old = stage.querySelector("iframe, img, .absent");
    shown = each;
    viewer.querySelector("h2").textContent = each.title;
    viewer.querySelector(".viewer-facts").replaceChildren.apply(viewer.querySelector(".viewer-facts"), facts(each));
    viewer.querySelector("a").href = each.href;
    viewer.querySelector(".copy").dataset.text = new URL(each.href, location.href).href;
    viewer.querySelectorAll("a, .copy").forEach(function (key) { key.hidden = !each.href; });
    // A new frame each time: one that is led elsewhere would leave a step in the history.
    if (old) old.remove();
    stage.append(canShow(each.viewer) ? frame(each) : absent(each));
    mark(each.link);
    renewBar();
    tell();
  }

  // What is read keeps its height on the screen while the page becomes narrower or wider.

  function isInSight(each) {
    var box = each.getBoundingClientRect();
    return box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  }

  function whatIsRead(link) {
    if (link && isInSight(link)) return link;
    var left = document.querySelector("main").getBoundingClientRect().left + 60;
    for (var height = 90; height < innerHeight; height += 60) {
      var there = document.elementFromPoint(left, height);
      var block = there && there.closest("main :is(h1, h2, h3, h4, p, li, th, td, dt, dd, pre, a)");
      if (block) return block;
    }
    return null;
  }

  function holding(link, change) {
    var held = whatIsRead(link), before = held && held.getBoundingClientRect().top;
    change();
    if (held && held.isConnected) scrollBy({ top: held.getBoundingClientRect().top - before, behavior: "instant" });
  }

  function make(kind) {
    viewer = document.createElement(kind ? "section" : "dialog");
    viewer.className = ("viewer " + kind).trim();
    viewer.setAttribute("aria-labelledby", "viewer-title");
    viewer.append(document.getElementById("viewer").content.cloneNode(true));
  }

  // The page says itself what it goes on to.
  function mountWithin(place) {
    make("in-place");
    viewer.querySelector("[data-close]").remove();
    viewer.querySelector("[aria-live]").removeAttribute("aria-live");
    viewer.querySelector("a").target = "_blank";
    place.append(viewer);
  }

  function mount() {
    var beside = canBeBeside();
    make(beside ? "beside" : "");
    viewer.querySelectorAll("[data-step]").forEach(function (button) {
      button.addEventListener("click", function () { step(Number(button.dataset.step)); });
    });
    viewer.querySelector("[data-close]").addEventListener("click", leave);
    viewer.querySelector("[data-position]").addEventListener("click", reveal);
    if (!beside) {
      viewer.addEventListener("cancel", function (event) { event.preventDefault(); leave(); });
      viewer.addEventListener("click", function (event) { if (event.target === viewer) leave(); });
    }
    document.querySelector("main").after(viewer);
    if (beside) viewer.popover = "manual";
  }

  function open(each, focuses) {
    holding(each.link, function () {
      mount();
      fill(each);
      if (isBeside()) viewer.showPopover();
      else viewer.showModal();
    });
    if (focuses || !isBeside()) viewer.querySelector("[data-close]").focus({ preventScroll: true });
  }

  function show(what, all, options) {
    var each = what instanceof Element ? described(what) : what, focuses = !options || options.focus !== false;
    var place = options && options.place;
    if (!document.getElementById("viewer") || !place && !canShow(each.viewer)) return false;
    among = what instanceof Element ? null : all || [each];
    if (isInPlace() && viewer.parentElement !== place) { viewer.remove(); viewer = null; }
    var isNew = place && !viewer;
    if (isNew) mountWithin(place);
    if (isInPlace()) {
      if (isNew || !isShown(each)) fill(each);
      return true;
    }
    if (viewer) {
      if (!isShown(each)) { fill(each); remember(); }
      if (focuses) viewer.querySelector("[data-close]").focus({ preventScroll: true });
      return true;
    }
    open(each, focuses);
    // What is beneath must not be led back to where it was read when this was opened.
    history.scrollRestoration = "manual";
    history.replaceState(Object.assign({}, history.state, { beneath: true }), "");
    history.pushState({ viewer: each.href }, "");
    history.scrollRestoration = "auto";
    return true;
  }

  // So that the document is here again for who comes back to this page.
  function remember() {
    try {
      if (history.state && history.state.viewer) history.replaceState({ viewer: shown.href }, "");
    } catch (error) { /* a browser that has had too many of these for a while */ }
  }

  function step(by) {
    if (!viewer) return;
    var all = documents(), at = all.findIndex(isShown), next = at < 0 ? null : all[at + by];
    if (!next) return;
    fill(next);
    remember();
  }

  function reveal() {
    if (!shown.link) return;
    shown.link.scrollIntoView({ block: "center" });
    shown.link.focus({ preventScroll: true });
  }

  // Once only: a second click would lead away from the page.
  function leave() {
    if (leaving || !viewer) return;
    // Where a link within the page was followed meanwhile, a step back would lead elsewhere.
    if (!history.state || !history.state.viewer) { close(); return; }
    leaving = true;
    history.back();
  }

  function close() {
    if (!viewer || isInPlace()) return;
    var link = shown.link, top;
    // Who is at work elsewhere on the page stays there; a click on its text is no work.
    var focuses = !isBeside() || viewer.contains(document.activeElement) || document.activeElement.matches("body, main");
    function focus() { if (focuses && link && link.isConnected) link.focus({ preventScroll: true }); }
    holding(link, function () {
      viewer.remove();
      viewer = null;
    });
    top = scrollY;
    shown = among = null;
    closed = true;
    mark(null);
    focus();
    tell();
    // Where the address names a place on the page, going back has the browser look for that place once more.
    setTimeout(function () {
      if (viewer) return;
      history.scrollRestoration = "auto";
      scrollTo({ top: top, behavior: "instant" });
      focus();
    }, 0);
  }

  function openAgain(state) {
    var each = documents().find(function (one) { return one.href === state.viewer; });
    if (each) open(each, true);
  }

  window.addEventListener("popstate", function (event) {
    var state = event.state || {};
    leaving = false;
    if (state.beneath) close();
    else if (state.viewer && !viewer) openAgain(state);
  });

  WIDE.addEventListener("change", function () {
    if (!viewer || isInPlace() || canBeBeside() === isBeside()) return;
    var each = shown;
    viewer.remove();
    open(each, true);
  });

  window.addEventListener("keydown", function (event) {
    if (!viewer || isInPlace() || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (isField(event.target) || isBeside() && document.querySelector("dialog[open]")) return;
    var by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    // A table that is scrolled sideways needs the arrows itself.
    if (by && !event.target.closest("[role=region][tabindex]")) step(by);
    else if (event.key === "Escape" && isBeside()) leave();
    else return;
    event.preventDefault();
  });

  // A PDF that was clicked has the keys, and no script hears them there: the viewer of PDFs is another process's page.
  // They are taken back when the pointer leaves the PDF, or five seconds after the last click or key in it: whether there
  // was one in the last five seconds is all that the browser tells the page that holds the PDF, not what was hit nor when.
  // (The wheel goes on without the keys; Escape, in vain, does not begin the five seconds anew.) Any shorter wait cuts
  // off who types a page number or a password, and the rest of the digits would be keys of the page; and what was
  // selected could no longer be copied by the keys, for the viewer of PDFs does not take them up where it left them. Who
  // came by the Tab key keeps them. Until then the button to close names the key that the browser hears everywhere.

  function takeKeysBack() {
    var inside = document.activeElement;
    if (inside && inside.matches(".viewer iframe")) viewer.querySelector("header").focus({ preventScroll: true });
  }

  document.addEventListener("mouseleave", function (event) {
    if (event.target instanceof Element && event.target.matches(".viewer iframe")) takeKeysBack();
  }, true);

  var watch = 0;

  window.addEventListener("focus", function () {
    if (viewer) viewer.classList.remove("without-keys");
  });

  window.addEventListener("blur", function () {
    var inside = document.activeElement;
    clearInterval(watch);
    if (!inside || !inside.matches(".viewer iframe")) return;
    viewer.classList.add("without-keys");
    if (!navigator.userActivation || !inside.matches(":hover")) return;
    watch = setInterval(function () {
      if (document.activeElement !== inside) clearInterval(watch);
      else if (document.hasFocus() && !navigator.userActivation.isActive) takeKeysBack();
    }, 250);
  });

  // The second click of a double one that closed a document meets the page: it must neither take the keys nor lead away.
  ["mousedown", "click"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (event.detail < 2) closed = false;
      else if (closed) { event.preventDefault(); event.stopPropagation(); }
    }, true);
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest("main a[data-viewer]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (show(link)) event.preventDefault();
  });

  window.catatViewer = Object.freeze({
    show: show,
    close: leave,
    step: step,
    shown: function () { return shown && { title: shown.title, href: shown.href, link: shown.link || null }; },
  });

  if (history.state && history.state.viewer) openAgain(history.state);
  else if (history.state && history.state.beneath) history.scrollRestoration = "auto";

  // A page of a document, which a hit of the search asks for; whoever comes back to it has seen that page already.
  var asked = /^#page=[1-9]\d*$/.exec(location.hash), file = document.querySelector(".of-document a.file");
  if (asked && file) {
    file.hash = asked[0];
    var visit = performance.getEntriesByType("navigation")[0];
    if (file.dataset.viewer && visit && visit.type === "navigate") show(file);
  }
})();
