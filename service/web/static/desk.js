// The front desk: quicker by keyboard, and no tap is lost without a network. Without it the page works by forms alone.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const body = document.body;
  body.classList.add("scripted");
  const csrf = () => JSON.parse(body.getAttribute("hx-headers"))["X-CSRF-Token"];
  // Under whose session this page was drawn: its forms belong to that one.
  const { clinic, by: me, name: myName } = $("list").dataset;
  const typing = (one) => one.closest("input:not([type=hidden]), textarea, select");

  // Fetching: "away" where there is no line, null where the session is over.
  const ask = async (to, form, quiet) => {
    const headers = { "HX-Request": "true", "X-CSRF-Token": csrf() };
    if (quiet) headers["X-By-Itself"] = "1";
    let answer;
    try {
      answer = await fetch(to, { method: form ? "POST" : "GET", body: form, headers, redirect: "manual", signal: AbortSignal.timeout(8000) });
    } catch { return "away"; }
    if (answer.type === "opaqueredirect" || answer.status === 204 || answer.status === 401) { line("signedOut"); return null; }
    if (answer.status >= 502 || answer.status === 429) return "away";
    return { status: answer.status, text: await answer.text() };
  };
  const node = (html) => {
    const made = document.createElement("template");
    made.innerHTML = html;
    return made.content;
  };
  const line = (which) => {
    const note = $("line");
    note.hidden = !which;
    const words = which ? note.dataset[which] : "";
    note.querySelector("a").hidden = which !== "signedOut";
    const said = note.querySelector("span");
    if (said.textContent !== words) said.textContent = words;
  };

  // The panel
  let wanted = 0;
  let pressed = "";
  const close = () => {
    $("panel")?.remove();
    document.querySelectorAll("li[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    if (!document.querySelector(".panel")) $("list").after($("idle").content.cloneNode(true));
  };
  const put = (asked, content, focus) => {
    // The list may have been drawn anew since it was asked for.
    const li = asked.isConnected ? asked : $(`p-${asked.dataset.person}`);
    if (!li) return;
    close();
    document.querySelector(".panel.idle")?.remove();
    li.setAttribute("aria-current", "true");
    li.append(content);
    history.replaceState(null, "", `/desk?person=${li.dataset.person}`);
    showWaiting();
    // After a card was scanned no button has the focus: whatever the scanner types next presses nothing.
    if (focus === "title") li.querySelector(".panel h2").focus();
    else if (focus) (li.querySelector(".panel .answer") && li.querySelector(".panel h2") || li.querySelector(".panel .out.go") || li.querySelector(".panel h2")).focus();
    if (pressed) { const key = pressed; pressed = ""; press(key); }
  };
  const home = (person) => {
    const known = $(`p-${person}`);
    if (known) return known;
    const found = $("found").querySelector(`li[data-person="${person}"]`);
    if (!found) return null;
    const li = found.cloneNode(true);
    li.id = `p-${person}`;
    li.dataset.places ||= "";
    const list = document.createElement("ol");
    list.className = "rows";
    list.append(li);
    $("list").prepend(list);
    $("found").replaceChildren();
    $("q").value = "";
    return li;
  };
  const open = async (li, focus) => {
    const mine = ++wanted;
    const answer = await ask(`/desk/people/${li.dataset.person}/panel`);
    if (mine !== wanted || answer === null) return;
    if (answer === "away" || answer.status !== 200) {
      const plain = offlinePanel(li);
      if (plain) put(li, plain, focus);
      if (answer === "away") line("offline");
      return;
    }
    line("");
    put(li, node(answer.text), focus);
  };
  // Found anew, so that what stood there for other letters is not opened.
  const seek = async (typed, isCard) => {
    const answer = await ask("/desk/find", new URLSearchParams({ q: typed }));
    if (answer === "away") line("offline");
    if (answer === null || answer === "away" || answer.status !== 200) return;
    htmx.trigger("#q", "htmx:abort");
    $("found").replaceChildren(node(answer.text));
    const all = [...$("found").querySelectorAll("li[data-person]")];
    const one = isCard ? all.find((li) => codeOf(li) === typed) : all[0];
    if (one) await open(home(one.dataset.person), isCard ? "title" : true);
    else if (isCard) line("unknown");
  };
  const codeOf = (li) => li.querySelector(".dcode").textContent;
  document.addEventListener("scanning", () => clearTimeout(held));
  document.addEventListener("card", ({ detail }) => {
    pressed = "";
    const known = [...document.querySelectorAll("#list li[data-person]")].find((li) => codeOf(li) === detail);
    if (known) open(known, "title"); else seek(detail, true);
  });
  const offlinePanel = (li) => {
    const places = li.dataset.places.split(";").filter(Boolean).map((one) => one.split(" "));
    if (!places.length) return null;
    const panel = document.createElement("div");
    panel.className = "panel card";
    panel.id = "panel";
    panel.setAttribute("role", "region");
    panel.dataset.person = li.dataset.person;
    const title = document.createElement("h2");
    title.tabIndex = -1;
    title.textContent = li.querySelector(".who")?.textContent ?? "";
    panel.append(title);
    panel.setAttribute("aria-label", title.textContent);
    for (const [enrollment, target, behavior] of places) {
      const part = document.createElement("section");
      part.className = "target";
      const head = document.createElement("h3");
      head.textContent = target.replace(/[-_.]/g, " ");
      const form = document.createElement("form");
      form.className = "rec";
      form.method = "post";
      form.action = `/desk/people/${li.dataset.person}/record`;
      const once = crypto.randomUUID().replaceAll("-", "");
      for (const [name, value] of Object.entries({ enrollment, target, once })) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name, value });
        form.append(field);
      }
      form.append($(`board-${behavior}`).content.cloneNode(true));
      part.append(head, form);
      panel.append(part);
    }
    return panel;
  };
  const press = (key) => {
    const button = [...document.querySelectorAll("#panel .out[aria-keyshortcuts]")]
      .find((one) => one.getAttribute("aria-keyshortcuts") === key && one.checkVisibility());
    if (button) button.click();
  };

  // What waits: ids and an outcome's word, kept until it is taken; no participant's name and no amount.
  // It is its own who tapped it, by id and name, and is sent under a session of theirs and no other.
  const waiting = taps.all;
  const isMine = (one) => one.by === me && one.clinic === clinic;
  const showWaiting = () => {
    const some = waiting().filter((one) => one.clinic === clinic);
    const chip = $("waiting");
    chip.hidden = !some.length;
    const names = [...new Set(some.filter((one) => !isMine(one)).map((one) => one.name))];
    const words = names.map((name) => filled(chip.dataset.from, some.filter((one) => !isMine(one) && one.name === name).length, name));
    const own = some.filter(isMine).length;
    if (own) words.unshift(filled(chip.dataset.many, own));
    if (chip.textContent !== words.join(" · ")) chip.textContent = words.join(" · ");
    document.querySelectorAll("li[data-person]").forEach((li) => {
      const own = some.filter((one) => one.person === li.dataset.person);
      const right = li.querySelector(".row > span:last-child");
      const has = right.querySelector(".chip");
      if (own.length && !has) right.prepend($("chip").content.cloneNode(true));
      if (!own.length && has) has.remove();
    });
    for (const one of some) {
      const form = document.querySelector(`#panel[data-person="${one.person}"] .rec:has([name=target][value="${one.fields.target}"])`);
      if (form && isMine(one)) saved(form, one);
      else if (form && !form.parentNode.querySelector(`[data-once="${one.fields.once}"]`)) theirs(form, one);
    }
  };
  const filled = (words, count, name) => words.replace(/[#@]/g, (hole) => hole === "#" ? count : name);
  const theirs = (form, one) => {
    const note = $("theirs").content.firstElementChild.cloneNode(true);
    note.dataset.once = one.fields.once;
    note.textContent = filled(note.dataset.says, wordOf(form, one), one.name);
    form.before(note);
  };
  // The word alone, without the amount that a button promises.
  const wordOf = (form, one) => {
    const button = form.querySelector(`.out[value="${one.fields.outcome}"]`);
    return (button?.querySelector("b") ?? button?.querySelector("span"))?.textContent ?? "";
  };
  const saved = (form, one) => {
    const note = $("saved").content.cloneNode(true);
    note.querySelector(".what").textContent = wordOf(form, one);
    form.replaceWith(note);
  };
  let sending = false;
  const send = async () => {
    if (sending) return;
    sending = true;
    let refused = false;
    try {
      for (let one = waiting().find(isMine); one; one = waiting().find(isMine)) {
        const answer = await ask(taps.path(one), taps.form(one, csrf()));
        if (answer === "away" || answer === null) return;
        // A form that is too old for this session says so: the page's own word is fetched anew.
        if (answer.status === 403) { line("signedOut"); return; }
        if (answer.status >= 500) return;
        taps.drop(one.fields.once);
        refused ||= answer.status !== 200;
        line(refused ? "notTaken" : "");
        showPanel(one.person, answer.text);
      }
    } finally {
      sending = false;
      showWaiting();
    }
    refresh();
  };
  const showPanel = (person, html) => {
    const panel = $("panel");
    if (panel?.dataset.person !== person) return;
    const had = panel.contains(document.activeElement);
    const content = node(html);
    if (!content.querySelector("#panel")) return;
    panel.replaceWith(content);
    if (had) document.querySelector("#panel h2")?.focus({ preventScroll: true });
    showWaiting();
  };

  // Recording
  const record = async (form, button) => {
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    const person = form.closest("[data-person]").dataset.person;
    const fields = new URLSearchParams(new FormData(form, button));
    fields.delete("csrf");
    const one = { person, clinic, by: me, name: myName, fields: Object.fromEntries([...fields].filter(([, value]) => value)), tapped_at: new Date().toISOString() };
    // It is on the device before it is sent, so that nothing between here and there can lose it.
    taps.keep([...waiting(), one]);
    fields.set("csrf", csrf());
    const answer = navigator.onLine ? await ask(form.getAttribute("action"), fields) : "away";
    // A form that belongs to another session is refused unread: the tap stays with who made it.
    if (answer === "away" || answer === null || answer.status >= 500 || answer.status === 403) {
      if (answer !== null) line(answer.status === 403 ? "signedOut" : "offline");
      showWaiting();
      return;
    }
    taps.drop(one.fields.once);
    showPanel(person, answer.text);
    showWaiting();
    refresh();
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches(".rec") && event.submitter) {
      event.preventDefault();
      record(form, event.submitter);
    } else if (form.matches(".undo")) {
      event.preventDefault();
      const person = form.closest("[data-person]").dataset.person;
      form.querySelector("button").disabled = true;
      ask(form.getAttribute("action"), new URLSearchParams(new FormData(form))).then((answer) => {
        if (answer === "away") { line("offline"); form.querySelector("button").disabled = false; return; }
        if (answer) showPanel(person, answer.text);
        refresh();
      });
    } else if (form.matches(".seek")) {
      event.preventDefault();
      const typed = $("q").value.trim();
      if (typed) seek(typed, false);
    }
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest("a.row");
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const person = row.closest("li").dataset.person;
    event.preventDefault();
    if ($("panel")?.dataset.person === person && row.closest("li").contains($("panel"))) { close(); row.focus(); return; }
    const li = home(person);
    if (li) open(li, true);
  });

  // Two keys: a row's number, then a button's letter. A second digit within a moment makes a longer number.
  // A letter waits for a moment: where more letters follow as no hand types them, it is some code that a scanner reads.
  let digits = "";
  let timer = 0;
  let held = 0;
  let run = "";
  let at = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.length === 1 || event.key === "Enter") clearTimeout(held);
    if (event.key.length === 1) {
      run = event.timeStamp - at < 60 ? run + event.key : event.key;
      at = event.timeStamp;
    }
    if (event.key === "Escape") {
      if (typing(event.target)) { event.target.blur(); return; }
      const li = $("panel")?.closest("li");
      close();
      li?.querySelector(".row").focus();
      return;
    }
    if (typing(event.target)) return;
    if (event.key === "/") { event.preventDefault(); $("q").focus(); return; }
    if (/^[0-9]$/.test(event.key)) {
      digits += event.key;
      clearTimeout(timer);
      timer = setTimeout(() => { digits = ""; }, 700);
      const numbered = () => [...document.querySelectorAll("#list .row > kbd")].find((one) => one.textContent === digits);
      let row = numbered();
      if (!row) { digits = event.key; row = numbered(); }
      if (row) { pressed = ""; close(); open(row.closest("li"), true); }
      return;
    }
    if (/^[a-z]$/i.test(event.key)) {
      const key = event.key.toUpperCase();
      if ($("panel")) event.preventDefault();
      if (!/^[0-9]{0,3}[a-z]$/i.test(run)) return;
      held = setTimeout(() => { if ($("panel")) press(key); else if (wanted) pressed = key; }, key === "H" ? 250 : 60);
    }
  });

  // The list by itself, when others record: the open panel and the focus stay as they are.
  let due = 0;
  let again = false;
  const refresh = async () => {
    if (due) { again = true; return; }
    due = 1;
    const answer = await ask("/desk/list", null, true);
    if (answer && answer !== "away" && answer.status === 200) {
      const fresh = node(answer.text).querySelector("#list");
      // Somebody else has signed in meanwhile, in another tab: what is tapped here is not theirs.
      if (fresh.dataset.by !== me) { line("signedOut"); return; }
      const panel = $("panel");
      const active = document.activeElement;
      const id = active?.id;
      const inside = panel?.contains(active);
      const top = panel?.closest("li")?.getBoundingClientRect().top;
      const old = panel?.closest("li");
      if (panel) {
        let li = fresh.querySelector(`li[data-person="${panel.dataset.person}"]`);
        if (!li) {
          const list = document.createElement("ol");
          list.className = "rows";
          li = old.cloneNode(true);
          li.querySelector("#panel")?.remove();
          list.append(li);
          fresh.prepend(list);
        }
        li.setAttribute("aria-current", "true");
        li.append(panel);
      }
      $("list").replaceWith(fresh);
      $("counts").textContent = fresh.dataset.counts;
      $("handovers").textContent = fresh.dataset.handovers;
      if (inside) active.focus({ preventScroll: true });
      else if (id && document.activeElement !== active) $(id)?.focus({ preventScroll: true });
      if (top !== undefined && matchMedia("(max-width: 59.99rem)").matches) scrollBy(0, $("panel").closest("li").getBoundingClientRect().top - top);
      showWaiting();
    }
    setTimeout(() => { due = 0; if (again) { again = false; refresh(); } }, 400);
  };
  const listen = () => {
    const stream = new EventSource("/desk/stream");
    let first = true;
    stream.addEventListener("changed", () => { if (first) { first = false; return; } refresh(); });
    stream.onopen = () => { line(""); first = true; send(); };
    stream.onerror = async () => {
      if (stream.readyState !== EventSource.CLOSED) return;
      setTimeout(listen, 5000);
    };
  };
  addEventListener("online", () => { line(""); send(); });
  addEventListener("offline", () => line("offline"));
  addEventListener("storage", (event) => { if (event.key === taps.KEY) showWaiting(); });
  setInterval(() => { if (waiting().some(isMine)) send(); }, 5000);
  if (!navigator.onLine) line("offline");
  showWaiting();
  send();
  listen();
})();
