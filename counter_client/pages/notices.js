/** Notices above the ticket: alarms, an assignment or message of the supervisor, a refusal. */

import { html, nothing } from "/static/lit.js";
import { named, timeOfDay } from "/static/say.js";
import { alarmNotices } from "/static/staff/alarms.js";
import { may } from "/static/staff/may.js";
import { helpNotices } from "/static/staff/needed.js";
import { boxes } from "/static/staff/short.js";
import { pressButton, refusalNotice } from "/static/staff/staff.js";
import { author, deedsText, reasonText, serviceNames } from "/static/staff/wording.js";

const MOST_MESSAGES = 3;

export function notices(here) {
  const { words, board, pressing, short } = here;
  const newestFirst = [...board.messages].reverse();
  return html`<div class="notices">
    ${alarmNotices(here, here.alarms(), board.counter.id)}
    ${board.assignment ? html`<div class="notice assignment">${assignedText(here, board.assignment)}</div>` : nothing}
    ${board.moved ? moved(here, board.moved) : nothing}
    ${board.counter.coming_pause ? html`<div class="notice warn">${words.text("counter-pause-coming")}</div>` : nothing}
    ${boxes(short, "messages", newestFirst, MOST_MESSAGES, (message) => messageNotice(here, message))}
    ${helpNotices(here)}
    ${refusalNotice(words, pressing)}
  </div>`;
}

/** What this counter was given: by whom, until when, why. */
export function assignedText(here, { by, services, until, reason }) {
  const { words, board, language, zone } = here;
  const names = serviceNames(board.services, services, language);
  const text = words.text(until ? "counter-assigned-until" : "counter-assigned",
    { who: author(here, by), services: names, time: until ? timeOfDay(words, until, zone) : "" });
  const why = given(here, by, reason);
  return why ? `${text} (${why})` : text;
}

/** The reason of a move. A rule gives its own id, which says nothing beside its name. */
const given = ({ words, board, language }, by, reason) =>
  (reason && by !== `rule:${reason}` ? reasonText(words, board, reason, language) : "");

/** What else somebody moved that concerns this counter: who, why and until when; a role or a rule, never a person. */
function moved(here, row) {
  const { words, board, zone } = here;
  const own = board.counter.label;
  const mine = row.did.filter((deed) => (deed.counter === own ? deed.type !== "counter_assigned" : !deed.counter));
  if (!mine.length) return nothing;
  const once = (deed) => ({ ...deed, until: deed.until === row.until ? null : deed.until });
  const what = deedsText(here, mine.map(once), own);
  const until = row.until ? words.text("supervisor-until", { time: timeOfDay(words, row.until, zone) }) : "";
  const said = [what, until, given(here, row.by, row.reason)].filter(Boolean).join(", ");
  return html`<div class="notice moved"><p><b>${author(here, row.by)}:</b> ${said}</p></div>`;
}

function messageNotice({ words, board, pressing, language, send }, message) {
  const id = `read-${message.id}`;
  const label = words.text("counter-message-read");
  const act = () => send(id, label, { type: "acknowledge_message", counter: board.counter.id, message: message.id });
  return html`<div class="notice message">
    <p><b>${words.text("counter-message")}</b> ${named(message.text, language)}</p>
    ${may(board, "acknowledge_message") ? pressButton({ pressing, id, label, act }) : nothing}</div>`;
}
