/** The number that reception gave out last: for whom stands there, with the code for their phone. */

import { html, nothing } from "/static/lit.js";
import { noWaitText, wait } from "/static/say.js";
import { serviceNames } from "/static/staff/wording.js";
import { printField, printText } from "./desk_print.js";

export function givenTicket(here) {
  const { words, board, language, given } = here;
  if (!given) return html`<div class="given" role="status"></div>`;
  const facts = [
    ["counter-services", serviceNames(board.services, given.services, language)],
    ["desk-ahead", typeof given.ahead === "number" ? String(given.ahead) : ""],
    ["desk-expected", wait(words, given.expected) ?? noWaitText(words, given.expected_reason)],
    ["desk-paper", given.printer ? printText(here, given.printer) : ""],
  ].filter(([, said]) => said);
  return html`<div class="given" role="status"><section class="now ticket" aria-label=${words.text("desk-given")}>
    <h2 class="number">${given.number}</h2>
    <dl>${facts.map(([name, said]) => html`<div><dt>${words.text(name)}</dt><dd>${said}</dd></div>`)}</dl>
    ${given.secret ? phoneCode(words, given) : nothing}</section>
    <div class="after">${printField(here, { ...given, state: "waiting" })}
      <button type="button" class="button" data-act="put-away" @click=${here.putAway}>
        ${words.text("common-close")}</button></div></div>`;
}

/** The link of the ticket as a code to photograph; a server without a public address has none. */
function phoneCode(words, { secret, number }) {
  const gone = (event) => { event.target.closest("figure").hidden = true; };
  return html`<figure><img src="/t/${encodeURIComponent(secret)}/qr.svg" data-number=${number}
    alt=${words.text("desk-qr-alt")} @error=${gone}><figcaption>${words.text("desk-qr")}</figcaption></figure>`;
}
