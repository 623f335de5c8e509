/**
 * "A time today instead of waiting": from what somebody who draws a number now would wait, the time until which nobody
 * needs to be here, and the time by which they are called. Their ticket is away until then and keeps its place.
 */

import { MINUTE } from "/static/terms.js";

const SHORTEST = 20; // minutes: for less nobody goes away
const LONGEST = 120; // minutes that a number may be away in most offices
const WAY_BACK = 5; // minutes
const STEP = 5 * MINUTE;

/** `waits`: of each service that is asked for. Nothing if one of them is not known well enough, or short.
 * @returns {{minutes, from, to} | undefined} instants in ms; `minutes`: for how long the ticket is away */
export function laterToday(waits, now) {
  if (!waits.length || waits.some((one) => !one || one.learning)) return undefined;
  const low = Math.min(LONGEST, Math.max(...waits.map((one) => one.low)) - WAY_BACK);
  const high = Math.max(...waits.map((one) => one.high));
  const from = Math.floor((now + low * MINUTE) / STEP) * STEP;
  const minutes = Math.floor((from - now) / MINUTE);
  if (minutes < SHORTEST) return undefined;
  return { minutes, from, to: Math.max(from + STEP, Math.ceil((now + high * MINUTE) / STEP) * STEP) };
}
