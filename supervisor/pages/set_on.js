/**
 * What is set on a service: a boost or a limit, until when, why, and a button that takes it back. Each has a row
 * below that of the service.
 */

import { html, nothing } from "/static/lit.js";
import { timeOfDay } from "/static/say.js";
import { may } from "/static/staff/may.js";
import { pressButton } from "/static/staff/staff.js";
import { deedsText, reasonText } from "/static/staff/wording.js";

/** The newest move in the shift book that still holds and did this to the service. */
const moveOf = (board, type, id) =>
  board.shift_book.find((row) => row.open && row.did.some((deed) => deed.type === type && deed.service === id));

function line(here, { type, id, text, until }) {
  const { words, board, pressing, language, zone } = here;
  const row = moveOf(board, type, id);
  const end = until ?? row?.until;
  const reason = row?.reason && row.by !== `rule:${row.reason}` ? reasonText(words, board, row.reason, language) : "";
  const said = [text, end ? words.text("supervisor-until", { time: timeOfDay(words, end, zone) }) : "", reason];
  return html`<tr class="set-on" data-set=${id}><td colspan="5"><span><span class="small">${
    said.filter(Boolean).join(", ")}</span>
    ${row && may(board, "revert_moves") ? takeBack(here, row, pressing) : nothing}</span></td></tr>`;
}

/** A set of several moves can only be taken back as a whole, so the button names all of them. */
function takeBack(here, row, pressing) {
  const label = here.words.text("supervisor-book-revert");
  const name = `${label}: ${deedsText(here, row.did)}`;
  const act = () => pressing.press(`revert-${row.key}`, name, { type: "revert_moves", key: row.key });
  return pressButton({ pressing, id: `revert-${row.key}`, label, name, act });
}

/** The rows of a service. */
export function setOn(here, service) {
  const { words } = here;
  const { id, boost, limit, drawn } = service;
  return html`${boost ? line(here, { type: "service_boosted", id, until: service.boost_until,
    text: words.text("supervisor-boosted", { minutes: boost }) }) : nothing}
    ${(limit ?? null) !== null ? line(here, { type: "service_limited", id,
      text: words.text("supervisor-limited", { limit, drawn }) }) : nothing}`;
}
