/** "Jemand soll kommen", on every screen before the number: whoever is stuck must not find the way back first. It is
 * the last button of each, so that it is found at the same place. */

import { html } from "/static/lit.js";

export function helpButton({ words, live, askHelp }) {
  return html`<button type="button" class="button" data-act="help" ?disabled=${live.state !== "live"}
    @click=${askHelp}>${words.text("kiosk-help")}</button>`;
}
