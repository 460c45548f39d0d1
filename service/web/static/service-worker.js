// What somebody last saw, for when there is no connection: the portal's first page and the desk's list, and nothing else.
// One copy at most is on a device. It is sealed with a key of its own, belongs to one session, and is gone with it: at a
// sign-out, at any sign-in, when the session's time is up, and when the service says that it is over.
// Before this line the service writes SHELL: the page that is shown where nothing is known, and what it is drawn with.
"use strict";
const FACES = ["/portal", "/desk"];
const ENDS = /^\/(portal\/leave|sign-out|sign-in|join|kiosk|set-up|account\/password)(\/|$)/;
const LEAVING = ["/portal/leave", "/sign-out"];
const STATIC = "cmr-static";
let turn = 0;

// A store of two things: the copy, and a sign-out that waits for a connection.
const store = async (mode, what) => {
  const db = await new Promise((done, fail) => {
    const asked = indexedDB.open("cmr-offline", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  try {
    return await new Promise((done, fail) => {
      const part = db.transaction("kept", mode);
      const asked = what(part.objectStore("kept"));
      part.oncomplete = () => done(asked.result);
      part.onabort = part.onerror = () => fail(part.error);
    });
  } finally { db.close(); }
};
const read = (name) => store("readonly", (kept) => kept.get(name));
const write = (name, value) => store("readwrite", (kept) => kept.put(value, name));
const remove = (name) => store("readwrite", (kept) => kept.delete(name));

// What was asked for before is kept no more once it is to be forgotten: `turn` tells the one from the other.
const forget = () => { turn += 1; return remove("copy"); };
const keep = async (answer, face, since) => {
  const [mark, until] = (answer.headers.get("offline-copy") ?? "").split(" ");
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403 || (answer.ok && !until)) return forget();
  if (!answer.ok) return undefined;
  const text = await answer.text();
  const links = [...text.matchAll(/(?:src|href)="(\/static\/[\w.-]+)"/g)].map((one) => one[1]);
  await Promise.all(links.map((one) => still(new Request(one)).catch(() => undefined)));
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text));
  if (since !== turn) return undefined;
  const headers = [...answer.headers].filter(([name]) => name !== "offline-copy");
  return write("copy", { face, mark, until: Number(until), at: Date.now(), headers, key, iv, sealed });
};
const copyOf = async (path) => {
  const kept = await read("copy");
  if (!kept) return undefined;
  if (Date.now() >= kept.until) { await forget(); return undefined; }
  if (path === "/") return Response.redirect(kept.face);
  if (path !== kept.face) return undefined;
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, kept.key, kept.sealed);
  const text = new TextDecoder().decode(plain).replace("<html ", `<html data-kept-at="${kept.at}" data-kept-until="${kept.until}" `);
  return new Response(text, { headers: kept.headers });
};

// Files whose names hold their content never change; of one name the latest is kept.
const still = async (request) => {
  const cache = await caches.open(STATIC);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (!answer.ok) return answer;
  const parts = (url) => new URL(url).pathname.match(/^\/static\/(.+)\.[0-9a-f]+\.(\w+)$/)?.slice(1).join();
  for (const old of await cache.keys()) if (parts(old.url) && parts(old.url) === parts(request.url)) await cache.delete(old);
  await cache.put(request, answer.clone());
  return answer;
};

// Who signs out without a connection is signed out by the service as soon as there is one, before anything else is shown.
const leave = async (path, body) => fetch(path, { method: "POST", body, redirect: "manual", headers: { "content-type": "application/x-www-form-urlencoded", "hx-request": "true" } });
const leaveLater = async (request, path) => {
  const body = await request.clone().text();
  await forget();
  try { return await fetch(request); } catch {
    await write("leaving", { path, body });
    if (request.mode === "navigate") return Response.redirect("/portal/left", 303);
    return new Response(null, { status: 204, headers: { "hx-redirect": "/portal/left" } });
  }
};
const left = async () => {
  const waits = await read("leaving");
  if (!waits) return true;
  try { await leave(waits.path, waits.body); } catch { return false; }
  await remove("leaving");
  return true;
};

const shell = async (path) => (await copyOf(path)) ?? (await caches.match(SHELL[0])) ?? Response.error();
const navigated = async (event, request, path, isFace) => {
  if (!(await left())) return shell(path);
  const since = turn;
  let answer;
  try { answer = await fetch(request); } catch { return request.headers.has("x-keep") ? Response.error() : shell(path); }
  if (isFace && answer.status >= 502) return (await copyOf(path)) ?? answer;
  if (isFace) event.waitUntil(keep(answer.clone(), path, since));
  return answer;
};

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(STATIC);
    await Promise.all(SHELL.map(async (one) => cache.put(one, await fetch(one, { credentials: "omit" }))));
    await skipWaiting();
  })());
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  if (event.data === "forget") event.waitUntil(forget());
  if (event.data === "online") event.waitUntil(left());
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && LEAVING.includes(pathname)) event.respondWith(leaveLater(request, pathname));
  else if (ENDS.test(pathname)) event.waitUntil(forget());
  else if (request.method !== "GET") return;
  else if (pathname.startsWith("/static/")) event.respondWith(still(request));
  else if (request.mode === "navigate" || request.headers.has("x-keep")) event.respondWith(navigated(event, request, pathname, FACES.includes(pathname) && !search));
});
