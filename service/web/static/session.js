// A session that ends takes the names away at that moment, on every page of staff that stands open. What was typed stays
// underneath: whoever made it signs in again, in a tab of its own where a form is half filled, and the page is there again.
"use strict";
(() => {
  const gone = document.getElementById("gone");
  const by = document.getElementById("leaving")?.dataset.by;
  if (!gone || !by) return;
  const EVERY_MS = 30000;
  const KEY = "cmr-signed-out";
  const title = document.title;
  const note = () => document.getElementById("signed-out");
  const isTyped = (one) => one.type === "checkbox" || one.type === "radio" ? one.checked !== one.defaultChecked
    : one.options ? [...one.options].some((each) => each.selected !== each.defaultSelected) && one.selectedIndex > 0
      : one.type !== "hidden" && one.value !== one.defaultValue;
  const hide = () => {
    if (note()) return;
    navigator.serviceWorker?.controller?.postMessage("forget");
    const isDraft = [...document.querySelectorAll("form :is(input, textarea, select)")].some(isTyped);
    document.querySelectorAll("dialog[open]").forEach((one) => one.close());
    document.body.append(gone.content.cloneNode(true));
    document.body.classList.add("signed-out");
    document.title = document.querySelector("#signed-out h1").textContent;
    const link = document.querySelector("#signed-out a");
    link.href = `/?to=${encodeURIComponent(location.pathname + location.search)}`;
    if (isDraft) link.target = "_blank";
    document.querySelector("#signed-out h1").focus();
  };
  const show = (csrf) => {
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRF-Token": csrf }));
    document.querySelectorAll("input[name=csrf]").forEach((one) => { one.value = csrf; });
    note().remove();
    document.body.classList.remove("signed-out");
    document.title = title;
    document.dispatchEvent(new Event("connected"));
  };
  const look = async () => {
    let answer;
    try {
      answer = await fetch("/here", { headers: { "HX-Request": "true", "X-By-Itself": "1" }, redirect: "manual", signal: AbortSignal.timeout(8000) });
    } catch { return; }
    if (answer.type === "opaqueredirect" || answer.status === 204 || answer.status === 401) { hide(); return; }
    if (answer.status !== 200) return;
    const said = await answer.json();
    if (said.by !== by) hide();
    else if (note()) show(said.csrf);
  };
  document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", () => localStorage.setItem(KEY, Date.now()));
  addEventListener("storage", (event) => { if (event.key === KEY) setTimeout(look, 500); });
  document.addEventListener("session-over", look);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  addEventListener("focus", look);
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  setInterval(look, EVERY_MS);
})();
