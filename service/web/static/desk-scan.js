// Cards at the front desk, by a scanner that types and by the camera. A card's link ends with the person's code;
// the code in the middle, which signs in, is never used here. What is read goes to desk.js as the event "card".
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  // A scanner types as on an American keyboard: on another one the signs between the letters are others.
  const CARD = /[^a-z0-9]c[^a-z0-9][34679cdfghjkmnpqrtvwxy]{8}[^a-z0-9]([34679cdfghjkmnpqrtvwxy]{3})[^a-z0-9]?([34679cdfghjkmnpqrtvwxy]{3})\s*$/i;
  const code = (text) => CARD.exec(text)?.slice(1).join("-").toUpperCase();
  const tell = (found) => document.dispatchEvent(new CustomEvent("card", { detail: found }));

  // A scanner that types: its letters come faster than a hand's, wherever the focus is, and end with Enter.
  const QUICK_MS = 60;
  const PAUSE_MS = 1000;
  let text = "";
  let last = 0;
  let from = null;
  let before = "";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const gap = event.timeStamp - last;
    const field = event.target.closest?.("input:not([type=hidden]), textarea, select");
    if (event.key === "Enter") {
      const found = gap < PAUSE_MS ? code(text) : undefined;
      const isTyped = text.length > 2 && gap < QUICK_MS;
      text = "";
      if (!found && (field || !isTyped)) return;
      // Not pressed on whatever has the focus, and not left standing in the field into which it was typed.
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!found) return;
      if (from && from === field) from.value = before;
      tell(found);
      return;
    }
    if (event.key.length !== 1) return;
    if (!text || gap > (/ht/i.test(text) ? PAUSE_MS : 5 * QUICK_MS)) {
      text = "";
      from = field;
      before = field?.value ?? "";
    }
    text = (text + event.key).slice(-300);
    last = event.timeStamp;
    // No letter of a link presses a button.
    if (!field && /ht/i.test(text)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      document.dispatchEvent(new Event("scanning"));
    }
  }, true);

  // The camera
  const button = $("scan");
  const dialog = $("camera");
  const video = dialog.querySelector("video");
  const said = dialog.querySelector("[role=status]");
  const say = (which) => { if (said.textContent !== dialog.dataset[which]) said.textContent = dialog.dataset[which]; };
  const reader = async () => {
    if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async () => (await detector.detect(video))[0]?.rawValue;
    }
    if (!window.jsQR) {
      await new Promise((resolve, reject) => {
        const script = document.createElement("script");
        Object.assign(script, { src: button.dataset.reader, onload: resolve, onerror: reject });
        document.head.append(script);
      });
    }
    const canvas = document.createElement("canvas");
    const draw = canvas.getContext("2d", { willReadFrequently: true });
    return async () => {
      const part = Math.min(1, 800 / video.videoWidth);
      canvas.width = video.videoWidth * part;
      canvas.height = video.videoHeight * part;
      draw.drawImage(video, 0, 0, canvas.width, canvas.height);
      const { data, width, height } = draw.getImageData(0, 0, canvas.width, canvas.height);
      return jsQR(data, width, height)?.data;
    };
  };
  const stop = () => {
    video.srcObject?.getTracks().forEach((one) => one.stop());
    video.srcObject = null;
  };
  const start = async () => {
    say("hold");
    dialog.showModal();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      if (!dialog.open) { stop(); return; }
      await video.play();
      const read = await reader();
      const look = async () => {
        if (!dialog.open || video.srcObject !== stream) return;
        const seen = video.videoWidth ? await read() : "";
        const found = seen && code(seen);
        if (found && dialog.open) { dialog.close(); tell(found); return; }
        if (seen) say("other");
        setTimeout(look, 150);
      };
      await look();
    } catch {
      stop();
      say("closed");
    }
  };
  button.addEventListener("click", start);
  dialog.addEventListener("close", stop);
  navigator.mediaDevices?.enumerateDevices().then((all) => { button.hidden = !all.some((one) => one.kind === "videoinput"); }, () => {});
})();
