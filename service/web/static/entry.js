// The ways in: a button that prints. Without this script the browser's own print does the same.
// The end of a card's link is for the desk's scanner; it does not stay in the address of their own browser.
"use strict";
if (location.hash && location.pathname.startsWith("/c/")) history.replaceState(null, "", location.pathname);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
