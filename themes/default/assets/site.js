// What a script adds to pages that read without one: keys to walk by, menus that close, documents opened in place.
"use strict";
(function () {
  function relation(name) {
    return document.querySelector('head link[rel="' + name + '"]');
  }

  function isTyping(target) {
    return target.closest("input, textarea, select, [contenteditable], [role=region][tabindex]") !== null;
  }

  // The search: a field in place of the link to its page, so that nothing typed is lost on the way there. Listened to on
  // the document, for a preview renews the body.

  var CODE = /^[a-z]{1,3}(\.[a-z0-9]{1,4})+$/i;

  function searchField() {
    var field = document.querySelector(".search-field input");
    return field && field.offsetParent ? field : null;
  }

  function searchPage() {
    return document.querySelector("a.to-search");
  }

  document.addEventListener("keydown", function (event) {
    var field = searchField();
    if (event.target !== field || event.isComposing) return;
    if (event.key === "Escape") { field.value = ""; field.blur(); }
    if (event.key !== "Enter" || !field.value.trim()) return;
    var asked = new URLSearchParams({ q: field.value.trim() });
    if (CODE.test(field.value.trim())) asked.append("go", "1");
    location.href = searchPage().href + "#" + asked;
  });

  // Keys: / searches, the arrows go to the page before and the page after.

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey && event.key !== "/") return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    var step = { ArrowLeft: relation("prev"), ArrowRight: relation("next") }[event.key];
    if (event.key === "/" && searchPage()) {
      event.preventDefault();
      if (searchField()) searchField().focus();
      else location.href = searchPage().href;
    } else if (step) {
      location.href = step.href;
    }
  });

  // Menus: the Escape key closes the open one and gives the keys back to what opened it; so does a click elsewhere.

  function openMenus() {
    return Array.from(document.querySelectorAll(".narrowing details[open], .menu[open]"));
  }

  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && !document.querySelector("dialog[open]") && openMenus()[0];
    if (!menu) return;
    var within = menu.contains(document.activeElement) || menu.matches(".menu") && event.target.closest(".main-menu");
    menu.open = false;
    if (within) menu.querySelector("summary").focus();
    event.preventDefault();
  });

  document.addEventListener("click", function (event) {
    openMenus().forEach(function (menu) {
      if (menu.matches(".narrowing details") && !menu.contains(event.target)) menu.open = false;
    });
  });

  // The viewer: the page stays where it is, and the key to go back closes it.

  var dialog = null, opener = null, leaving = false, closed = false, top = 0;

  function documents() {
    return Array.from(document.querySelectorAll("main a[data-viewer]")).filter(canShow);
  }

  function canShow(link) {
    if (link.dataset.viewer === "picture") return true;
    return navigator.pdfViewerEnabled === true && matchMedia("(min-width: 48rem)").matches;
  }

  function frame(link) {
    var shown = document.createElement(link.dataset.viewer === "picture" ? "img" : "iframe");
    if (link.dataset.viewer === "picture") {
      shown.alt = link.textContent;
      shown.src = new URL(link.dataset.large, location.href).href;
    } else {
      shown.title = link.textContent;
      // The document's own table of pages would take a quarter of the room.
      shown.src = link.href + (link.hash ? "&" : "#") + "navpanes=0";
    }
    return shown;
  }

  function show(link) {
    var place = link.closest("li, tr"), facts = dialog.querySelector(".viewer-facts");
    var all = documents(), position = all.indexOf(link);
    opener = link;
    dialog.querySelector("h2").textContent = link.textContent;
    facts.replaceChildren();
    (place ? place.querySelectorAll(".particulars, .mark, .why, .absent") : []).forEach(function (each) {
      facts.append(each.cloneNode(true), " ");
    });
    dialog.querySelector("a").href = link.href;
    // A new frame each time: one that is led elsewhere would leave a step in the history.
    dialog.querySelector(".viewer-stage").replaceChildren(frame(link));
    dialog.querySelectorAll("[data-step]").forEach(function (button) {
      button.disabled = !all[position + Number(button.dataset.step)];
    });
    // A button that can go no further would keep the keys for itself.
    if (document.activeElement.disabled) dialog.querySelector("[data-close]").focus();
  }

  function step(by) {
    var next = documents()[documents().indexOf(opener) + by];
    if (next) show(next);
  }

  function open(link) {
    var made = document.getElementById("viewer").content.cloneNode(true);
    dialog = made.querySelector("dialog");
    dialog.querySelectorAll("[data-step]").forEach(function (button) {
      button.addEventListener("click", function () { step(Number(button.dataset.step)); });
    });
    dialog.querySelector("[data-close]").addEventListener("click", leave);
    dialog.addEventListener("cancel", function (event) { event.preventDefault(); leave(); });
    dialog.addEventListener("click", function (event) { if (event.target === dialog) leave(); });
    dialog.addEventListener("keydown", function (event) {
      if (event.key === "ArrowLeft") step(-1);
      if (event.key === "ArrowRight") step(1);
    });
    document.body.append(made);
    top = scrollY;
    show(link);
    dialog.showModal();
    dialog.querySelector("[data-close]").focus();
    history.pushState({ viewer: true }, "");
  }

  // Once only: a second click would lead away from the page.
  function leave() {
    if (leaving) return;
    leaving = true;
    history.back();
  }

  function close() {
    if (!dialog) return;
    dialog.close();
    dialog.remove();
    dialog = null;
    leaving = false;
    closed = true;
    opener.focus({ preventScroll: true });
    // Where the address names a place on the page, going back has the browser look for that place once more.
    setTimeout(function () {
      scrollTo(0, top);
      opener.focus({ preventScroll: true });
    }, 0);
  }

  window.addEventListener("popstate", close);

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
    if (typeof HTMLDialogElement === "undefined" || !canShow(link)) return;
    event.preventDefault();
    open(link);
  });
})();
