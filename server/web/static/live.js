/**
 * The connection of a page: asks for a board, passes on what the server sends, notices silence, connects again.
 *
 *   const live = new Live({ office: "mitte", board: "counter", id: "3" });
 *   live.addEventListener("board", ({ detail }) => draw(detail.board));      // {board, epoch, seq, at}
 *   live.addEventListener("state", ({ detail }) => banner(detail));         // {state, age, code, reason}
 *   live.start();
 *   const { result } = await live.press({ type: "call_next", counter: "3" }); // throws Refused
 *
 * Events: board, state, announcement, lease, device, alarm, print_job (detail is the frame).
 * States: connecting (nothing shown yet) → live ⇄ stale (no good beat for 10 s: what is shown may be wrong) · refused.
 * There is never more than one socket. Every page with a board uses this module.
 */

import { ServerClock, monotonic } from "./clock.js";
import { Presses } from "./presses.js";
import { officeSpeaks } from "./say.js";
import { SILENCE_MS } from "./terms.js";

const STALE_MS = 9_500; // two beats of 5 s, and the warning is on the screen before 10 s are over
const WELCOME_MS = 4_000;
const BACK_MS = { first: 250, most: 3_000, refused: 30_000 }; // so that pages are right 5 s after a restart
const REFUSALS = new Map([[4400, "malformed"], [4401, "not_signed_in"], [4403, "not_allowed"], [4404, "unknown"]]);

/** Because a supervisor asked for it: this page again, or that of the device which this has become. */
function loadAgain(path) {
  if (path) location.replace(path);
  else location.reload();
}

export class Live extends EventTarget {
  clock = new ServerClock();
  state = "connecting";
  epoch;
  seq = 0;
  #hello;
  #url;
  #socket;
  #tries = 0;
  #timers = {};
  #proof; // monotonic ms of the last frame that proves that the shown board is right
  #staleSince; // since when the server's store does not answer, as the server says; ms since the epoch
  #presses;
  #about = {}; // what else this page reports about itself

  /** @param {{office?: string, board: string, id?: string, token?: string}} wanted */
  constructor({ office, board, id, token }) {
    super();
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.#url = `${scheme}//${location.host}/api/v1/${office ? `offices/${encodeURIComponent(office)}/` : ""}live`;
    this.#hello = { type: "hello", board, id, token };
    this.#presses = new Presses(board, (frame) => this.#send(frame), this.clock);
  }

