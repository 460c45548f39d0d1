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
// On a phone the row of names is wider than the screen: the page that is open is brought into sight.
document.addEventListener("DOMContentLoaded", () => {
  const open = document.querySelector(".sub [aria-current]");
  if (open) open.parentElement.scrollLeft = open.offsetLeft - (open.parentElement.clientWidth - open.offsetWidth) / 2;
});
// Whoever signs out while taps of theirs wait on this device is told so; the taps stay, and stay theirs.
(() => {
  const dialog = document.getElementById("leaving");
  const form = document.querySelector('form[action="/sign-out"]');
  if (!dialog || !form) return;
  form.addEventListener("submit", (event) => {
    const own = JSON.parse(localStorage.getItem("cmr-desk-waiting") || "[]").filter((one) => one.by === dialog.dataset.by);
    if (!own.length) return;
    event.preventDefault();
    dialog.querySelector("p").textContent = dialog.dataset.many.replace("#", own.length);
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => { if (dialog.returnValue === "go") form.submit(); });
})();
