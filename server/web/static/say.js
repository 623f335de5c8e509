/**
 * Times and waits as texts for people: ranges, ages, times of day in the office's zone. Functions over Words.
 * Every page that shows a time or a wait uses these, so that all say it in the same way.
 */

import { millis } from "./clock.js";
import { SECOND } from "./terms.js";

/** Figures are the same on every screen, on paper and on the signs of the house: western ones, in Arabic too. */
const DIGITS = { numberingSystem: "latn" };

/** "20–30 min", "etwa 20 min", or null when nobody can know. `expected` is {low, median, high, ...} in minutes or null.
 * */
export function wait(words, expected) {
  if (!expected) return null;
  const low = Math.max(0, Math.round(expected.low));
  const high = Math.max(low, Math.round(expected.high));
  if (high === 0) return words.text("common-wait-none");
  return low === high ? words.text("common-wait-about", { minutes: high })
    : words.text("common-wait-range", { low, high });
}

/** The figures alone, "20–30", under a heading that names the unit. */
export function minutes(words, expected) {
  if (!expected || expected.low === expected.high) return expected?.low;
  return words.text("common-range", { low: expected.low, high: expected.high });
}

/** Whether this reason means that nobody is served. (A forecast may be missing although counters serve everybody.) */
export const nobodyServes = (reason) => Boolean(reason) && reason !== "stale";

/** Why nobody can say how long: "Zurzeit ist kein Schalter dafür offen". Empty where somebody serves. @param
 * {string|null} reason */
export function noWaitText(words, reason) {
  if (!reason) return "";
  const id = `common-no-wait-${reason}`;
  return words.text(words.has(id) ? id : "common-no-wait-no-counter");
}

/** A length of time, short: "40 s", "12 min", "1 h 05 min". */
export function span(words, ms) {
  const seconds = Math.max(0, Math.round(ms / SECOND));
  if (seconds < 60) return words.text("common-span-seconds", { seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return words.text("common-span-minutes", { minutes });
  return words.text("common-span-hours",
    { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") });
}

/** Time as on a stopwatch: "1:42", "1:05:09". */
export function running(ms) {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

const clocks = new Map(); // by language and zone: making one takes longer than everything else that a time costs

/** Time of day in the office's zone: "10:42". */
export function timeOfDay(words, instant, zone) {
  const name = `${words.lang} ${zone}`;
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone, ...DIGITS };
  if (!clocks.has(name)) clocks.set(name, new Intl.DateTimeFormat(words.lang, options));
  return clocks.get(name).format(millis(instant));
}

/** Weekday and date in the office's zone: "Montag, 23. November". */
export function date(words, instant, zone) {
  const options = { weekday: "long", day: "numeric", month: "long", timeZone: zone, ...DIGITS };
  return new Intl.DateTimeFormat(words.lang, options).format(millis(instant));
}

let first = document.body.dataset.spoken?.split(",")[0]; // the office's first language

/** Sets the office's languages. A text that does not exist in the wanted language is shown in the first of these. */
export const officeSpeaks = (languages) => ([first] = languages);

/** A name that the office wrote once, for all languages, as a text in its first language. */
export const inFirst = (text, words) => ({ [first || words.language]: text });

/** The language in which `named` says a text: the wanted one, its base language, the office's first, else any. */
export const saidIn = (texts, language) =>
  [language, language.split("-")[0], first].find((one) => texts?.[one]) ?? Object.keys(texts ?? {})[0];

/** A text per language ({de: "...", en: "..."}), as `in_language` of Python chooses it. */
export const named = (texts, language) => texts?.[saidIn(texts, language)] ?? "";
