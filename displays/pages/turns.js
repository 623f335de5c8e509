/**
 * Chooses the calls to show when there are more calls than lines on the wall. The newest is there as long as it is
 * fresh; every call is shown for at least 8 s in its first minute; after that they take turns. Pure: time is passed in
 * (ms of any monotonic clock). Used by wall.js.
 */

import { MINUTE } from "/static/terms.js";

const SEEN_MS = 8_000;
const FIRST_MS = MINUTE; // a call that is older when it arrives has no right to its 8 s

/** Identifies one call; a repeat of it is another one. */
export const identity = (call) => [call.number, call.counter.id, call.called_at, call.attempt].join("|");

export class Turns {
  #known = new Map(); // identity → {call, seen (ms), since (on screen since, or null), left (when it left the screen)}

  /** `calls`: the board's, newest first; `age(call)`: ms since the call. @returns the calls to show, newest first. */
  update(calls, lines, now, age = () => 0) {
    this.#learn(calls, now, age);
    this.#count(now);
    const shown = this.#choose(lines, now);
    for (const entry of this.#known.values()) this.#place(entry, shown.has(entry), now);
    return calls.filter((call) => shown.has(this.#known.get(identity(call))));
  }

  /** ms after which `update` may give another answer without a new board; null if no call waits for a line. */
  next(now) {
    const entries = [...this.#known.values()];
    if (entries.every((entry) => entry.since !== null)) return null;
    const up = entries.filter((entry) => entry.since !== null);
    const ends = up.map((entry) => entry.since + SEEN_MS).filter((end) => end > now);
    // whose 8 s are over and who is still up is the newest: the next board says when it is fresh no more
    return ends.length ? Math.max(1, Math.ceil(Math.min(...ends) - now)) : up.length ? SEEN_MS : 1;
  }

  #learn(calls, now, age) {
    const listed = new Map(calls.map((call) => [identity(call), call]));
    for (const id of this.#known.keys()) if (!listed.has(id)) this.#known.delete(id);
    [...listed].reverse().forEach(([id, call]) => {
      const entry = this.#known.get(id);
      const late = age(call) > FIRST_MS;
      if (entry) entry.call = call;
      else this.#known.set(id, { call, seen: late ? SEEN_MS : 0, counted: now, since: null, left: -Infinity });
    });
  }

  #count(now) {
    for (const entry of this.#known.values()) {
      if (entry.since !== null) entry.seen += now - entry.counted;
      entry.counted = now;
    }
  }

  /** First the newest while it is fresh, so that only the one before it may have to go early; then calls in the middle
   * of their 8 s, then calls not shown for 8 s yet in the order of call, then fresh calls, then those that have been
   * off the screen longest. */
  #choose(lines, now) {
    const all = [...this.#known.values()]; // oldest call first
    const last = [...all].reverse().find((entry) => entry.call.fresh && !entry.call.withdrawn);
    const owed = all.filter((entry) => entry.seen < SEEN_MS && !entry.call.withdrawn);
    const staying = all.filter((entry) => entry.since !== null && now - entry.since < SEEN_MS)
      .sort((one, other) => one.since - other.since);
    const fresh = all.filter((entry) => entry.since !== null && entry.call.fresh && !entry.call.withdrawn);
    const newest = [...all].reverse().filter((entry) => entry.since === null && entry.left === -Infinity);
    const resting = all.filter((entry) => entry.since === null).sort((one, other) => one.left - other.left);
    const shown = all.filter((entry) => entry.since !== null).sort((one, other) => other.since - one.since);
    const first = last ? [last] : [];
    const order = new Set([...first, ...staying, ...owed, ...fresh, ...newest, ...resting, ...shown]);
    return new Set([...order].slice(0, lines));
  }

  #place(entry, on, now) {
    if (on && entry.since === null) Object.assign(entry, { since: now, counted: now });
    if (!on && entry.since !== null) Object.assign(entry, { since: null, left: now });
  }
}
