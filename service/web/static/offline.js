// Without a connection: a page that was kept on this device says how old it is, and none outlives its session.
// What is kept, and when it goes, is in service-worker.js. Without that nothing is kept, and the pages work as ever.
"use strict";
(() => {
  const root = document.documentElement;
  const note = document.getElementById("as-of");
  const worker = navigator.serviceWorker;
  const face = document.body.classList.contains("portal") ? "/portal" : "/desk";
  if (!note || !worker) return;
  let at = Number(root.dataset.keptAt) || Date.now();
  const until = Number(root.dataset.keptUntil);
  const isKept = () => root.dataset.keptAt !== undefined;

  const ago = () => {
    const minutes = Math.max(Math.round((Date.now() - at) / 60000), 0);
    const said = new Intl.RelativeTimeFormat(root.lang, { numeric: "auto" });
    if (minutes < 60) return said.format(-minutes, "minute");
    return said.format(-Math.round(minutes / 60), "hour");
  };
  const show = () => {
    if (until && Date.now() >= until) {
      document.body.hidden = true;
      worker.controller?.postMessage("forget");
      setTimeout(() => location.replace("/"), 300);
      return;
    }
    // The desk says by itself that its line is gone; how old a list is only one that was kept has to say.
    note.hidden = !isKept() && (face === "/desk" || navigator.onLine);
    const clock = new Date(at).toLocaleTimeString(root.lang, { hour: "numeric", minute: "2-digit" });
    note.textContent = note.dataset.says.replace("#", ago()).replace("@", clock);
  };
  // The copy is made anew when something changed; the desk's list, which is long, now and then.
  const PAUSE_MS = face === "/desk" ? 300000 : 0;
  let kept = 0;
  const keep = async () => {
    if (!worker.controller || Date.now() - kept < PAUSE_MS) return;
    kept = Date.now();
    try {
      const answer = await fetch(face, { headers: { "X-Keep": "1", "X-By-Itself": "1" }, redirect: "manual" });
      if (isKept() && face === "/portal" && (answer.ok || answer.type === "opaqueredirect")) location.reload();
    } catch { /* there is no line */ }
  };
  document.addEventListener("seen", () => { at = Date.now(); show(); keep(); });
  document.addEventListener("connected", () => {
    if (isKept() && face === "/desk") { delete root.dataset.keptAt; desk.refresh(); }
    show();
  });
  document.addEventListener("drawn", keep);
  addEventListener("offline", show);
  addEventListener("online", () => {
    worker.controller?.postMessage("online");
    // A device says that it has a line before the service can be reached over it: a page of its own is drawn once that answered.
    if (isKept() && face === "/portal") keep(); else show();
  });
  setInterval(() => { show(); if (isKept()) keep(); }, 10000);
  show();

  // A page that was opened before there was a worker is kept by asking for it once more.
  const isFirst = !worker.controller;
  worker.register("/service-worker.js").catch(() => undefined);
  worker.addEventListener("controllerchange", () => { if (isFirst) keep(); });

  const install = document.getElementById("install");
  addEventListener("beforeinstallprompt", (event) => {
    if (!install) return;
    event.preventDefault();
    install.hidden = false;
    install.addEventListener("click", () => { event.prompt(); install.hidden = true; }, { once: true });
  });
})();
