/** Needs of a visitor, without a reason: chosen before the service, kept with the ticket, shown to staff only. */

import { html } from "/static/lit.js";
import { NEEDS } from "/static/terms.js";
import { helpButton } from "./help.js";

export function needsScreen(here) {
  const { words, board, needs, go, changed } = here;
  const offered = NEEDS.filter((need) => board.more_room || need !== "more_room");
  const toggle = (need) => {
    here.needs = needs.includes(need) ? needs.filter((one) => one !== need) : [...needs, need];
    changed();
  };
  return html`
    <div class="question"><h1
      tabindex="-1">${words.text("kiosk-needs-title")}</h1><p>${words.text("kiosk-needs-why")}</p></div>
    <div class="needs">${offered.map((need) => html`<button type="button" class="button" data-need=${need}
      aria-pressed=${needs.includes(need)} @click=${() => toggle(need)}>
      <span class="tickmark" aria-hidden="true">${needs.includes(need)
        ? "✓" : ""}</span>${words.text(`kiosk-need-${need}`)}</button>`)}</div>
    <div class="choices">
      <button type="button" class="button primary" data-act="on"
        @click=${() => go("home")}>${words.text("kiosk-on")}</button>
      <button type="button" class="button" data-act="back"
        @click=${() => { here.needs = []; go("home"); }}>${words.text("common-back")}</button>
      ${helpButton(here)}
    </div>`;
}