  start() {
    addEventListener("pagehide", () => this.stop());
    addEventListener("pageshow", (event) => event.persisted && this.#begin());
    addEventListener("online", () => this.#timers.back && this.#open());
    this.#begin();
  }

  #begin() {
    this.#listenForSilence();
    this.#open();
  }

  stop() {
    Object.values(this.#timers).forEach(clearTimeout);
    this.#drop();
  }

  /** Sends a command with a new key; its age counts from now. Resolves to the `done` frame, rejects with Refused. */
  press(command, key) {
    return this.#presses.press(command, key);
  }

  /** Asks for the lease to speak in a zone; the answer is a `lease` event. */
  speak(zone) {
    return this.#send({ type: "speak", zone });
  }

  /** Tells the server something about this device, for example {kind: "shown", sound: "ready"}. */
  report(fields) {
    return this.#send({ type: "report", seq: this.seq, ...fields });
  }

  /** Adds something to every later report of what is shown. */
  about(fields) {
    Object.assign(this.#about, fields);
  }

  /**
   * The page shows something from before it was loaded: it was right `age` ms ago, and is stale until the server
   * answers.
   */
  resume(age) {
    if (this.#proof !== undefined) return;
    this.#proof = monotonic() - age;
    this.#become("stale");
  }

  /** Reports `shown` when the browser has painted the last board. */
  shown(sound = "off") {
    const seq = this.seq;
    const { version } = document.body.dataset;
    const tell = () => this.#send({ type: "report", kind: "shown", seq, sound, version, ...this.#about });
    if (document.hidden) return setTimeout(tell);
    return requestAnimationFrame(() => setTimeout(tell));
  }

  /** Presses that are not answered yet. */
  get unanswered() {
    return this.#presses.size;
  }

  /** For how many seconds they are kept. */
  get keptFor() {
    return this.#presses.keptFor;
  }

  /** Age in ms of what is shown; null before the first board. */
  get age() {
    if (this.#staleSince) return this.clock.since(this.#staleSince);
    return this.#proof === undefined ? null : monotonic() - this.#proof;
  }

  #open() {
    clearTimeout(this.#timers.back);
    this.#timers.back = undefined;
    this.#drop();
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#timers.welcome = setTimeout(() => this.#lost(socket), WELCOME_MS);
    socket.onopen = () => this.#send({ ...this.#hello, epoch: this.epoch, seq: this.seq });
    socket.onmessage = (event) => this.#hear(JSON.parse(event.data));
    socket.onclose = (event) => this.#lost(socket, event);
  }

  /** Drops the socket at once; with a dead peer, `onclose` would come late. */
  #drop() {
    clearTimeout(this.#timers.welcome);
    clearTimeout(this.#timers.line);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #lost(socket, event) {
    if (socket !== this.#socket) return;
    this.#drop();
    const code = REFUSALS.get(event?.code);
    if (code === "not_signed_in" && document.body.dataset.paired) location.replace("/pair"); // it was sent away
    if (code) this.#become("refused", { code, reason: event.reason });
    const most = Math.min(BACK_MS.most, BACK_MS.first * 2 ** this.#tries++);
    const wait = code ? BACK_MS.refused : most * (0.5 + Math.random() / 2);
    if (code && this.#hello.board === "ticket") return; // the ticket's link has ended for good
    this.#timers.back = setTimeout(() => this.#open(), wait);
  }

  #send(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #hear(frame) {
    clearTimeout(this.#timers.line);
    this.#timers.line = setTimeout(() => this.#open(), SILENCE_MS);
    if (frame.type === "welcome") this.#welcomed(frame);
    else if (frame.type === "beat") this.#beat(frame);
    else if (frame.type === "board") this.#board(frame);
    else if (frame.type === "done") this.#presses.done(frame);
    else if (frame.type === "refused") this.#presses.refused(frame);
    else if (frame.type === "device" && frame.do === "reload") loadAgain(frame.path);
    else this.dispatchEvent(new CustomEvent(frame.type, { detail: frame }));
  }

  #welcomed(frame) {
    clearTimeout(this.#timers.welcome);
    this.#tries = 0;
    this.clock.note(frame.server_time);
    this.#staleSince = frame.stale_since && Date.parse(frame.stale_since);
    if (this.epoch !== frame.epoch) this.seq = 0;
    this.epoch = frame.epoch;
    this.#presses.resend(frame.stale_after);
    this.dispatchEvent(new CustomEvent("welcome", { detail: frame }));
  }

  #beat(frame) {
    this.clock.note(frame.server_time);
    this.#staleSince = frame.stale_since && Date.parse(frame.stale_since);
    if (!this.#staleSince && this.#proof !== undefined) this.#proved();
  }

  #board(frame) {
    if (frame.epoch === this.epoch && frame.seq < this.seq) return;
    this.epoch = frame.epoch;
    this.seq = frame.seq;
    if (!this.#staleSince) this.#proved();
    const { languages } = frame.board; // a display's own may be others than the office's
    if (languages?.length && this.#hello.board !== "display") officeSpeaks(languages);
    this.dispatchEvent(new CustomEvent("board", { detail: frame }));
  }

  #proved() {
    this.#proof = monotonic();
    this.#listenForSilence();
    this.#become("live");
  }

  #listenForSilence() {
    clearTimeout(this.#timers.silence);
    this.#timers.silence = setTimeout(() => this.#silent(), STALE_MS);
  }

  #silent() {
    if (this.state !== "refused") this.#become("stale");
  }

  #become(state, more = {}) {
    if (state === this.state && state !== "refused") return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: { state, age: this.age, ...more } }));
  }
}
