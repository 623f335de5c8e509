/**
 * The server's clock on a page: taken from `server_time` in welcome and beat frames, then continued with the page's
 * monotonic clock. The sample with the least delay counts; a wrong clock of the device does no harm. Used by live.js;
 * pages call `live.clock.now()`.
 */

import { CLOCK_SAMPLES, CLOCK_SET_MS } from "./terms.js";

export const monotonic = () => performance.now();

/** @param {string|number} instant RFC 3339 or ms since the epoch @returns {number} ms since the epoch */
export const millis = (instant) => (typeof instant === "number" ? instant : Date.parse(instant));

export class ServerClock {
  #offsets = [];

  /** Notes a time that the server has just sent. */
  note(serverTime) {
    const said = millis(serverTime);
    if (!Number.isFinite(said)) return;
    const offset = said - monotonic();
    if (this.#offsets.length && Math.abs(offset - Math.max(...this.#offsets)) > CLOCK_SET_MS) this.#offsets = [];
    this.#offsets.push(offset);
    if (this.#offsets.length > CLOCK_SAMPLES) this.#offsets.shift();
  }

  /** Whether the server has sent a time yet. */
  get known() {
    return this.#offsets.length > 0;
  }

  /** ms since the epoch; by the device's own clock until the server has sent a time. */
  now() {
    return this.#offsets.length ? Math.max(...this.#offsets) + monotonic() : Date.now();
  }

  /** ms between `instant` and now, never negative. */
  since(instant) {
    return Math.max(0, this.now() - millis(instant));
  }
}
