/**
 * Who needs help now, on every page of staff: tickets that nobody can call, and why; calls for help at a kiosk.
 */

import { html, nothing } from "/static/lit.js";
import { span } from "/static/say.js";
import { may } from "./may.js";
import { pressButton } from "./staff.js";

const MOST = 8; // most numbers shown for one reason
const MOST_CALLS = 5;

/** One line for each reason: "Niemand kann aufrufen: A012, A015. Kein Schalter mit Hörschleife offen." */
export function strandedNotice({ words, board }) {
  if (!board.uncallable.length) return nothing;
  const reasons = [...new Set(board.uncallable.map((one) => one.reason))];
  const more = board.uncallable_total - board.uncallable.length;
  return html`<div class="notice warn stranded"
    role="status"><p><b>${words.text("staff-stranded", { count: board.uncallable_total })}</b></p>
    <ul>${reasons.map((reason) => html`<li>${reasonLine(words, board, reason)}</li>`)}</ul>
    ${more > 0 ? html`<p>${words.text("staff-and-more", { count: more })}</p>` : nothing}</div>`;
}

function reasonLine(words, board, reason) {
  const numbers = board.uncallable.filter((one) => one.reason === reason).map((one) => one.number);
  const more = numbers.length > MOST ? ` ${words.text("staff-and-more", { count: numbers.length - MOST })}` : "";
  return `${numbers.slice(0, MOST).join(", ")}${more}: ${words.text(`staff-stranded-${reason}`)}`;
}

export function helpNotices({ words, board, pressing, live }) {
  const open = board.help.filter((call) => !call.accepted_by);
  return open.slice(0, MOST_CALLS).map((call) => {
    const label = words.text("staff-help-accept");
    const act = () => pressing.press(`help-${call.id}`, label, { type: "accept_help", help: call.id });
    return html`<div class="notice warn"
      role="alert"><p><b>${words.text("staff-help", { device: call.name || call.device })}</b>
      <span aria-hidden="true">${span(words, live.clock.since(call.at))}</span></p>${may(board, "accept_help")
        ? pressButton({ pressing, id: `help-${call.id}`, label, act }) : nothing}</div>`;
  });
}
