/**
 * Gives every number on the wall a place, which it keeps while it is up: a new number takes the first free one. There
 * are only as many places as are needed, so that one number alone fills the wall. Pure. Used by wall.js.
 */

const SIZES = [1, 2, 4, 6, 8, 10, 12];

/** A repeated call keeps its place; the same number at another counter is something new to look for. */
const held = (call) => [call.number, call.counter.id].join("|");

export class Places {
  #held = []; // by place; null where no number is

  /**
   * `shown`: the calls to show, newest first; `lines`: the most there may be.
   * @returns {{size: number, of: (call) => number}} how many places there are, and the place of each call
   */
  arrange(shown, lines) {
    const up = shown.map(held);
    if (this.#held.length > lines) this.#held = []; // another screen, or another office file
    // With fewer places all others would move: only a number that is alone has none beside it.
    if (up.length <= 1) this.#held = [];
    const places = this.#held.map((one) => (up.includes(one) ? one : null));
    const size = Math.max(places.length, fitting(up.length, lines));
    while (places.length < size) places.push(null);
    for (const one of up) if (!places.includes(one)) places[places.indexOf(null)] = one;
    this.#held = places;
    return { size, of: (call) => places.indexOf(held(call)) };
  }
}

/** The smallest size for so many numbers; `lines` is the largest. */
const fitting = (count, lines) => Math.min(SIZES.find((size) => size >= count) ?? lines, lines);
