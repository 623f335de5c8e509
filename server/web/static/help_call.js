/** State of a call for help at a kiosk or station: sent, accepted, or "please go to reception" if nobody has answered
 * for a minute. */

import { html, nothing } from "./lit.js";
import { MINUTE } from "./terms.js";

const NOBODY_MS = MINUTE;

export function helpLine({ words, board, live, helpProblem }) {
  if (helpProblem) return html`<p class="notice warn" role="status">${words.text("kiosk-help-failed")}</p>`;
  if (!board.help) return nothing;
  if (board.help.accepted_by) return html`<p class="notice" role="status">${words.text("kiosk-help-coming")}</p>`;
  const late = live.clock.since(board.help.at) > NOBODY_MS;
  return html`<p class="notice ${late ? "warn" : ""}"
    role="status">${words.text(late ? "kiosk-help-nobody" : "kiosk-help-asked")}</p>`;
}
