// Passkeys: ask the server what to sign, let the device sign it, and send that as an ordinary form.
"use strict";
(() => {
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => {
    let plain = "";
    for (const byte of new Uint8Array(buffer)) plain += String.fromCharCode(byte);
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const asked = async (form) => {
    const answer = await fetch(form.dataset.options, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ csrf: form.elements.csrf.value }),
    });
    if (!answer.ok) throw new Error("no options");
    const options = await answer.json();
    options.challenge = bytes(options.challenge);
    for (const one of options.excludeCredentials || []) one.id = bytes(one.id);
    for (const one of options.allowCredentials || []) one.id = bytes(one.id);
    if (options.user) options.user.id = bytes(options.user.id);
    return options;
  };
  const made = async (form) => {
    const publicKey = await asked(form);
    const isNew = Boolean(publicKey.user);
    const found = await (isNew ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
    const said = found.response;
    const response = { clientDataJSON: text(said.clientDataJSON) };
    if (isNew) response.attestationObject = text(said.attestationObject);
    else {
      response.authenticatorData = text(said.authenticatorData);
      response.signature = text(said.signature);
      response.userHandle = said.userHandle ? text(said.userHandle) : null;
    }
    return JSON.stringify({ id: found.id, rawId: text(found.rawId), type: found.type, response, clientExtensionResults: {} });
  };
  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      const kept = form.elements[form.dataset.field || "credential"];
      if (kept.value) return;
      event.preventDefault();
      const fault = form.querySelector("[data-fault]");
      fault.hidden = true;
      try {
        kept.value = await made(form);
        form.submit();
      } catch {
        fault.hidden = false;
      }
    });
  }
  for (const one of document.querySelectorAll("[data-no-passkey]")) one.hidden = true;
})();
