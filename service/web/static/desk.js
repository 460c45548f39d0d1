// The front desk: today's list and one person's panel. Without a script the page works by forms alone.
// What waits on the device is in desk-taps.js, the keys are in desk-keys.js; the event "drawn" tells both what is shown.
"use strict";
const desk = (() => {
  const $ = (id) => document.getElementById(id);
  const body = document.body;
  body.classList.add("scripted");
  const csrf = () => JSON.parse(body.getAttribute("hx-headers"))["X-CSRF-Token"];
  // Under whose session this page was drawn: its forms belong to that one.
  const { clinic, by: me, name: myName } = $("list").dataset;
  const tell = (what) => document.dispatchEvent(new Event(what));

  // Fetching: "away" where there is no line, null where the session is over.
  const ask = async (to, form, quiet) => {
    const headers = { "HX-Request": "true", "X-CSRF-Token": csrf() };
    if (quiet) headers["X-By-Itself"] = "1";
    let answer;
    try {
      answer = await fetch(to, { method: form ? "POST" : "GET", body: form, headers, redirect: "manual", signal: AbortSignal.timeout(8000) });
    } catch { return "away"; }
    if (answer.type === "opaqueredirect" || answer.status === 204 || answer.status === 401) { line("signedOut"); tell("session-over"); return null; }
    if (answer.status >= 502 || answer.status === 429) return "away";
    return { status: answer.status, text: await answer.text() };
  };
  const node = (html) => {
    const made = document.createElement("template");
    made.innerHTML = html;
    return made.content;
  };
  const filled = (words, count, name) => words.replace(/[#@]/g, (hole) => hole === "#" ? count : name);
  const line = (which) => {
    const note = $("line");
    note.hidden = !which;
    const words = which ? note.dataset[which] : "";
    note.querySelector("a").hidden = which !== "signedOut";
    const said = note.querySelector("span");
    if (said.textContent !== words) said.textContent = words;
  };

  // The panel. Each opening has a number, which goes over to the panel that is fetched for it and to no other:
  // what was pressed before one panel reaches no other.
  let openings = 0;
  const close = () => {
    $("panel")?.remove();
    document.querySelectorAll("li[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    if (!document.querySelector(".panel")) $("list").after($("idle").content.cloneNode(true));
  };
  const put = (asked, content, no) => {
    // The list may have been drawn anew since it was asked for.
    const li = asked.isConnected ? asked : $(`p-${asked.dataset.person}`);
    if (!li) return;
    // What comes later takes the focus only from the panel whose place it takes.
    const takes = $("panel")?.dataset.no !== no || $("panel").contains(document.activeElement);
    close();
    document.querySelector(".panel.idle")?.remove();
    li.setAttribute("aria-current", "true");
    li.append(content);
    $("panel").dataset.no = no;
    history.replaceState(null, "", `/desk?person=${li.dataset.person}`);
    // No button has the focus: Enter, or what a scanner types next, presses nothing.
    if (takes) li.querySelector(".panel h2").focus();
    tell("drawn");
  };
  const home = (person) => {
    const known = $(`p-${person}`);
    if (known) return known;
    const found = document.querySelector(`:is(#found, #undecided) li[data-person="${person}"]`);
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
  // Who is chosen stands there at once, large, before anything can be pressed.
  const shell = (li) => {
    const made = $("opening").content.cloneNode(true);
    const panel = made.firstElementChild;
    const who = nameOf(li);
    const code = document.createElement("span");
    code.className = "dcode";
    code.textContent = codeOf(li);
    panel.dataset.person = li.dataset.person;
    panel.dataset.called = who;
    panel.setAttribute("aria-label", who);
    panel.querySelector("h2").append(who, " ", code);
    return made;
  };
  const nameOf = (li) => li.querySelector(".row b").textContent;
  const open = async (li) => {
    const no = String(++openings);
    put(li, shell(li), no);
    const answer = navigator.onLine ? await ask(`/desk/people/${li.dataset.person}/panel`) : "away";
    if ($("panel")?.dataset.no !== no) return;
    if (answer === null) { close(); return; }
    if (answer === "away" || answer.status !== 200) {
      if (answer === "away") line("offline");
      const plain = offlinePanel(li);
      if (plain) put(li, plain, no); else close();
      return;
    }
    line("");
    put(li, node(answer.text), no);
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
    if (one) await open(home(one.dataset.person));
    else if (isCard) line("unknown");
  };
  const codeOf = (li) => li.querySelector(".dcode").textContent;
  document.addEventListener("card", ({ detail }) => {
    const known = [...document.querySelectorAll("#list li[data-person]")].find((li) => codeOf(li) === detail);
    if (known) open(known); else seek(detail, true);
  });
  const offlinePanel = (li) => {
    const places = li.dataset.places.split(";").filter(Boolean).map((one) => one.split(" "));
    if (!places.length) return null;
    const made = shell(li);
    const panel = made.firstElementChild;
    panel.removeAttribute("aria-busy");
    panel.querySelector("p").remove();
    for (const [enrollment, target, behavior, title] of places) {
      const part = document.createElement("section");
      part.className = "target";
      const head = document.createElement("h3");
      head.textContent = decodeURIComponent(title);
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
      // A board of own words that came with a later list is not on the page: the behavior's own stands in.
      const board = $(`board-${behavior}`) ?? $(`board-${behavior.split(".")[0]}`);
      form.append(board.content.cloneNode(true));
      part.append(head, form);
      panel.append(part);
    }
    return made;
  };
  // Gives whether it was shown: another person may stand there by now.
  const showPanel = (person, html) => {
    const panel = $("panel");
    if (panel?.dataset.person !== person) return false;
    const had = panel.contains(document.activeElement);
    const content = node(html);
    if (!content.querySelector("#panel")) return false;
    panel.replaceWith(content);
    $("panel").dataset.no = String(++openings);
    if (had) document.querySelector("#panel h2")?.focus({ preventScroll: true });
    tell("drawn");
    return true;
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches(".undo")) {
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
    if (li) open(li);
  });

  // The list by itself, when others record: the open panel and the focus stay as they are, and so do the numbers.
  // A list says once whose each row is, in its link, and once what is recorded of many.
  const named = (list) => {
    const kinds = list.dataset.kinds.split(";");
    for (const row of list.querySelectorAll("li > a.row")) {
      const li = row.parentNode;
      li.dataset.person = row.getAttribute("href").split("=")[1];
      li.id = `p-${li.dataset.person}`;
      row.id = `r-${li.dataset.person}`;
      li.dataset.places = li.dataset.places.split(";").flatMap((own) => {
        const [enrollment, ...numbers] = own.split(" ");
        return numbers.map((no) => `${enrollment} ${kinds[no]}`);
      }).join(";");
    }
    return list;
  };
  const numbers = new Map();
  const given = new Set();
  const number = (list) => {
    const isFirst = !given.size;
    const places = [...list.querySelectorAll("li[data-person] > .row > kbd:not(:empty)")].map((kbd) => [kbd.closest("li").dataset.person, kbd]);
    if (!isFirst) places.forEach(([person, kbd]) => { kbd.textContent = numbers.get(person) ?? ""; });
    for (const [person, kbd] of places) {
      kbd.textContent ||= following();
      if (!kbd.textContent) continue;
      numbers.set(person, kbd.textContent);
      given.add(kbd.textContent);
    }
  };
  // A number that nobody had since the list was asked for, with as many digits as the others; none where all are given.
  const following = () => {
    const highest = Math.max(...[...given].map(Number));
    return String(highest + 1).length === String(highest).length ? highest + 1 : "";
  };
  // A desk that stands open shows the new day when it begins: what is recorded then is that day's.
  let midnight = 0;
  const atMidnight = () => {
    clearTimeout(midnight);
    midnight = setTimeout(refresh, (Number($("list").dataset.ends) + 1) * 1000);
  };
  let due = 0;
  let again = false;
  const refresh = async () => {
    if (due) { again = true; return; }
    due = 1;
    const answer = await ask("/desk/list", null, true);
    if (answer && answer !== "away" && answer.status === 200) {
      const fresh = node(answer.text).querySelector("#list");
      // Somebody else has signed in meanwhile, in another tab: what is tapped here is not theirs.
      if (fresh.dataset.by !== me) { line("signedOut"); tell("session-over"); return; }
      number(named(fresh));
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
      $("day").textContent = fresh.dataset.day;
      atMidnight();
      $("handovers").textContent = fresh.dataset.handovers;
      if (inside) active.focus({ preventScroll: true });
      else if (id && document.activeElement !== active) $(id)?.focus({ preventScroll: true });
      if (top !== undefined && matchMedia("(max-width: 59.99rem)").matches) scrollBy(0, $("panel").closest("li").getBoundingClientRect().top - top);
      tell("drawn");
    }
    setTimeout(() => { due = 0; if (again) { again = false; refresh(); } }, 400);
  };
  const listen = () => {
    const stream = new EventSource("/desk/stream");
    let first = true;
    stream.addEventListener("changed", () => { if (first) { first = false; return; } refresh(); });
    stream.onopen = () => { line(""); first = true; tell("connected"); };
    stream.onerror = async () => {
      tell("session-over");
      if (stream.readyState !== EventSource.CLOSED) return;
      setTimeout(listen, 5000);
    };
  };
  addEventListener("online", () => { line(""); tell("connected"); });
  addEventListener("offline", () => line("offline"));
  if (!navigator.onLine) line("offline");
  number(named($("list")));
  if ($("panel")) $("panel").dataset.no = String(++openings);
  listen();
  atMidnight();
  return { $, ask, clinic, close, csrf, filled, line, me, myName, node, open, refresh, showPanel };
})();
