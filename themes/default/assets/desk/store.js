// Where the desk keeps its entries: in this browser only, under one key per item, so that two tabs never write over
// each other's items. What cannot be written stays in memory.
"use strict";
(function () {
  const ROOT = "catat/1/";

  // Pages that may store nothing are refused already when they ask for the place.
  function place(shared) {
    try {
      return shared ? window.sessionStorage : window.localStorage;
    } catch {
      return null;
    }
  }

  // Whether anything may be stored at all; a place that is full may be.
  function works(storage) {
    try {
      storage.setItem(ROOT, "");
      storage.removeItem(ROOT);
      return true;
    } catch (error) {
      return storage !== null && /quota/i.test(error.name);
    }
  }

  function keys(storage) {
    return storage ? Array.from({ length: storage.length }, (_, at) => storage.key(at)) : [];
  }

  // A name may hold any character; an item's id no slash.
  function item(key, prefix) {
    const id = key.startsWith(prefix) ? key.slice(prefix.length) : "";
    return id.includes("/") ? "" : id;
  }

  function parsed(text) {
    try {
      const entry = JSON.parse(text);
      return entry !== null && typeof entry === "object" ? entry : null;
    } catch {
      return null;
    }
  }

  // Who has begun here: level, name, how many items, and whether for this tab only.
  function assessors(portfolio) {
    const begun = new Map(), prefix = `${ROOT}${portfolio.id}/`;
    [false, true].filter(shared => works(place(shared))).forEach(shared => keys(place(shared)).forEach(key => {
      const match = key.startsWith(prefix) && /^([^:]*):(.*)\/[^/]+$/s.exec(key.slice(prefix.length));
      if (!match) return;
      const name = JSON.stringify([match[1], match[2], shared]);
      begun.set(name, (begun.get(name) || 0) + 1);
    }));
    return Array.from(begun, ([key, items]) => {
      const [level, name, shared] = JSON.parse(key);
      return { level, name, items, shared };
    });
  }

  // The entries of one assessor, kept in this browser, or on a shared computer in this tab only.
  function open(portfolio, assessor, { shared = false } = {}) {
    const prefix = `${ROOT}${portfolio.id}/${assessor.level}:${assessor.name}/`, storage = place(shared);
    const memory = new Map(), stored = new Map();  // texts by item: what counts here, and what was last seen stored
    const crossed = new Set();  // items that another tab wrote over: not written again before somebody chose
    let failed = "", left = false, tell = () => {};

    function unsaved() {
      return Array.from(memory.keys()).filter(id => memory.get(id) !== stored.get(id));
    }

    // Whoever erased this desk in another tab did so on purpose: nothing is written behind their back.
    function isErased() {
      left = left || Array.from(stored.keys()).some(id => storage.getItem(prefix + id) === null);
      return left;
    }

    // Write an item and read it back; the problem there is, or "".
    function write(id) {
      if (!storage) return "refused";
      try {
        if (isErased()) return "erased";
        storage.setItem(prefix + id, memory.get(id));
        if (storage.getItem(prefix + id) !== memory.get(id)) return "refused";
      } catch (error) {
        return /quota/i.test(error.name) ? "full" : "refused";
      }
      stored.set(id, memory.get(id));
      return "";
    }

    function save(id, entry) {
      memory.set(id, JSON.stringify(entry));
      crossed.delete(id);
      const due = new Set([id, ...unsaved().filter(each => !crossed.has(each))]);
      failed = Array.from(due, write).find(Boolean) || "";
      return memory.get(id) === stored.get(id) && !left;
    }

    function load() {
      try {
        if (storage) isErased();
        keys(storage).forEach(key => {
          const id = item(key, prefix), text = id && storage.getItem(key);
          if (!text || !parsed(text) || memory.get(id) !== stored.get(id)) return;
          memory.set(id, text);
          stored.set(id, text);
        });
      } catch {
        failed = "refused";
      }
      if (!works(storage)) failed = "refused";
      // What was taken back is kept as null: other tabs take a key that is missing for a desk that was erased.
      return Object.fromEntries(Array.from(memory, ([id, text]) => [id, parsed(text)]).filter(([, entry]) => entry));
    }

    // Remove all that is kept of this assessor here, and look whether it is gone.
    function erase() {
      const places = [place(false), place(true)];
      const mine = each => keys(each).filter(key => item(key, prefix));
      try {
        places.forEach(each => mine(each).forEach(key => each.removeItem(key)));
        if (places.some(each => mine(each).length)) return false;
      } catch {
        return false;
      }
      [memory, stored, crossed].forEach(each => each.clear());
      failed = "";
      return true;
    }

    // Another tab changed an item. Whoever went on from what is here is followed; where the two crossed, both are shown.
    window.addEventListener("storage", event => {
      const id = event.key === null ? "" : item(event.key, prefix);
      if (event.storageArea !== storage || event.key !== null && !id) return;
      if (event.newValue === null) {
        if (!stored.size || id && !stored.has(id)) return;
        left = true;
        tell(id, null, parsed(memory.get(id) || "null"));
        return;
      }
      const ours = memory.get(id);
      if (event.newValue === ours || !parsed(event.newValue)) return;
      const follows = ours === undefined || ours === event.oldValue;
      if (follows) memory.set(id, event.newValue);
      if (storage.getItem(event.key) === event.newValue) stored.set(id, event.newValue);
      if (memory.get(id) === stored.get(id)) crossed.delete(id);
      else crossed.add(id);
      tell(id, parsed(event.newValue), follows ? null : parsed(ours));
    });

    return {
      load, save, erase, unsaved,
      problem: () => left ? "erased" : failed,
      onOther: callback => { tell = callback; },
    };
  }

  window.catatDesk = Object.assign(window.catatDesk || {}, { store: { open, assessors, works: shared => works(place(shared)) } });
})();
