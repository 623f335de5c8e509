/** Codes entered by touch, by keyboard, or with a scanner that types: of an appointment ("Ich habe einen Termin"), and
 * of a number that somebody holds already. */

import { html, nothing } from "/static/lit.js";
import { helpButton } from "./help.js";
import { problemNotice } from "./services.js";

const KEYS = [..."123456789", ..."0ABCDEFGH", ..."IJKLMNOPQ", ..."RSTUVWXYZ"];
const MOST = 64;
const LINK = /\/t\/([A-Za-z0-9._:-]+)/; // of a ticket, as its QR code says it
const SCANNED_MS = 80; // a scanner types faster than anybody: between two signs of a code there is less than this
let showing; // the screen that gets the typed keys
let scanned = { text: "", at: 0 };

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" && read()) return event.preventDefault();
  if (event.key.length === 1) gather(event.key, event.timeStamp);
  if (!showing?.enter || !["code", "mine"].includes(showing.screen)) return;
  if (event.key === "Backspace") erase(showing);
  else if (event.key === "Enter" && event.target.closest?.("button") === null && showing.code) showing.enter();
  else if (/^[A-Za-z0-9._:-]$/.test(event.key)) type(showing, event.key);
});

function gather(sign, at) {
  scanned = { text: at - scanned.at < SCANNED_MS ? scanned.text + sign : sign, at };
}

/** Whether what was typed is the code of a ticket: then the kiosk shows it, whatever it showed before. */
function read() {
  const [, secret] = scanned.text.match(LINK) ?? [];
  scanned = { text: "", at: 0 };
  if (secret) showing?.scanned(secret);
  return Boolean(secret);
}

/** The kiosk to which a scanner reads, on every screen. */
export function reads(here) {
  showing = here;
}

function type(here, key) {
  here.code = (here.code + key).slice(0, MOST).toUpperCase();
  here.problem = undefined;
  here.changed();
}

function erase(here) {
  here.code = here.code.slice(0, -1);
  here.changed();
}

/** A screen on which a code is entered; `enter` sends it. `spelled`: the code as it is shown. */
export function codePad(here, { title, where, label, verb, act, enter, spelled = here.code }) {
  here.enter = enter;
  const { words, code, touch, go } = here;
  const leave = () => {
    here.code = "";
    go("home");
  };
  return html`
    <div class="question"><h1 tabindex="-1">${title}</h1><p>${where}</p></div>
    <output class="code" aria-label=${label} aria-live="polite">${spelled
      || html`<span class="soft" aria-hidden="true">––––––</span>`}</output>
    ${problemNotice(here)}
    <div class="keypad" role="group" aria-label=${words.text("kiosk-keypad")}>
      ${KEYS.map((key) =>
        html`<button type="button" class="button" data-key=${key} @click=${() => type(here, key)}>${key}</button>`)}
    </div>
    <div class="choices">
      <button type="button" class="button primary" data-act=${act} ?disabled=${!code || touch.busy}
        aria-busy=${touch.going("code")}
        @click=${enter}>${verb}</button>
      <button type="button" class="button" data-act="erase" ?disabled=${!code}
        @click=${() => erase(here)}>${words.text("kiosk-erase")}</button>
      <button type="button" class="button" data-act="back" @click=${leave}>${words.text("common-back")}</button>
      ${helpButton(here)}
    </div>${nothing}`;
}

export function codeScreen(here) {
  const { words, checkIn } = here;
  return codePad(here, { title: words.text("kiosk-code-title"), where: words.text("kiosk-code-where"),
    label: words.text("kiosk-code"), verb: words.text("kiosk-check-in"), act: "check-in", enter: checkIn });
}
