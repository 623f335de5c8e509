/**
 * One touch makes one ticket. The key is made at the touch and kept until there is an answer, even over a lost
 * connection or a reload. Meanwhile nothing else can be touched.
 */

import { Refused, newKey } from "/static/presses.js";
import { MINUTE } from "/static/terms.js";

const KEPT = "aufruf-kiosk-touch";
const KEPT_MS = MINUTE; // an older touch was probably made by somebody else

export class Touch {
  #live;
  #going; // {id, command, key, at}

  constructor(live) {
    this.#live = live;
  }

  get busy() {
    return this.#going !== undefined && !this.#going.over;
  }

  going(id) {
    return this.busy && this.#going.id === id;
  }

  /** Sends the command of `id`. The same touch again without an answer has the same key. @returns {Promise<{done?,
   * problem?}>} */
  send(id, command) {
    const same = this.#going && JSON.stringify(this.#going.command) === JSON.stringify(command);
    return this.again(same ? this.#going : { id, command, key: newKey("kiosk"), at: Date.now() });
  }

  async again(touched) {
    this.#going = { ...touched, over: false };
    this.#keep(this.#going);
    try {
      const done = await this.#live.press(touched.command, touched.key);
      this.forget();
      return { done };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "unanswered" || error.retry) this.#going.over = true;
      else this.forget();
      return { problem: error.problem };
    }
  }

  /** Sends a press that gives no number, so that its key need not be kept. */
  async call(command) {
    try {
      return { done: await this.#live.press(command) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { problem: error.problem };
    }
  }

  /** The touch from before the page was loaded, if it may still be answered. */
  kept() {
    const found = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    return found && Date.now() - found.at < KEPT_MS ? found : undefined;
  }

  forget() {
    this.#going = undefined;
    sessionStorage.removeItem(KEPT);
  }

  #keep(touched) {
    sessionStorage.setItem(KEPT, JSON.stringify(touched));
  }
}
