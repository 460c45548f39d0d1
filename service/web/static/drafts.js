// What somebody types into a form that says so is kept by the server while they type, sealed and for nobody else: a session
// that ends, or a browser that is closed, takes nothing of it. It is offered when they come back, and gone once it is done.
"use strict";
(() => {
  const SENT = "cmr-draft-sent";
  const WAIT_MS = 1200;
  const csrf = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF-Token"];
  const headers = () => ({ "HX-Request": "true", "X-CSRF-Token": csrf() });
  const post = (fields) => fetch("/drafts", { method: "POST", body: new URLSearchParams({ ...fields, csrf: csrf() }), headers: headers(), redirect: "manual", keepalive: fields.body === undefined || fields.body.length < 60000 }).catch(() => {});
  const form = document.querySelector("form[data-draft]");
  const isFaulty = Boolean(document.getElementById("faults"));
  // What was sent is done where the next page neither shows it again nor asks whether it is meant; one that asks goes on
  // keeping it until that is said.
  const sent = sessionStorage.getItem(SENT);
  const asking = document.querySelector("form[data-keeps]");
  sessionStorage.removeItem(SENT);
  if (sent && !isFaulty && !asking) post({ place: sent });
  asking?.addEventListener("submit", (event) => {
    if (!["change", "do"].includes(event.submitter?.name)) sessionStorage.setItem(SENT, asking.dataset.keeps || location.pathname);
  });
  if (!form) return;
  const place = form.dataset.draft || location.pathname;
  const OURS = ["csrf", "once"];
  const fields = () => [...new FormData(form)].filter(([name, value]) => !OURS.includes(name) && typeof value === "string");
  let timer = 0;
  let isDirty = form.hasAttribute("data-unsaved");
  const save = () => {
    clearTimeout(timer);
    timer = 0;
    post({ place, body: JSON.stringify(fields()) });
  };
  document.addEventListener("input", (event) => {
    if (!event.target.closest("form[data-draft]")) return;
    isDirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer) save(); });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-draft]")) return;
    clearTimeout(timer);
    isDirty = false;
    sessionStorage.setItem(SENT, place);
  });
  // Whoever leaves what is not published asks themselves once: the browser has the words for it.
  addEventListener("beforeunload", (event) => { if (isDirty && form.hasAttribute("data-asks")) event.preventDefault(); });
  const take = (kept) => {
    if (form.hasAttribute("data-asks")) {
      // The server draws such a form anew from what was in it.
      const again = document.createElement("form");
      again.method = "post";
      again.action = form.getAttribute("action");
      for (const [name, value] of [...kept, ["csrf", csrf()], ["do", "show"]]) {
        const field = document.createElement("textarea");
        field.name = name;
        field.value = value;
        again.append(field);
      }
      again.hidden = true;
      document.body.append(again);
      isDirty = false;
      again.submit();
      return;
    }
    const seen = {};
    for (const [name, value] of kept) {
      const all = [...form.elements].filter((one) => one.name === name && one.type !== "submit");
      const one = all[seen[name] ?? 0];
      seen[name] = (seen[name] ?? 0) + 1;
      // Whose form it is stays as it is; a stale revision is refused as ever.
      if (!one || (one.type === "hidden" && name !== "revision")) continue;
      if (one.type === "checkbox" || one.type === "radio") all.forEach((each) => { if (each.value === value) each.checked = true; });
      else one.value = value;
    }
    isDirty = true;
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  };
  const offer = async () => {
    const answer = await fetch(`/drafts?place=${encodeURIComponent(place)}`, { headers: { ...headers(), "X-By-Itself": "1" }, redirect: "manual" }).catch(() => null);
    if (answer?.status !== 200 || isDirty) return;
    const { body, at } = await answer.json();
    const kept = JSON.parse(body);
    const now = JSON.stringify(fields());
    if (now === JSON.stringify(kept)) return;
    const note = document.getElementById("draft").content.cloneNode(true).firstElementChild;
    note.querySelector("p").textContent = note.dataset.says.replace("@", at);
    note.querySelector("[data-take]").addEventListener("click", () => { note.remove(); take(kept); });
    note.querySelector("[data-drop]").addEventListener("click", () => { note.remove(); post({ place }); });
    form.before(note);
  };
  if (!isFaulty && !form.hasAttribute("data-unsaved")) offer();
})();
