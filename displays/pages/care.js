/**
 * Care for the panel of a wall: its picture moves by a few pixels each minute, so that no edge stays where it is. It
 * is dark outside the hours that the office file gives; a call lights it. Pure. Used by wall.js.
 */

import { MINUTE } from "/static/terms.js";

/** Steps from the middle, each beside the one before. */
const WAY = [[0, 0], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1], [1, 0]];
const STEP_OF = 540; // a step is this part of the screen's shorter side: 2 px of 1080

/** `ms`: of any clock. @returns {[number, number]} px to the right and down */
export function shift(ms, shorter) {
  const step = Math.max(1, Math.round(shorter / STEP_OF));
  return WAY[Math.floor(ms / MINUTE) % WAY.length].map((steps) => steps * step);
}

/** Whether the panel is dark now. `now`: ms since the epoch */
export function asleep({ wakes, sleeps, calls, time_zone: timeZone }, now) {
  if ((!wakes && !sleeps) || calls.length) return false;
  const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone, numberingSystem: "latn" };
  const clock = new Intl.DateTimeFormat("en", form).format(now);
  const [from, until] = [wakes ?? "00:00", sleeps ?? "24:00"];
  return from <= until ? clock < from || clock >= until : clock < from && clock >= until;
}
