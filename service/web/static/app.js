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
  document.querySelectorAll(":is(.sub, .groups) [aria-current]").forEach((open) => {
    open.parentElement.scrollLeft = open.offsetLeft - (open.parentElement.clientWidth - open.offsetWidth) / 2;
  });
});
// After a form is sent the page comes back where the hands are: at the height at which it was sent.
(() => {
  const KEY = "cmr-height";
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, top: scrollY, at: Date.now() }));
  });
  document.addEventListener("DOMContentLoaded", () => {
    const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
    sessionStorage.removeItem(KEY);
    if (!kept || kept.path !== location.pathname || Date.now() - kept.at > 20000) return;
    if (!location.hash && !document.getElementById("faults")) scrollTo(0, kept.top);
  });
})();
// Ctrl-K goes to the search: the one of the page, or the page of its own.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
  const box = document.querySelector("#find-all, #q");
  const page = document.querySelector("a.finder");
  if (!box && !page) return;
  event.preventDefault();
  if (box) { box.focus(); box.select(); } else page.click();
});
// In Manage a slash does too, outside of fields, unless somebody switched keys of one sign off.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const box = document.querySelector("#find-all[data-slash]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
document.addEventListener("keydown", (event) => {
  const found = document.querySelector("#all-found");
  if (event.key !== "Escape" || !found?.firstElementChild || !document.querySelector(".under-bar")) return;
  found.replaceChildren();
  document.querySelector("#find-all").value = "";
});
// What waits on this device to be recorded, of everybody who tapped here; the desk adds to it.
const taps = {
  KEY: "cmr-desk-waiting",
  all: () => JSON.parse(localStorage.getItem(taps.KEY) || "[]"),
  keep: (some) => some.length ? localStorage.setItem(taps.KEY, JSON.stringify(some)) : localStorage.removeItem(taps.KEY),
  drop: (once) => taps.keep(taps.all().filter((one) => one.fields.once !== once)),
  change: (once, to) => taps.keep(taps.all().map((one) => one.fields.once === once ? to(one) : one)),
  // It stays, with the reason that the page gives for it, until its maker decides.
  refuse: (once, html) => {
    const page = document.createElement("template");
    page.innerHTML = html;
    const said = page.content.querySelector("[role=alert]");
    const code = said?.matches(".question") ? "already_recorded" : "refused";
    taps.change(once, (one) => ({ ...one, refused: { code, why: code === "refused" ? said?.textContent ?? "" : "" } }));
  },
  path: (one) => `/desk/people/${one.person}/record`,
  form: (one, csrf) => new URLSearchParams({ ...one.fields, tapped_at: one.tapped_at, sent_at: new Date().toISOString(), csrf }),
};
// Whoever signs out while taps of theirs wait on this device sends them or removes them. Only what was sent and not taken
// may stay: until they decide on it, it is lost nowhere.
(() => {
  const dialog = document.getElementById("leaving");
  const form = document.querySelector('form[action="/sign-out"]');
  if (!dialog || !form) return;
  const own = () => taps.all().filter((one) => one.by === dialog.dataset.by);
  const button = (value) => dialog.querySelector(`button[value="${value}"]`);
  const say = (words, count) => { dialog.querySelector("p").textContent = words.replace("#", count); };
  const only = (...shown) => dialog.querySelectorAll("button").forEach((one) => { one.hidden = !shown.includes(one.value); });
  form.addEventListener("submit", (event) => {
    if (!own().length) return;
    event.preventDefault();
    const waiting = own().filter((one) => !one.refused).length;
    say(waiting ? dialog.dataset.many : dialog.dataset.refused, waiting || own().length);
    if (waiting) only("send", "remove", "stay");
    else only("go", "remove", "stay");
    dialog.returnValue = "";
    dialog.showModal();
  });
  // Gives how many were not taken, or null where one could not be sent: then it waits still, and so does what follows.
  const send = async () => {
    let refused = own().filter((one) => one.refused).length;
    for (const one of own().filter((one) => !one.refused)) {
      let answer;
      try {
        const headers = { "HX-Request": "true", "X-CSRF-Token": form.elements.csrf.value };
        answer = await fetch(taps.path(one), { method: "POST", body: taps.form(one, form.elements.csrf.value), headers, redirect: "manual", signal: AbortSignal.timeout(8000) });
      } catch { return null; }
      const unread = answer.type === "opaqueredirect" || answer.status === 204 || [401, 403, 429].includes(answer.status);
      if (unread || answer.status >= 500) return null;
      if (answer.status === 200) taps.drop(one.fields.once);
      else { taps.refuse(one.fields.once, await answer.text()); refused++; }
    }
    return refused;
  };
  button("send").addEventListener("click", async (event) => {
    event.preventDefault();
    const all = dialog.querySelectorAll("button");
    all.forEach((one) => { one.disabled = true; });
    const refused = await send();
    all.forEach((one) => { one.disabled = false; });
    if (refused === 0) { form.submit(); return; }
    if (refused === null) say(dialog.dataset.away, own().length);
    else { say(dialog.dataset.refused, refused); only("go", "remove", "stay"); }
    dialog.querySelector("button:not([hidden])").focus();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "remove") own().forEach((one) => taps.drop(one.fields.once));
    if (["remove", "go"].includes(dialog.returnValue)) form.submit();
  });
})();
