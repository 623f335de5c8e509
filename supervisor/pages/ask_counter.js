/** The dialog for one counter: open, close, a break, back to work; on behalf of the clerk there. */

import { html, nothing } from "/static/lit.js";
import { named } from "/static/say.js";
import { instantOf, minutesField, reasonOf, selectField } from "/static/staff/fields.js";
import { mayAt } from "/static/staff/may.js";
import { question } from "/static/staff/staff.js";
import { counterStands, serviceNames } from "/static/staff/wording.js";
import { formOf, whyUntil, withWhy } from "./why_until.js";

const BREAKS = [15, 30, 45, 60];

const ACTS = { resume: "resume_counter", open: "open_counter", close: "close_counter" };

/** What the supervisor may press for a counter: [[name, command], ...]; a counter at rest offers resume, not open. */
function offers(board, id) {
  const found = Object.entries(ACTS).filter(([, type]) => mayAt(board, id, type));
  const resumes = found.some(([name]) => name === "resume");
  return found.filter(([name]) => name !== "open" || !resumes).map(([name, type]) => [name, { type, counter: id }]);
}

export function counterQuestion(here, id) {
  const { words, board, ask, live, zone, language, send, whatIf } = here;
  const face = board.counters.find((one) => one.id === id);
  const may = offers(board, id);
  const pauses = mayAt(board, id, "pause_counter");
  const press = (label, command) => {
    ask.close();
    send(`counter-${id}`, `${face.label}: ${label}`, command);
  };
  const act = (form) => {
    const back = instantOf(form, "back", "back_at", live.clock);
    const pause = { type: "pause_counter", counter: id, ...reasonOf(form), ...back };
    // a pause with an end is a set: it ends by itself, while that of a clerk waits until the clerk is back
    const set = back.back_at && !whatIf.on ? { type: "apply_moves", moves: [pause], until: back.back_at } : pause;
    press(words.text("supervisor-counter-pause"), set);
  };
  const body = html`
    <p>${counterStands(words, face, zone, board.break_reasons, language)}</p>
    <p class="soft">${serviceNames(board.services, face.services, language)}</p>
    <fieldset>${may.some(([name]) => name !== "resume") ? whyUntil(here, "why") : nothing}
    <p class="offers">${may.map(([name, command]) => {
    const label = words.text(`supervisor-counter-${name}`);
    return html`<button type="button" class="button" data-offer=${name}
      @click=${(event) => press(label, withWhy(here, formOf(event), command, "why"))}>${label}</button>`;
  })}</p></fieldset>
    ${pauses ? html`<fieldset>${pauseFields(here)}</fieldset>` : nothing}`;
  const verb = pauses ? words.text("supervisor-counter-pause") : undefined;
  return question({ words, ask, title: face.label, body, verb, act });
}

function pauseFields({ words, board, language }) {
  const reasons = board.break_reasons.map((one) => [one.id, named(one.names, language)]);
  const none = words.text("supervisor-reason-none");
  return html`${reasons.length ? selectField("reason", words.text("supervisor-reason"), none, reasons) : nothing}
    ${minutesField(words, "back", words.text("supervisor-back-in"), words.text("supervisor-back-open"), BREAKS)}`;
}
