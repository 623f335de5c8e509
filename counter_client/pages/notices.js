/** Notices above the ticket: alarms, an assignment or message of the supervisor, a refusal. */

import { html, nothing } from "/static/lit.js";
import { named, timeOfDay } from "/static/say.js";
import { alarmNotices } from "/static/staff/alarms.js";
import { may } from "/static/staff/may.js";
import { helpNotices } from "/static/staff/needed.js";
import { boxes } from "/static/staff/short.js";
import { pressButton, refusalNotice } from "/static/staff/staff.js";
import { reasonText, serviceNames } from "/static/staff/wording.js";

const MOST_MESSAGES = 3;

export function notices(here) {
  const { words, board, pressing, short } = here;
  const newestFirst = [...board.messages].reverse();
  return html`<div class="notices">
    ${alarmNotices(here, here.alarms(), board.counter.id)}
    ${board.assignment ? html`<div class="notice assignment">${assigned(here, board.assignment)}</div>` : nothing}
    ${board.counter.coming_pause ? html`<div class="notice warn">${words.text("counter-pause-coming")}</div>` : nothing}
    ${boxes(short, "messages", newestFirst, MOST_MESSAGES, (message) => messageNotice(here, message))}
    ${helpNotices(here)}
    ${refusalNotice(words, pressing)}
  </div>`;
}

function assigned({ words, board, language, zone }, { services, until, reason }) {
  const names = serviceNames(board.services, services, language);
  const text = words.text(until ? "counter-assigned-until" : "counter-assigned",
    { services: names, time: until ? timeOfDay(words, until, zone) : "" });
  return reason ? `${text} (${reasonText(words, board, reason, language)})` : text;
}

function messageNotice({ words, board, pressing, language, send }, message) {
  const id = `read-${message.id}`;
  const label = words.text("counter-message-read");
  const act = () => send(id, label, { type: "acknowledge_message", counter: board.counter.id, message: message.id });
  return html`<div class="notice message">
    <p><b>${words.text("counter-message")}</b> ${named(message.text, language)}</p>
    ${may(board, "acknowledge_message") ? pressButton({ pressing, id, label, act }) : nothing}</div>`;
}
