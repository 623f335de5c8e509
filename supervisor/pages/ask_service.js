/** The dialog for one service: open it, close it with a reason and an end time, limit it, or bring it forward. */

import { html, nothing } from "/static/lit.js";
import { named } from "/static/say.js";
import { instantOf, minutesField, reasonOf, selectField } from "/static/staff/fields.js";
import { mayService } from "/static/staff/may.js";
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
  const opens = mayService(board, id, "open_service");
  const closes = !opens && mayService(board, id, "close_service"); // one that is closed can only be opened here
  const body = html`
    ${opens ? openButton(words, id, press) : nothing}
    ${closes ? html`${reasonField(here)}${untilField(words, words.text("supervisor-until-further"))}` : nothing}
    <p class="small soft">${words.text(opens || closes ? "supervisor-close-what" : "supervisor-fixed")}</p>
    ${mayService(board, id, "limit_service") ? limitField(words, id, press) : nothing}
    ${mayService(board, id, "boost_service") ? boostField(here, id, press) : nothing}`;
  const verb = closes ? words.text("supervisor-close-service") : undefined;
  return question({ words, ask, title: `${service.letter} ${name}`, body, verb, act, danger: true });
}

const openButton = (words, id, press) => html`<p><button type="button" class="button primary" data-offer="open"
  @click=${() => press(words.text("supervisor-open-service"), { type: "open_service", service: id })}>
    ${words.text("supervisor-open-service")}</button></p>`;

function boostField({ words, live }, id, press) {
  const boost = (minutes) => press(words.text("supervisor-boost"),
    { type: "boost_service", service: id, minutes, until: minutesOn(live.clock, 60) });
  return html`<fieldset><legend>${words.text("supervisor-boost-service")}</legend>
    <p class="offers">${BOOSTS.map((one) => html`<button type="button" class="button" data-offer="boost-${one}"
      @click=${() => boost(one)}>${words.text("supervisor-earlier", { minutes: one })}</button> `)}</p></fieldset>`;
}

function limitField(words, id, press) {
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
