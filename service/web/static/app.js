// What every page shares. Each face has a script of its own; without any of them the pages still work.
"use strict";
(() => {
  // A form that is on its way is not sent again by a second tap: a code would be used up by the first one.
  const PAUSE_MS = 5000;
  let sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (Date.now() - (sent.get(form) ?? -PAUSE_MS) < PAUSE_MS) event.preventDefault();
    else sent.set(form, Date.now());
  });
  addEventListener("pageshow", () => { sent = new WeakMap(); });
})();
