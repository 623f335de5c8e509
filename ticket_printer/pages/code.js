/** "Ich habe einen Termin": enter a code by touch, by keyboard, or with a scanner that types. */

import { html, nothing } from "/static/lit.js";
import { problemNotice } from "./services.js";

const KEYS = [..."123456789", ..."0ABCDEFGH", ..."IJKLMNOPQ", ..."RSTUVWXYZ"];
const MOST = 64;
let showing; // the screen that gets the typed keys

addEventListener("keydown", (event) => {
  if (showing?.screen !== "code" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Backspace") erase(showing);
  else if (event.key === "Enter" && event.target.closest?.("button") === null && showing.code) showing.checkIn();
  else if (/^[A-Za-z0-9._:-]$/.test(event.key)) type(showing, event.key);
});

function type(here, key) {
  here.code = (here.code + key).slice(0, MOST).toUpperCase();
  here.problem = undefined;
  here.changed();
}

function erase(here) {
  here.code = here.code.slice(0, -1);
  here.changed();
}

export function codeScreen(here) {
  showing = here;
  const { words, code, touch, go, checkIn } = here;
  const leave = () => {
    here.code = "";
    go("home");
  };
  return html`
    <div class="question"><h1
      tabindex="-1">${words.text("kiosk-code-title")}</h1><p>${words.text("kiosk-code-where")}</p></div>
    <output class="code" aria-label=${words.text("kiosk-code")} aria-live="polite">${code
      || html`<span class="soft" aria-hidden="true">––––––</span>`}</output>
    ${problemNotice(here)}
    <div class="keypad" role="group" aria-label=${words.text("kiosk-keypad")}>
      ${KEYS.map((key) =>
        html`<button type="button" class="button" data-key=${key} @click=${() => type(here, key)}>${key}</button>`)}
    </div>
    <div class="choices">
      <button type="button" class="button primary" data-act="check-in" ?disabled=${!code || touch.busy}
        aria-busy=${touch.going("code")}
        @click=${checkIn}>${words.text("kiosk-check-in")}</button>
      <button type="button" class="button" data-act="erase" ?disabled=${!code}
        @click=${() => erase(here)}>${words.text("kiosk-erase")}</button>
      <button type="button" class="button" data-act="back" @click=${leave}>${words.text("common-back")}</button>
    </div>${nothing}`;
}
