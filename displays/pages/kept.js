/**
 * Lets this page survive a reload without the server: its service worker keeps what was loaded (worker.js). That
 * needs https or loopback; if it does not work, the page reports why, and the supervisor's table says so. Used by
 * wall.js.
 */

import { GONG, SILENCE } from "./sounds.js";

const WORKER = "/display/worker.js";

/** @param {(how: string) => void} tell ready, insecure (no https), unsupported, failed */
export async function keepPage(tell) {
  if (!isSecureContext) return tell("insecure");
  const workers = navigator.serviceWorker;
  if (!workers) return tell("unsupported");
  workers.addEventListener("message", ({ data }) => tell(data.kept ? "ready" : "failed"));
  try {
    await workers.register(WORKER, { scope: "/display/" });
    handOver((await workers.ready).active);
    workers.addEventListener("controllerchange", () => handOver(workers.controller)); // a new release
  } catch {
    tell("failed");
  }
  return undefined;
}

/** Tells the worker what this page consists of. */
function handOver(worker) {
  const loaded = performance.getEntriesByType("resource").map((one) => one.name);
  const files = [...loaded, ...[GONG, SILENCE].map((path) => new URL(path, location.href).href)]
    .filter((address) => address.startsWith(`${location.origin}/static/`));
  worker?.postMessage({ page: location.origin + location.pathname, files: [...new Set(files)] });
}
