// The set-up guesses the time zone from the browser; without script it is chosen from the list.
"use strict";
const zone = document.querySelector("select[data-guess]");
if (zone) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((one) => one.value === own)) zone.value = own;
}
