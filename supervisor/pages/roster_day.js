/**
 * One day of the roster as minutes: from the spans of the contract and back. Pure. What nobody pressed stays as it is.
 *   const day = new RosterDay(duty); day.set("3", 16, "break"); day.spans();
 */

const MINUTES = 1_440;
const HALF = 30;
export const HALVES = MINUTES / HALF;
const OPEN = 1;
const BREAK = 2;
const BITS = { off: 0, on: OPEN, break: OPEN | BREAK };
const KINDS = [["open", OPEN], ["break", BREAK]];

/** "08:30" of 510; "24:00" is the end of a day. */
export const clockOf = (minutes) =>
  [Math.floor(minutes / 60), minutes % 60].map((one) => String(one).padStart(2, "0")).join(":");

export function minutesOf(clock) {
  const [hours, minutes] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

export class RosterDay {
  #of = new Map(); // by counter: a byte for each minute

  /** @param {{counter: string, from: string, to: string, kind: string}[]} duty */
  constructor(duty) {
    for (const { counter, from, to, kind } of duty) {
      const minutes = this.#minutes(counter);
      const bit = kind === "break" ? BREAK : OPEN;
      for (let at = minutesOf(from); at < minutesOf(to); at += 1) minutes[at] |= bit;
    }
  }

  #minutes(counter) {
    if (!this.#of.has(counter)) this.#of.set(counter, new Uint8Array(MINUTES));
    return this.#of.get(counter);
  }

  /** How the counter stands in a half hour: on, break, off, or part if that changes within it. */
  state(counter, half) {
    const all = this.#of.get(counter)?.subarray(half * HALF, (half + 1) * HALF);
    if (!all || all.every((bits) => !(bits & OPEN))) return "off";
    if (all.every((bits) => bits === OPEN)) return "on";
    return all.every((bits) => bits === BITS.break) ? "break" : "part";
  }

  /** Sets the minutes from `start` to `end`. @param {"on"|"break"|"off"} state */
  fill(counter, start, end, state) {
    this.#minutes(counter).fill(BITS[state], start, end);
  }

  set(counter, half, state) {
    this.fill(counter, half * HALF, (half + 1) * HALF, state);
  }

  /** How many counters are on duty during the whole half hour. */
  count(half) {
    return [...this.#of.keys()].filter((counter) => this.state(counter, half) === "on").length;
  }

  counts() {
    return Array.from({ length: HALVES }, (_, half) => this.count(half));
  }

  /** The spans of one counter that touch a half hour, as text: "08:15–12:00". */
  within(counter, half) {
    return this.#spans(counter, OPEN).concat(this.#spans(counter, BREAK))
      .filter(([start, end]) => start < (half + 1) * HALF && end > half * HALF)
      .map((ends) => ends.map(clockOf).join("–")).join(", ");
  }

  /** The day in the words of the contract. */
  spans() {
    return [...this.#of.keys()].flatMap((counter) => KINDS.flatMap(([kind, bit]) =>
      this.#spans(counter, bit).map(([start, end]) => ({ counter, from: clockOf(start), to: clockOf(end), kind }))));
  }

  #spans(counter, bit) {
    const minutes = this.#of.get(counter) ?? [];
    const found = [];
    for (let at = 0; at < MINUTES; at += 1) {
      if (!(minutes[at] & bit)) continue;
      const start = at;
      while (at < MINUTES && minutes[at] & bit) at += 1;
      found.push([start, at]);
    }
    return found;
  }
}
