// The keys of the desk: a row's number shows a person, large; a letter records for whoever is shown, and for no other.
// All numbers of a list have as many digits, and a letter is one outcome's own, so nothing has to be waited for or guessed.
// What is pressed and not done yet is bound to one panel, and is gone with it and with any other key.
"use strict";
(() => {
  const { $, close, open } = desk;
  const typing = (one) => one.closest("input:not([type=hidden]), textarea, select");
  const isOff = Boolean(document.querySelector("main.keyless"));
  const LETTER_MS = 1500;
  const NUMBER_MS = 2000;

  // The first digits of a number that is not whole yet; they are shown.
  let begun = "";
  let timer = 0;
  const begin = (digits) => {
    begun = digits;
    clearTimeout(timer);
    if (digits) timer = setTimeout(() => begin(""), NUMBER_MS);
    $("begun").hidden = !digits;
    $("begun").textContent = digits ? $("begun").dataset.says.replace("#", digits) : "";
  };
  const numbered = () => [...document.querySelectorAll("#list li > .row > kbd:not(:empty)")];
  const count = (digit) => {
    const digits = begun + digit;
    const some = numbered();
    const row = some.find((one) => one.textContent === digits);
    begin(!row && some.some((one) => one.textContent.length > digits.length) ? digits : "");
    if (row) open(row.closest("li"));
  };

  // A letter waits for a moment: where more follow as no hand types them, it is some code that a scanner reads.
  let held = 0;
  // And for the panel whose name is shown already while its buttons are on their way.
  let next = null;
  const forget = () => { clearTimeout(held); next = null; };
  const choose = (no, key) => {
    const panel = $("panel");
    if (panel?.dataset.no !== no) return;
    if (panel.getAttribute("aria-busy") === "true") { next = { no, key, at: performance.now() }; return; }
    const all = [...panel.querySelectorAll(`.out[aria-keyshortcuts="${key}"]`)].filter((one) => one.checkVisibility() && !one.closest("[aria-busy=true]"));
    // The same outcome of two targets: the one in which the focus is. Else it is shown which there are, and nothing is recorded.
    const place = document.activeElement.closest(".target");
    const here = all.filter((one) => place?.contains(one));
    if (all.length === 1) all[0].click();
    else if (here.length === 1) here[0].click();
    else all[0]?.focus();
  };
  document.addEventListener("drawn", () => {
    const one = next;
    if (!one || $("panel")?.dataset.no !== one.no || $("panel").getAttribute("aria-busy") === "true") return;
    next = null;
    if (performance.now() - one.at < LETTER_MS) choose(one.no, one.key);
  });
  document.addEventListener("scanning", forget);
  document.addEventListener("card", () => { forget(); begin(""); });

  let run = "";
  let at = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isDigit = /^[0-9]$/.test(event.key);
    if (event.key !== "Shift") forget();
    if (!isDigit) begin("");
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
    // A key that is held down says nothing new.
    if (isOff || typing(event.target) || event.repeat || document.querySelector("dialog[open]")) return;
    if (event.key === "/") { event.preventDefault(); $("q").focus(); return; }
    if (isDigit) {
      // Whoever stood there is let go with the first digit: no letter records for them where the rest is mistyped or missed.
      close();
      if (/^[0-9]{1,4}$/.test(run)) count(event.key);
      return;
    }
    const no = $("panel")?.dataset.no;
    if (!/^[a-z]$/i.test(event.key) || !no) return;
    event.preventDefault();
    const key = event.key.toUpperCase();
    if (/^[0-9]{0,4}[a-z]$/i.test(run)) held = setTimeout(() => choose(no, key), key === "H" ? 250 : 60);
  });
})();
