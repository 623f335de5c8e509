/**
 * The server's clock as a page knows it: from `server_time` in welcome and beat frames, carried on by the
 * page's monotonic clock. The sample that came with the least delay wins; a wrong wall clock of the device does no
 * harm. Used by live.js; pages call `live.clock.now()`.
 */

const SAMPLES = 8;
/** Further apart than any delay: the office's time was set right. */
const SET_MS = 60_000;

export const monotonic = () => performance.now();

/** @param {string|number} instant RFC 3339 or ms since the epoch @returns {number} ms since the epoch */
export const millis = (instant) => (typeof instant === "number" ? instant : Date.parse(instant));

export class ServerClock {
  #offsets = [];

  /** Notes a time the server said just now. */
  note(serverTime) {
    const said = millis(serverTime);
    if (!Number.isFinite(said)) return;
    const offset = said - monotonic();
    if (this.#offsets.length && Math.abs(offset - Math.max(...this.#offsets)) > SET_MS) this.#offsets = [];
    this.#offsets.push(offset);
    if (this.#offsets.length > SAMPLES) this.#offsets.shift();
  }

  /** Whether the server has said a time yet. */
  get known() {
    return this.#offsets.length > 0;
  }

  /** ms since the epoch; the device's own clock until the server has said a time. */
  now() {
    return this.#offsets.length ? Math.max(...this.#offsets) + monotonic() : Date.now();
  }

  /** ms between `instant` and now, never negative. */
  since(instant) {
    return Math.max(0, this.now() - millis(instant));
  }
}
