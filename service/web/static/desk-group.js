// A group's session at the desk: everybody is marked, one press records all. Without a script it is a plain form.
// What was pressed is on the device before it is sent, one tap a person, each with its own reference: here they go as one batch,
// and from the desk's list one by one, and whichever comes first, each is recorded once.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const { group, clinic, by: me, name: myName } = $("session").dataset;
  const isOff = Boolean(document.querySelector("main.keyless"));
  const csrf = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF-Token"];
  const line = (which) => {
    $("line").hidden = !which;
    $("line").querySelector("a").hidden = which !== "signedOut";
    $("line").querySelector("span").textContent = which ? $("line").dataset[which] : "";
  };
  const waiting = () => taps.all().filter((one) => one.group === group && one.by === me && one.clinic === clinic && !one.refused);
  const form = () => $("mark");
  const seats = () => [...document.querySelectorAll(".seat")];
  const marked = (seat) => seat.querySelector("input[type=radio]:checked");
  const count = () => {
    if (!form()) return;
    const some = seats().filter((seat) => marked(seat)?.value).length;
    $("record").querySelector("span").textContent = form().dataset.record.replace("#", some);
    $("record").disabled = !some;
  };
  // While something waits the form rests: what it holds is on the device already.
  const rest = () => {
    const some = waiting();
    if (!form()) return;
    const people = new Set(some.map((one) => one.person));
    seats().forEach((seat) => {
      const waits = people.has(seat.dataset.person);
      seat.classList.toggle("waits", waits);
      seat.querySelector("fieldset").disabled = waits;
    });
    let note = $("waits");
    if (!some.length) { note?.remove(); count(); return; }
    if (!note) {
      note = document.createElement("p");
      note.id = "waits";
      note.className = "note wait";
      note.setAttribute("role", "status");
      form().before(note);
    }
    note.textContent = form().dataset.waits.replace("#", some.length);
    $("record").disabled = seats().every((seat) => seat.querySelector("fieldset").disabled);
  };

  let sending = false;
  const send = async () => {
    if (sending) return;
    sending = true;
    try {
      for (let some = waiting(); some.length; some = waiting()) {
        const batch = some.filter((one) => one.press === some[0].press);
        const { on, at } = batch[0].fields;
        const minutes = batch.map((one) => one.fields.minutes).find(Boolean);
        const body = new URLSearchParams({ csrf: csrf(), tapped_at: batch[0].tapped_at, sent_at: new Date().toISOString(), ...(on && { on }), ...(at && { at }), ...(minutes && { minutes }) });
        for (const { person, fields } of batch) {
          body.append("seat", `${person} ${fields.enrollment} ${fields.target} ${fields.once}`);
          body.append(`o.${fields.once}`, fields.outcome);
        }
        let answer;
        try {
          answer = await fetch(`/desk/groups/${group}`, { method: "POST", body, headers: { "HX-Request": "true", "X-CSRF-Token": csrf() }, redirect: "manual", signal: AbortSignal.timeout(8000) });
        } catch { line("offline"); return; }
        if (answer.type === "opaqueredirect" || [204, 401, 403].includes(answer.status)) {
          line("signedOut");
          document.dispatchEvent(new Event("session-over"));
          return;
        }
        if (answer.status === 429 || answer.status >= 500) { line("offline"); return; }
        const made = document.createElement("template");
        made.innerHTML = await answer.text();
        const fresh = made.content.querySelector("#session");
        if (!fresh) { line("offline"); return; }
        // Whoever was not recorded is named there with the reason, where it was pressed.
        batch.forEach((one) => taps.drop(one.fields.once));
        line("");
        $("session").replaceWith(fresh);
        (fresh.querySelector("[role=alert]") ?? fresh.querySelector("[role=status]"))?.scrollIntoView({ block: "nearest" });
        fresh.querySelector("[role=status][tabindex]")?.focus({ preventScroll: true });
      }
    } finally {
      sending = false;
      rest();
    }
  };

  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    if (event.submitter !== $("record")) return;
    const { on, at, minutes } = Object.fromEntries(new FormData(form()));
    const tapped_at = new Date().toISOString();
    const press = crypto.randomUUID();
    const made = seats().filter((seat) => !seat.querySelector("fieldset").disabled && marked(seat)?.value).map((seat) => ({
      person: seat.dataset.person, clinic, by: me, name: myName, group, press, tapped_at,
      fields: { enrollment: seat.dataset.enrollment, target: seat.dataset.target, outcome: marked(seat).value, once: seat.dataset.seat, ...(on && { on }), ...(at && { at }), ...(minutes && marked(seat).value === "attended" && { minutes }) },
    }));
    if (!made.length) return;
    taps.keep([...taps.all(), ...made]);
    rest();
    send();
  });
  document.addEventListener("change", (event) => { if (event.target.closest(".seat")) count(); });

  // Keys: a number goes to a person, a letter marks them, and nothing is recorded but by the button or Ctrl + Enter.
  let begun = "";
  let timer = 0;
  const go = (seat) => { marked(seat)?.focus(); seat.scrollIntoView({ block: "nearest" }); };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form()) {
      event.preventDefault();
      if (!event.repeat && !$("record").disabled) form().requestSubmit($("record"));
      return;
    }
    if (isOff || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || !form()) return;
    if (document.querySelector("dialog[open]") || event.target.closest("input:not([type=radio]), textarea, select")) return;
    if (/^[0-9]$/.test(event.key)) {
      begun += event.key;
      clearTimeout(timer);
      timer = setTimeout(() => { begun = ""; }, 2000);
      const all = seats();
      const seat = all.find((one) => one.querySelector("kbd").textContent === begun);
      if (seat) { begun = ""; go(seat); } else if (!all.some((one) => one.querySelector("kbd").textContent.startsWith(begun))) begun = "";
      return;
    }
    begun = "";
    if (!/^[a-z]$/i.test(event.key)) return;
    const radio = document.activeElement.closest(".seat")?.querySelector(`[data-key="${event.key.toUpperCase()}"]`);
    if (!radio || radio.matches(":disabled")) return;
    event.preventDefault();
    radio.checked = true;
    radio.focus();
    count();
  });
  addEventListener("online", send);
  addEventListener("storage", (event) => { if (event.key === taps.KEY) rest(); });
  document.addEventListener("connected", send);
  setInterval(() => { if (waiting().length) send(); }, 5000);
  addEventListener("offline", () => line("offline"));
  if (!navigator.onLine) line("offline");
  count();
  rest();
  send();
})();
