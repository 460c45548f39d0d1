// Recording at the desk, and what waits on the device: no tap is lost without a network, and none that is refused.
"use strict";
(() => {
  const { $, ask, clinic, csrf, filled, line, me, myName, node, refresh, showPanel } = desk;
  // What waits: ids and an outcome's word, kept until it is taken; no participant's name and no amount.
  // It is its own who tapped it, by id and name, and is sent under a session of theirs and no other.
  // One that was refused waits for its maker's decision, with the reason: it is not sent by itself any more.
  const here = () => taps.all().filter((one) => one.clinic === clinic);
  const isMine = (one) => one.by === me && one.clinic === clinic;
  const toSend = () => taps.all().find((one) => isMine(one) && !one.refused);
  const showWaiting = () => {
    const some = here().filter((one) => !one.refused);
    const chip = $("waiting");
    chip.hidden = !some.length;
    const names = [...new Set(some.filter((one) => !isMine(one)).map((one) => one.name))];
    const words = names.map((name) => filled(chip.dataset.from, some.filter((one) => !isMine(one) && one.name === name).length, name));
    const own = some.filter(isMine).length;
    if (own) words.unshift(filled(chip.dataset.many, own));
    if (chip.textContent !== words.join(" · ")) chip.textContent = words.join(" · ");
    mark("chip", (person) => some.some((one) => one.person === person));
    mark("undecided-chip", (person) => here().some((one) => one.person === person && one.refused && isMine(one)));
    for (const one of here()) {
      const form = document.querySelector(`#panel[data-person="${one.person}"] .rec:has([name=target][value="${one.fields.target}"])`);
      if (isMine(one) && one.refused) undecided(one);
      else if (form && isMine(one)) saved(form, one);
      else if (form && !form.parentNode.querySelector(`[data-once="${one.fields.once}"]`)) theirs(form, one);
    }
    showPeople();
  };
  // A row says that something of this person waits, or waits for a decision.
  const mark = (which, has) => {
    document.querySelectorAll("#list li[data-person]").forEach((li) => {
      const right = li.querySelector(".row > span:last-child");
      const had = right.querySelector(`[data-mark="${which}"]`);
      if (!has(li.dataset.person)) had?.remove();
      else if (!had) {
        const made = $(which).content.firstElementChild.cloneNode(true);
        made.dataset.mark = which;
        right.prepend(made);
      }
    });
  };
  const theirs = (form, one) => {
    const note = $("theirs").content.firstElementChild.cloneNode(true);
    note.dataset.once = one.fields.once;
    note.textContent = filled(one.refused ? note.dataset.refused : note.dataset.says, wordOf(one), one.name);
    form.before(note);
  };
  // The word alone, without the amount that a button promises.
  const wordOf = (one) => {
    const boards = [...document.querySelectorAll("#kept template")].map((each) => each.content);
    const button = [$("panel"), ...boards].map((each) => each?.querySelector(`.out[value="${one.fields.outcome}"]`)).find(Boolean);
    return (button?.querySelector("b") ?? button?.querySelector("span"))?.textContent ?? "";
  };
  const saved = (form, one) => {
    const note = $("saved").content.cloneNode(true);
    note.querySelector(".what").textContent = `${form.closest("#panel").dataset.called}: ${wordOf(one)}`;
    form.replaceWith(note);
  };

  // What was refused: named on the list, asked in the person's panel, and gone only by a decision.
  let shown = "";
  const showPeople = async () => {
    const own = here().filter((one) => isMine(one) && one.refused);
    const people = [...new Set(own.map((one) => one.person))].sort();
    if (people.join() !== shown) {
      const asked = people.join();
      shown = asked;
      const answer = people.length ? await ask("/desk/undecided", new URLSearchParams([...people.map((one) => ["person", one]), ["csrf", csrf()]]), true) : { status: 200, text: "" };
      if (shown !== asked) return;
      if (answer === null || answer === "away" || answer.status !== 200) { shown = ""; return; }
      $("undecided").replaceChildren(node(answer.text));
    }
    for (const li of $("undecided").querySelectorAll("li[data-person]")) {
      li.querySelector("small").textContent = own.filter((one) => one.person === li.dataset.person).map((one) => `${wordOf(one)}, ${atOf(one)}`).join(" · ");
    }
  };
  const atOf = (one) => new Date(one.tapped_at).toLocaleString(document.documentElement.lang, { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });
  const undecided = async (one) => {
    const once = one.fields.once;
    const panel = document.querySelector(`#panel[data-person="${one.person}"]:not([aria-busy])`);
    if (!panel || panel.querySelector(`.undecided[data-once="${once}"]`)) return;
    const note = $("undecided-note").content.firstElementChild.cloneNode(true);
    note.dataset.once = once;
    note.querySelector(".what").textContent = filled(note.dataset.mine, wordOf(one), atOf(one));
    note.querySelector(".why").textContent = one.refused.why;
    (panel.querySelector("header") ?? panel.querySelector("h2")).after(note);
    if (one.refused.code !== "already_recorded") return;
    const answer = await ask(`/desk/people/${one.person}/undecided`, taps.form(one, csrf()), true);
    if (answer && answer !== "away" && answer.status === 200 && note.isConnected) note.replaceWith(node(answer.text));
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-decide]");
    if (!button) return;
    const note = button.closest(".undecided");
    const once = note.dataset.once;
    if (button.dataset.decide === "drop") taps.drop(once);
    else taps.change(once, ({ refused, ...one }) => button.dataset.decide === "another" ? { ...one, fields: { ...one.fields, another: "true" } } : one);
    note.remove();
    document.querySelector("#panel h2")?.focus({ preventScroll: true });
    showWaiting();
    send();
  });

  let sending = false;
  const send = async () => {
    if (sending) return;
    sending = true;
    try {
      for (let one = toSend(); one; one = toSend()) {
        const answer = await ask(taps.path(one), taps.form(one, csrf()));
        if (answer === "away" || answer === null) return;
        // A form that is too old for this session says so: the page's own word is fetched anew.
        if (answer.status === 403) { line("signedOut"); return; }
        if (answer.status >= 500) return;
        line("");
        if (answer.status === 200) {
          taps.drop(one.fields.once);
          done(one, answer.text);
        } else {
          taps.refuse(one.fields.once, answer.text);
          await renew(one.person);
        }
      }
    } finally {
      sending = false;
      showWaiting();
    }
    refresh();
  };
  // What to do about a refused one is asked by its note; its panel, where it is open, shows what stands.
  const renew = async (person) => {
    if ($("panel")?.dataset.person !== person) return;
    const answer = await ask(`/desk/people/${person}/panel`, null, true);
    if (answer && answer !== "away" && answer.status === 200) showPanel(person, answer.text);
  };
  // Says for whom something was recorded where their panel is not what is looked at.
  const done = (one, html) => {
    if (showPanel(one.person, html)) { $("last").hidden = true; return; }
    const called = node(html).querySelector("#panel")?.dataset.called;
    if (!called) return;
    $("last").textContent = filled($("last").dataset.says, wordOf(one), called);
    $("last").hidden = false;
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
    taps.keep([...taps.all(), one]);
    fields.set("csrf", csrf());
    const answer = navigator.onLine ? await ask(form.getAttribute("action"), fields) : "away";
    // A form that belongs to another session is refused unread: the tap stays with who made it.
    if (answer === "away" || answer === null || answer.status >= 500 || answer.status === 403) {
      if (answer !== null) line(answer.status === 403 ? "signedOut" : "offline");
      showWaiting();
      return;
    }
    if (answer.status === 200) {
      taps.drop(one.fields.once);
      done(one, answer.text);
    // Said where it was pressed it is read at once; where somebody else stands there by now, it waits to be read.
    } else if (showPanel(person, answer.text)) taps.drop(one.fields.once);
    else taps.refuse(one.fields.once, answer.text);
    showWaiting();
    refresh();
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".rec") || !event.submitter) return;
    event.preventDefault();
    record(event.target, event.submitter);
  });
  document.addEventListener("drawn", showWaiting);
  document.addEventListener("connected", send);
  addEventListener("storage", (event) => { if (event.key === taps.KEY) showWaiting(); });
  setInterval(() => { if (toSend()) send(); }, 5000);
  showWaiting();
  send();
})();
