/** Dialogs for the whole office: a message on its screens, the order of call, the day. */

import { html, nothing } from "/static/lit.js";
import { tick } from "/static/staff/fields.js";
import { may } from "/static/staff/may.js";
import { question } from "/static/staff/staff.js";
import { MOST_LETTERS } from "/static/terms.js";
import { languageName } from "/static/words.js";
import { presetName } from "./figures.js";
import { untilField, untilOf, whyUntil, withWhy } from "./why_until.js";

const DISPLAYS = "display";

/** Where a message goes: what is for the public stays off the clerks' pages, and on phones if no display is chosen. */
function goes(form) {
  const staff = form.get("for") === "staff";
  const field = staff ? "counters" : "displays";
  const chosen = form.getAll(field).map(String);
  if (staff) return { places: [field], ...(chosen.length ? { [field]: chosen } : {}) };
  const where = chosen.length ? { places: [field], [field]: chosen } : { places: [field, "phones"] };
  return { ...where, ...(form.get("speak") ? { speak: true } : {}) };
}

/** A message in each language of the office, for the public or for colleagues, on all screens or on chosen ones, spoken
 * or not, with an end time. */
export function messageQuestion(here) {
  const { words, board, ask, live, send } = here;
  const { languages } = board;
  const displays = board.devices.filter((device) => device.kind === DISPLAYS);
  const act = (form) => {
    const text = Object.fromEntries(languages.map((one) => [one, String(form.get(`text-${one}`)).trim()])
      .filter(([, said]) => said));
    if (!Object.keys(text).length) return;
    send("message", words.text("supervisor-message-new"),
      { type: "post_message", text, ...goes(form), ...untilOf(form, live.clock) });
  };
  const body = html`
    ${languages.map((one, index) => html`<p class="field"><label for="text-${one}">${languageName(one)}</label>
      <textarea id="text-${one}" name="text-${one}" rows="2" lang=${one} dir="auto" maxlength=${MOST_LETTERS}
        ?required=${index === 0}></textarea></p>`)}
    <fieldset><legend>${words.text("supervisor-message-for")}</legend>
      ${["public", "staff"].map((one, index) =>
    tick("for", one, words.text(`supervisor-message-for-${one}`), index === 0, "radio"))}</fieldset>
    <fieldset class="bounded of-public"><legend>${words.text("supervisor-message-where")}</legend>
      ${displays.map((one) => tick("displays", one.id, one.name))}
      ${tick("speak", "yes", words.text("supervisor-message-speak"))}</fieldset>
    <fieldset class="bounded of-staff"><legend>${words.text("supervisor-message-where")}</legend>
      ${board.counters.map((face) => tick("counters", face.id, face.label))}</fieldset>
    ${untilField(words, words.text("supervisor-until-cleared"))}`;
  const verb = may(board, "post_message") ? words.text("supervisor-message-post") : undefined;
  return question({ words, ask, title: words.text("supervisor-message-new"), body, verb, act });
}

/** The order of call. */
export function policyQuestion(here) {
  const { words, board, ask, send } = here;
  const act = (form) => send("policy", words.text("supervisor-order"),
    withWhy(here, form, { type: "set_policy", preset: String(form.get("preset")) }));
  const body = html`<fieldset class="single"><legend class="visually-hidden">${words.text("supervisor-order")}</legend>
    ${board.presets.map((preset) =>
      html`<label class="tick"><input type="radio" name="preset" value=${preset} ?checked=${preset === board.policy}>
      <span><b>${presetName(words, preset)}</b> ${words.has(`supervisor-preset-${preset}-means`)
        ? html`<br><span class="soft">${words.text(`supervisor-preset-${preset}-means`)}</span>`
        : nothing}</span></label>`)}</fieldset>
    ${whyUntil(here)}`;
  const verb = may(board, "set_policy") ? words.text("supervisor-order-set") : undefined;
  return question({ words, ask, title: words.text("supervisor-order"), body, verb, act });
}

/** Opens and closes the day by hand; opening hours do it automatically. */
export function dayQuestion(here) {
  const { words, board, ask, send } = here;
  const closed = board.day === null;
  const can = may(board, closed ? "open_day" : "close_day");
  const act = (form) => {
    if (closed) return send("day", words.text("supervisor-day-open"), { type: "open_day" });
    return send("day", words.text("supervisor-day-close"),
      { type: "close_day", ...(form.get("force") ? { force: true } : {}) });
  };
  const body = closed ? html`<p>${words.text("supervisor-day-open-means")}</p>`
    : html`<p>${words.text("supervisor-day-close-means")}</p>
    ${tick("force", "yes", words.text("supervisor-day-force"))}`;
  const verb = can ? words.text(closed ? "supervisor-day-open" : "supervisor-day-close") : undefined;
  return question({ words, ask, title: words.text("supervisor-day"), body, verb, act, danger: !closed });
}
