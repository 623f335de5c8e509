/**
 * Presses that wait for an answer. Each command gets a key when it is pressed and is sent with its age by the monotonic
 * clock. After a lost connection or an answer with `retry` it is sent again with the same key, until it is answered or
 * too old. So a press has one effect, however often it is sent. Used only by live.js.
 */

import { monotonic } from "./clock.js";
import { SECOND } from "./terms.js";

const MOST_KEPT = 20; // presses without an answer; one more is refused at once, and says so
const AGAIN_MS = [400, 1_200]; // after "retry": a random time between these

/** A refusal: `problem` is the server's RFC 9457 body, `code` its code, `retry` whether the same press may succeed
 * later. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title ?? problem.code ?? "refused");
    this.name = "Refused";
    this.problem = problem;
    this.code = problem.code ?? "fault";
    this.retry = problem.retry === true;
  }
}

/** A unique key. randomUUID exists only on secure pages, getRandomValues everywhere.
 * @param {string} page the kind of page: a press can be taken back only on the kind of page where it was made */
export function newKey(page) {
  return `${page}~${random()}`;
}

function random() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Presses {
  #page;
  #send;
  #clock;
  #waiting = new Map();
  #patience; // ms; the server refuses an older press as stale, and says when

  /** @param {(frame: object) => boolean} send gives a frame to the socket; false if there is none
   * @param {import("./clock.js").ServerClock} clock the server's, so that a press also ages while a node sleeps */
  constructor(page, send, clock) {
    this.#page = page;
    this.#send = send;
    this.#clock = clock;
  }

  /** Number of presses that are not answered yet. */
  get size() {
    return this.#waiting.size;
  }

  /** For how many seconds a press is kept and sent again; undefined until the server has said it. */
  get keptFor() {
    return this.#patience && this.#patience / SECOND;
  }

  /** @returns {Promise<object>} the `done` frame (events, result, key, replayed); rejects with Refused. */
  press(command, key = newKey(this.#page)) {
    if (this.#waiting.size >= MOST_KEPT) return Promise.reject(new Refused({ code: "too_many", retry: true }));
    return new Promise((resolve, reject) => {
      const entry = { command, key, at: monotonic(), resolve, reject, again: 0 };
      this.#date(entry);
      this.#waiting.set(key, entry);
      this.#limit(entry);
      this.#post(entry);
    });
  }

  /** Sends everything unanswered again; called at each welcome. @param {number} staleAfter seconds */
  resend(staleAfter) {
    this.#patience = staleAfter * SECOND;
    for (const entry of this.#waiting.values()) {
      this.#limit(entry);
      this.#post(entry);
    }
  }

  #limit(entry) {
    if (!this.#patience || entry.limit) return;
    entry.limit = setTimeout(() => this.#giveUp(entry), this.#patience - (monotonic() - entry.at));
  }

  done(frame) {
    this.#close(frame.key)?.resolve(frame);
  }

  refused(frame) {
    const entry = this.#waiting.get(frame.key);
    if (!entry) return;
    entry.last = frame.problem;
    if (frame.problem.retry !== true) return this.#close(frame.key).reject(new Refused(frame.problem));
    const wait = AGAIN_MS[0] + Math.random() * (AGAIN_MS[1] - AGAIN_MS[0]);
    entry.again = setTimeout(() => this.#post(entry), wait);
  }

  #post(entry) {
    clearTimeout(entry.again);
    const age = Math.round(monotonic() - entry.at);
    this.#date(entry);
    this.#send({ type: "command", key: entry.key, age_ms: age, ...entry.pressed, command: entry.command });
  }

  /** The time of the press by the server's clock; noted as soon as it is known and never changed. The device's own
   * clock may stand still while it sleeps, so it cannot give the age of an old press. */
  #date(entry) {
    if (entry.pressed || !this.#clock.known) return;
    entry.pressed = { pressed_at: new Date(this.#clock.now() - (monotonic() - entry.at)).toISOString() };
  }

  #giveUp(entry) {
    const problem = entry.last ?? { code: "unanswered", title: "no answer", retry: true, seconds: this.keptFor };
    this.#close(entry.key)?.reject(new Refused(problem));
  }

  #close(key) {
    const entry = this.#waiting.get(key);
    if (!entry) return undefined;
    clearTimeout(entry.limit);
    clearTimeout(entry.again);
    this.#waiting.delete(key);
    return entry;
  }
}
