// A chosen file is read into the field for its text, which is what is sent; without this it is pasted there.
"use strict";
document.addEventListener("change", (event) => {
  const chosen = event.target;
  if (!(chosen instanceof HTMLInputElement) || chosen.type !== "file" || !chosen.dataset.into) return;
  const field = document.getElementById(chosen.dataset.into);
  const file = chosen.files && chosen.files[0];
  if (field && file) file.text().then((text) => { field.value = text; field.focus(); });
});
document.addEventListener("DOMContentLoaded", () => {
  for (const hidden of document.querySelectorAll("[data-with-script]")) hidden.hidden = false;
});
