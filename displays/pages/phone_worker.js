/**
 * The worker of the ticket's page on the phone, with the scope /t/: shows what the server sends while the page is
 * closed, and opens the page. It keeps nothing and answers no request of a page.
 */

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("push", (event) => {
  const { title, body, tag, path, lang, dir } = event.data.json();
  const loud = { renotify: true, requireInteraction: true };
  const shown = { ...loud, body, tag, lang, dir, icon: "/static/icon.svg", data: { path } };
  event.waitUntil(registration.showNotification(title, shown));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(opened(event.notification.data.path));
});

/** The page of this ticket, if it is open somewhere; else a new one. Only a page of this server is opened. */
async function opened(path) {
  const wanted = new URL(path, location.origin);
  if (wanted.origin !== location.origin || !wanted.pathname.startsWith("/t/")) return undefined;
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = open.find((one) => new URL(one.url).pathname === wanted.pathname);
  return there ? there.focus() : clients.openWindow(wanted.pathname);
}
