/**
 * Messages to this phone while its page is closed (Web Push). Asks for permission after a tap only. The address at the
 * browser's push service goes to the server, which forgets it with the day; nothing is kept here.
 */

const WORKER = "/static/displays/phone_worker.js";
const SCOPE = "/t/";

/** "off", "on", "denied"; "none" where this browser, this server or a page without https cannot. */
export class Push {
  state = "none";
  #key;
  #path;

  /** @param {string|undefined} key the installation's public key  @param {string} secret of the ticket's link */
  constructor(key, secret) {
    this.#key = key;
    this.#path = `/api/v1/tickets/${encodeURIComponent(secret)}/push`;
    const able = key && isSecureContext && "serviceWorker" in navigator && "PushManager" in window;
    if (able && "Notification" in window) this.state = Notification.permission === "denied" ? "denied" : "off";
  }

  /** Called by a tap: asks for permission, and tells the server where to send. Throws if that fails. */
  async turnOn(language) {
    if ((await Notification.requestPermission()) !== "granted") {
      this.state = "denied";
      return;
    }
    const worker = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    await active(worker);
    const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: this.#key });
    await this.#tell("PUT", { ...subscription.toJSON(), language });
    this.state = "on";
  }

  async turnOff() {
    const worker = await navigator.serviceWorker.getRegistration(SCOPE);
    const subscription = await worker?.pushManager.getSubscription();
    await this.#tell("DELETE", subscription ? { endpoint: subscription.endpoint } : undefined);
    this.state = "off";
  }

  async #tell(method, body) {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(this.#path, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  }
}

/** Resolves once the worker runs: before that it cannot receive a message. */
function active(registration) {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (worker.state === "activated") return undefined;
  return new Promise((resolve) => {
    worker.addEventListener("statechange", () => worker.state === "activated" && resolve());
  });
}
