/**
 * The silent alarm: raised by pressing a button twice or a key combination, shown at all counters, answered with one
 * press. Nothing flashes and nothing makes a sound: the person at that counter must not notice it.
 */

import { html, nothing } from "/static/lit.js";
import { named, running } from "/static/say.js";
import { HEARD_MS, SURE_MS } from "/static/terms.js";
import { may } from "./may.js";
import { pressButton } from "./staff.js";

/** The place of reception, where it is a counter's id elsewhere. */
export const DESK = "desk";

const counterOf = (place) => (place === DESK ? {} : { counter: place });

/** To raise the alarm: the first press asks, the second raises it. */
export class AlarmButton {
  #asked;
  #raise;
  #changed;

  constructor(raise, changed) {
    this.#raise = raise;
    this.#changed = changed;
    addEventListener("keydown", (event) => this.#chord(event));
  }

  get asking() {
    return this.#asked !== undefined;
  }

  press() {
    const waited = performance.now() - (this.#asked?.at ?? Infinity);
    if (waited >= SURE_MS[0]) return this.#now();
    if (this.asking) return undefined;
    this.#asked = { at: performance.now(), timer: setTimeout(() => this.#forget(), SURE_MS[1]) };
    return this.#changed();
  }

  #now() {
    this.#forget();
    this.#raise();
  }

  #forget() {
    clearTimeout(this.#asked?.timer);
    this.#asked = undefined;
    this.#changed();
  }

  #chord(event) {
    if (!(event.ctrlKey && event.altKey && event.code === "KeyA") || event.repeat) return;
    event.preventDefault();
    this.#now();
  }
}

export function alarmButton(words, button) {
  return html`<button type="button" class="button alarm ${button.asking ? "danger" : ""}" data-act="alarm"
    title=${words.text("staff-alarm-chord")} @click=${() => button.press()}>
    ${words.text(button.asking ? "staff-alarm-sure" : "staff-alarm")}</button>`;
}

/** Alarms from frames that the board does not list yet: an alarm is sent before its log entry, and even without one. */
export class HeardAlarms {
  #heard = new Map();

  hear(frame) {
    this.#heard.set(frame.counter ?? DESK, { place: frame.counter ?? DESK, label: frame.label, way: frame.way,
      at: frame.at, accepted_by: [] });
  }

  /** The board's alarms, and those that came only as frames. An alarm is forgotten here when the board has it. */
  with(alarms, now) {
    for (const alarm of alarms) this.#heard.delete(alarm.place);
    for (const [place, alarm] of this.#heard) if (now - Date.parse(alarm.at) > HEARD_MS) this.#heard.delete(place);
    return [...alarms, ...this.#heard.values()];
  }
}

/** Every alarm: where it is, who helps, what I can do. @param {string|null} own my counter, or reception; null at the
 * table */
export function alarmNotices(here, alarms, own) {
  return alarms.map((alarm) => (alarm.place === own ? ownAlarm(here, alarm) : otherAlarm(here, alarm, own)));
}

function otherAlarm(here, alarm, own) {
  const { words, board, live, pressing, language } = here;
  const from = own && own !== DESK ? { from: own } : {};
  const accept = { type: "accept_alarm", ...counterOf(alarm.place), ...from };
  const label = words.text("staff-alarm-accept");
  const going = alarm.accepted_by.some((by) => by === (own ?? DESK) || by === `counter:${own}`);
  return html`<div class="alert alarm-notice" role="alert">
    <p><b>${words.text("staff-alarm-at", { place: alarm.label || words.text("staff-desk") })}</b>
      ${named(alarm.way, language)}
      ${accepted(words, alarm)}</p>
    <span aria-hidden="true">${running(live.clock.since(alarm.at))}</span>
    ${going || !may(board, "accept_alarm") ? nothing
      : pressButton({ pressing, id: `alarm-accept-${alarm.place}`, label, act: () =>
      pressing.press(`alarm-accept-${alarm.place}`, label, accept) })}
    ${endButton(here, alarm)}
  </div>`;
}

const ownAlarm = (here, alarm) => html`<div class="notice alarm-own" role="status">
  <p>${here.words.text("staff-alarm-own")} ${accepted(here.words, alarm)}</p>${endButton(here, alarm)}</div>`;

function endButton({ words, board, pressing }, alarm) {
  if (!may(board, "end_alarm")) return nothing;
  const label = words.text("staff-alarm-end");
  const act = () => pressing.press(`alarm-end-${alarm.place}`, label, { type: "end_alarm", ...counterOf(alarm.place) });
  return pressButton({ pressing, id: `alarm-end-${alarm.place}`, label, act });
}

function accepted(words, alarm) {
  if (!alarm.accepted_by.length) return words.text("staff-alarm-nobody");
  const names = alarm.accepted_by.map((by) => (by === DESK ? words.text("staff-desk")
    : by.replace(/^counter:/, "").replace(/^supervisor:.*/, words.text("staff-supervisor"))));
  return words.text("staff-alarm-accepted", { by: names.join(", ") });
}
