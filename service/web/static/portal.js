// The portal: brings itself up to date, turns slips over one by one, leaves quickly, and closes on the tablet.
"use strict";
(() => {
  const now = () => document.getElementById("now");
  const leaving = document.getElementById("leave");

  // Up to date: the stream only says that something changed; what is new is read under the session.
  let last = 0;
  let busy = false;
  let gone = false;
  const refresh = async () => {
    const part = now();
    if (!part || busy || gone || document.hidden || part.querySelector("details[open]")) return;
    busy = true;
    last = Date.now();
    try {
      const answer = await fetch("/portal/now?seen=" + encodeURIComponent(part.dataset.seen),
        { headers: { "HX-Request": "true", "X-By-Itself": "1" }, cache: "no-store" });
      if (gone) return;
      if (answer.headers.has("hx-redirect")) { navigator.serviceWorker?.controller?.postMessage("forget"); location.replace("/"); return; }
      if (answer.status !== 200) return;
      const held = document.activeElement;
      const place = held && part.contains(held) ? held.getAttribute("href") || held.getAttribute("value") : null;
      const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("now");
      if (!drawn || gone) return;
      part.replaceWith(document.importNode(drawn, true));
      if (place) {
        const again = [...now().querySelectorAll("a, button")]
          .find((one) => (one.getAttribute("href") || one.getAttribute("value")) === place);
        if (again) again.focus();
      }
      document.getElementById("told").textContent = document.getElementById("told-words").textContent;
      document.dispatchEvent(new Event("seen"));
    } catch { /* the next look finds it */ } finally { busy = false; }
  };
  if (now()) {
    let stream = null;
    const follow = () => {
      if (stream || !window.EventSource) return;
      stream = new EventSource("/portal/stream");
      stream.addEventListener("changed", refresh);
      stream.addEventListener("error", () => {
        if (stream.readyState === EventSource.CLOSED) { stream = null; setTimeout(follow, 15000); }
      });
    };
    follow();
    setInterval(() => { if (Date.now() - last > 30000) refresh(); }, 10000);
    document.addEventListener("visibilitychange", refresh);
    addEventListener("pagehide", () => { if (stream) stream.close(); });
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  }

  // Leaving: nothing of this page stays behind in the list of pages.
  const leave = async () => {
    const form = new URLSearchParams(new FormData(leaving));
    document.body.hidden = true;
    gone = true;
    let to = "/portal/left";
    try {
      const answer = await fetch("/portal/leave",
        { method: "POST", body: form, headers: { "HX-Request": "true" }, keepalive: true });
      to = answer.headers.get("hx-redirect") || to;
    } catch { /* it ends by itself */ }
    location.replace(to);
  };
  if (leaving) {
    leaving.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
    let taps = [];
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      taps = [...taps, Date.now()].filter((at) => Date.now() - at < 2000);
      if (taps.length >= 3) leave();
    });
  }

  // Slips, one after another.
  const turn = document.getElementById("turn");
  if (turn) {
    const slips = [...document.querySelectorAll("#slips > li")];
    const all = document.getElementById("turn-all");
    const sum = document.getElementById("sum");
    let shown = 0;
    const next = () => {
      const slip = slips[shown];
      slip.hidden = false;
      slip.classList.add("turned");
      shown += 1;
      if (shown === slips.length) {
        turn.hidden = true;
        if (all) all.hidden = true;
        sum.hidden = false;
        if (shown > 1) { sum.tabIndex = -1; sum.focus(); }
      } else { turn.scrollIntoView({ block: "nearest" }); }
    };
    document.getElementById("slips").setAttribute("aria-live", "polite");
    for (const slip of slips) slip.hidden = true;
    sum.hidden = true;
    turn.hidden = false;
    turn.addEventListener("click", next);
    if (all) {
      all.hidden = false;
      all.addEventListener("click", () => { while (shown < slips.length) next(); });
    }
    next();
  }

  // The clinic's tablet closes by itself after a minute without a touch, and says so before.
  const still = document.getElementById("still");
  if (still) {
    const WHOLE = 60;
    const WARN = 15;
    let touched = Date.now();
    const here = () => { touched = Date.now(); still.hidden = true; };
    for (const kind of ["pointerdown", "keydown", "touchstart", "scroll"]) {
      document.addEventListener(kind, here, { passive: true, capture: true });
    }
    document.getElementById("still-here").addEventListener("click", here);
    setInterval(() => {
      const left = WHOLE - Math.floor((Date.now() - touched) / 1000);
      if (left <= 0) { touched = Date.now(); leave(); return; }
      still.hidden = left > WARN;
      document.getElementById("still-s").textContent = String(left);
    }, 1000);
  }
})();
