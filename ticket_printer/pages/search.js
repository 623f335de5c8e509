/** Finds a service by letters, where there are too many to read: keys on the screen, of the alphabet of the language
 * that was chosen, and whatever a keyboard types. */

import { html, nothing } from "/static/lit.js";
import { named } from "/static/say.js";
import { helpButton } from "./help.js";
import { serviceButton } from "./services.js";

const LONGEST = 30;
let showing; // the screen that gets the typed letters

addEventListener("keydown", (event) => {
  if (showing?.screen !== "search" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Backspace") erase(showing);
  else if (/^\p{L}$/u.test(event.key)) type(showing, event.key);
});

/** The same letter for search, however it is written: "Ä" and "ä", with or without its marks. */
const plain = (text) => text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

function type(here, letter) {
  here.search = (here.search + letter).slice(0, LONGEST);
  here.changed();
}

function erase(here) {
  here.search = [...here.search].slice(0, -1).join("");
  here.changed();
}

const textOf = (service, language) => plain(`${named(service.names, language)} ${named(service.hints, language)}`);

export function searchScreen(here) {
  showing = here;
  const { words, board, search, go } = here;
  const texts = new Map(board.services.map((service) => [service, textOf(service, words.language)]));
  const found = board.services.filter((service) => texts.get(service).split(/[^\p{L}\p{N}]+/u)
    .some((word) => word.startsWith(plain(search))));
  const letters = [...new Set([...texts.values()].join("").match(/\p{L}/gu) ?? [])].sort((one, other) =>
    one.localeCompare(other, words.lang));
  return html`
    <div class="question"><h1 tabindex="-1">${words.text("kiosk-search-title")}</h1></div>
    <output class="code" aria-label=${words.text("kiosk-search-typed")} aria-live="polite">${search
      || html`<span class="soft" aria-hidden="true">–</span>`}</output>
    <div class="keypad" role="group" aria-label=${words.text("kiosk-keypad")}>${letters.map((letter) =>
    html`<button type="button" class="button" data-key=${letter} @click=${() => type(here, letter)}>${
      letter.toLocaleUpperCase(words.lang)}</button>`)}</div>
    <p role="status">${words.text("kiosk-search-found", { count: search ? found.length : board.services.length })}</p>
    <div class="services many found" tabindex="0" role="region" aria-label=${words.text("kiosk-question")}>${search
      ? found.map((service) => serviceButton(here, service)) : nothing}</div>
    <div class="choices">
      <button type="button" class="button" data-act="erase" ?disabled=${!search}
        @click=${() => erase(here)}>${words.text("kiosk-erase")}</button>
      <button type="button" class="button" data-act="back" @click=${() => { here.search = ""; go("home"); }}>${
    words.text("common-back")}</button>
      ${helpButton(here)}</div>`;
}
