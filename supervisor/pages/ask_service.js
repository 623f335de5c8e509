/** The dialog for one service: why and how long, then what is done: open, close, limit it, or bring it forward. */

import { html, nothing } from "/static/lit.js";
import { named } from "/static/say.js";
import { mayService } from "/static/staff/may.js";
import { question } from "/static/staff/staff.js";
import { minutesOn } from "/static/staff/wording.js";
import { formOf, whyUntil, withWhy } from "./why_until.js";

const BOOSTS = [10, 20, 30];
const BOOSTED_MIN = 60; // if no end is chosen

export function serviceQuestion(here, id) {
  const { words, board, ask, language, send } = here;
  const service = board.services.find((one) => one.id === id);
  const name = named(service.names, language);
  const press = (label, form, command) => {
    ask.close();
    send(`service-${id}`, `${name}: ${label}`, withWhy(here, form, command));
  };
  const act = (form) => press(words.text("supervisor-close-service"), form, { type: "close_service", service: id });
  const opens = mayService(board, id, "open_service");
  const closes = !opens && mayService(board, id, "close_service"); // a closed service can only be opened here
  const limits = mayService(board, id, "limit_service");
  const boosts = mayService(board, id, "boost_service");
  const body = html`
    ${opens || closes || limits || boosts ? whyUntil(here) : nothing}
    ${limits ? limitField(words, id, press) : nothing}
    ${boosts ? boostField(here, id, press) : nothing}
    ${opens ? openButton(words, id, press) : nothing}
    <p class="small soft">${words.text(opens || closes ? "supervisor-close-what" : "supervisor-fixed")}</p>`;
  const verb = closes ? words.text("supervisor-close-service") : undefined;
  return question({ words, ask, title: `${service.letter} ${name}`, body, verb, act, danger: true });
}

const openButton = (words, id, press) => html`<p><button type="button" class="button primary" data-offer="open"
  @click=${(event) => press(words.text("supervisor-open-service"), formOf(event), { type: "open_service",
    service: id })}>${words.text("supervisor-open-service")}</button></p>`;

function boostField({ words, live, whatIf }, id, press) {
  const end = () => (whatIf.on ? {} : { until: minutesOn(live.clock, BOOSTED_MIN) });
  const boost = (event, minutes) => press(words.text("supervisor-boost"), formOf(event),
    { type: "boost_service", service: id, minutes, ...end() });
  return html`<fieldset><legend>${words.text("supervisor-boost-service")}</legend>
    <p class="offers">${BOOSTS.map((one) => html`<button type="button" class="button" data-offer="boost-${one}"
      @click=${(event) => boost(event, one)}>${words.text("supervisor-earlier", { minutes: one })}</button> `)}</p>
    </fieldset>`;
}

function limitField(words, id, press) {
  const limit = (event) => {
    const value = event.target.closest("form").elements.limit.value;
    press(words.text("supervisor-limit"), formOf(event), { type: "limit_service", service: id, tickets: value === ""
      ? null : Number(value) });
  };
  return html`<div class="field row-field"><label for="limit">${words.text("supervisor-limit-label")}</label>
    <input id="limit" name="limit" type="number" min="0" max="100000"
      placeholder=${words.text("supervisor-limit-none")}>
    <button type="button" class="button" data-offer="limit"
      @click=${limit}>${words.text("supervisor-limit")}</button></div>`;
}
