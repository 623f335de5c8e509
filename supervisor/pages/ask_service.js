/** The dialog for one service: open it, close it with a reason and an end time, limit it, or bring it forward. */

import { html, nothing } from "/static/lit.js";
import { named } from "/static/say.js";
import { instantOf, minutesField, reasonOf, selectField } from "/static/staff/fields.js";
import { question } from "/static/staff/staff.js";
import { minutesOn, reasonText } from "/static/staff/wording.js";

const UNTIL = [15, 30, 60, 120, 240];
const REASONS = ["system_down", "staff_short", "meeting", "evacuation", "full"]; // if the office file has no reasons
const BOOSTS = [10, 20, 30];

export const untilField = (words, none) => minutesField(words, "until", words.text("supervisor-until-label"), none,
  UNTIL,
  (length) => words.text("supervisor-in", { span: length }));

/** {until} from a form, or {}. */
export const untilOf = (form, clock) => instantOf(form, "until", "until", clock);

/** The office's reasons, or ours if it has none. */
export const reasonCodes = (board) => (board.reasons.length ? board.reasons.map((one) => one.id) : REASONS);

const reasonField = ({ words, board, language }) =>
  selectField("reason", words.text("supervisor-reason"), words.text("supervisor-reason-none"),
    reasonCodes(board).map((code) => [code, reasonText(words, board, code, language)]));

export function serviceQuestion(here, id) {
  const { words, board, ask, live, language, send } = here;
  const service = board.services.find((one) => one.id === id);
  const name = named(service.names, language);
  const press = (label, command) => {
    ask.close();
    send(`service-${id}`, `${name}: ${label}`, command);
  };
  const act = (form) =>
    press(words.text("supervisor-close-service"), { type: "close_service", service: id, ...reasonOf(form),
    ...untilOf(form, live.clock) });
  const body = html`
    ${service.open ? html`${reasonField(here)}${untilField(words, words.text("supervisor-until-further"))}`
    : html`<p><button type="button" class="button primary" data-offer="open"
      @click=${() => press(words.text("supervisor-open-service"), { type: "open_service", service: id })}>
        ${words.text("supervisor-open-service")}</button></p>`}
    <p class="small soft">${words.text("supervisor-close-what")}</p>
    ${limitField(here, id, press)}
    <fieldset><legend>${words.text("supervisor-boost-service")}</legend><p
      class="offers">${BOOSTS.map((minutes) => html`
      <button type="button" class="button" data-offer="boost-${minutes}"
        @click=${() => press(words.text("supervisor-boost"),
    { type: "boost_service", service: id, minutes,
      until: minutesOn(live.clock, 60) })}>${words.text("supervisor-earlier", { minutes })}</button>`)}</p></fieldset>`;
  const verb = service.open ? words.text("supervisor-close-service") : nothing;
  return question({ words, ask, title: `${service.letter} ${name}`, body, verb: verb === nothing ? undefined : verb,
    act, danger: true });
}

function limitField({ words }, id, press) {
  const limit = (event) => {
    const value = event.target.closest("form").elements.limit.value;
    press(words.text("supervisor-limit"), { type: "limit_service", service: id, tickets: value === ""
      ? null : Number(value) });
  };
  return html`<div class="field row-field"><label for="limit">${words.text("supervisor-limit-label")}</label>
    <input id="limit" name="limit" type="number" min="0" max="100000"
      placeholder=${words.text("supervisor-limit-none")}>
    <button type="button" class="button" data-offer="limit"
      @click=${limit}>${words.text("supervisor-limit")}</button></div>`;
}
