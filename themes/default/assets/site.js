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
    } else if (step && !document.querySelector(".viewer")) {
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

  // Documents and copies: in a script of its own, for pages that have any.

  if (document.querySelector("main :is(a[data-viewer], .copy)")) {
    var script = document.createElement("script");
    script.src = new URL("viewer.js", document.currentScript.src).href;
    // A preview compares heads: what was loaded is no part of the page.
    script.onload = function () { script.remove(); };
    document.head.append(script);
  }
})();
