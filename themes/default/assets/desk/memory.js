// What the desk remembers besides its entries, as JSON by key, in this browser or, on a shared computer, in this tab; pages
// that may store nothing have it until they are closed.
"use strict";
(function () {
  const unstored = new Map();

  function storage(shared) {
    try {
      return shared ? sessionStorage : localStorage;
    } catch {
      return null;
    }
  }

  function recall(shared, key) {
    if (unstored.has(key)) return unstored.get(key);
    try {
      return JSON.parse(storage(shared).getItem(key));
    } catch {
      return null;
    }
  }

  function remember(shared, key, value) {
    try {
      storage(shared).setItem(key, JSON.stringify(value));
      unstored.delete(key);
    } catch {
      unstored.set(key, value);
    }
  }

  function forget(shared, key) {
    unstored.delete(key);
    try {
      storage(shared).removeItem(key);
      return storage(shared).getItem(key) === null;
    } catch {
      return true;
    }
  }

  window.catatDesk = Object.assign(window.catatDesk || {}, { memory: { recall, remember, forget } });
})();
