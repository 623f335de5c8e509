/**
 * "Ready: call whoever comes": a clerk with nobody to call says it once; when the board names somebody, the page calls
 * them. It counts for one call, and ends with everything else that the counter does. Such a call can be taken back like
 * any other.
 */

import { may } from "/static/staff/may.js";
import { mode } from "./acts.js";

export class Ready {
  on = false;
  #here;

  constructor(here) {
    this.#here = here;
  }

  turn() {
    this.on = !this.on;
    this.#here.changed();
  }

  /** Whether the counter could say it: it is free and there is nobody to call, or it has said it. */
  get possible() {
    const { board } = this.#here;
    return mode(board) === "free" && may(board, "call_next") && (this.on || !board.next);
  }

  /** A new board has come. */
  async look() {
    const { board, pressing, words } = this.#here;
    if (!this.on) return;
    if (mode(board) !== "free") this.on = false;
    if (!this.on || !board.next || !may(board, "call_next") || pressing.going("act")) return;
    const done = await pressing.press("act", words.text("counter-act-next"),
      { type: "call_next", counter: board.counter.id });
    if (done?.result?.ticket) this.on = false; // else somebody else was quicker
    this.#here.changed();
  }
}
