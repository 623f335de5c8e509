/**
 * The service worker of displays: keeps the page of this screen, its scripts, styles, words, fonts and sounds, so that
 * a reload or a restart works while the server is away. The server writes `const RELEASE = "…";` above this text.
 *
 * What comes from the server always goes first; what is kept is shown only if no good answer comes within four
 * seconds. Boards, sounds of calls and everything under /api/ are never kept here.
 */

/* global RELEASE */
const MINE = "display ";
const CACHE = `${MINE}${RELEASE}`;
const WAIT_MS = 4_000;
const PAGE = /^\/display\/[^/]+\/[^/]+$/;

const isPage = (address) => PAGE.test(new URL(address).pathname);
const isFile = (address) => new URL(address).pathname.startsWith("/static/");
const isOurs = (address) => new URL(address).origin === location.origin && (isPage(address) || isFile(address));
/** Without what follows "?" or "#": the same page. */
const plain = (address) => address.split(/[?#]/)[0];

self.addEventListener("install", (event) => event.waitUntil(renewed()));
self.addEventListener("activate", (event) => event.waitUntil(tidied()));
self.addEventListener("message", (event) => event.waitUntil(kept(event.data, event.source)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !isOurs(request.url)) return;
  if (request.mode === "navigate" ? isPage(request.url) : isFile(request.url)) event.respondWith(answered(request));
});

/** A new release fetches what the old one kept, so that the screen is never without. */
async function renewed() {
  const cache = await caches.open(CACHE);
  for (const name of await others())
    for (const { url } of await (await caches.open(name)).keys()) await fetched(cache, url).catch(() => {});
  await self.skipWaiting();
}

async function tidied() {
  for (const name of await others()) await caches.delete(name);
  await self.clients.claim();
}

const others = async () => (await caches.keys()).filter((name) => name.startsWith(MINE) && name !== CACHE);

/** A page names itself and what it has loaded. Pages that no window shows any more belong to what this screen was
 * before, maybe in another office. @returns tells the page whether everything is kept */
async function kept({ page, files }, client) {
  const cache = await caches.open(CACHE);
  const wanted = [page, ...files].filter(isOurs).map(plain);
  const good = await Promise.all(wanted.map((address) => fetched(cache, address).catch(() => false)));
  if (good[0]) {
    const open = new Set([page, ...(await self.clients.matchAll()).map((one) => plain(one.url))]);
    for (const { url } of await cache.keys()) if (isPage(url) && !open.has(url)) await cache.delete(url);
  }
  client?.postMessage({ kept: good.every(Boolean) });
}

async function fetched(cache, address) {
  return noted(cache, address, await fetch(address, { cache: "no-cache" }));
}

/** Keeps a good answer; forgets what this screen may not see any more. */
async function noted(cache, address, answer) {
  if (answer.status === 200 && answer.type === "basic" && !answer.redirected) {
    await cache.put(plain(address), answer.clone());
    return true;
  }
  if (answer.redirected || answer.type === "opaqueredirect" || [401, 403, 404, 410].includes(answer.status))
    await cache.delete(plain(address));
  return false;
}

async function answered(request) {
  const cache = await caches.open(CACHE);
  const coming = fetch(request).then(async (answer) => {
    await noted(cache, request.url, answer);
    return answer;
  });
  const late = new Promise((_, no) => setTimeout(no, WAIT_MS, new Error("too late")));
  let answer;
  try {
    answer = await Promise.race([coming, late]);
    if (answer.status < 500) return answer;
  } catch {
    coming.catch(() => {}); // what follows answers if this failed
  }
  return (await cache.match(plain(request.url))) ?? answer ?? coming;
}
