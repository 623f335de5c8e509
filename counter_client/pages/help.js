/**
 * The dialog behind "?": the keys that work now, a switch for keys, and the colours of this machine's screen.
 */

import { html } from "/static/lit.js";
import { question } from "/static/staff/staff.js";
import { THEMES, wear } from "/static/staff/theme.js";
import * as desktop from "./desktop.js";
import { KEYS } from "./lists.js";

/** @param {[string, string][]} known keys and what they do now */
export function helpQuestion({ words, ask, changed }, keys, known) {
  const rows = [...known, ["U", words.text("staff-undo")],
    [words.text("staff-alarm-keys"), words.text("staff-alarm")],
    ...Object.entries(KEYS).map(([key, name]) => [key, words.text(`counter-list-${name}`)]),
      ["?", words.text("counter-help")]];
  const theme = document.documentElement.dataset.theme;
  const body = html`
    <table class="keys"><caption class="visually-hidden">${words.text("counter-keys")}</caption>
      <tbody>${rows.map(([key, does]) =>
        html`<tr><th scope="row"><kbd>${key === "Enter" ? "↵" : key}</kbd></th><td>${does}</td></tr>`)}</tbody></table>
    <label class="tick"><input type="checkbox" name="keys" ?checked=${keys.on}
      @change=${(event) => { keys.on = event.target.checked; }}>
      <span>${words.text("counter-keys-on")}</span></label>
    ${desktop.possible() ? html`<label class="tick"><input type="checkbox" name="desktop"
      .checked=${desktop.wanted()} @change=${(event) => desktop.want(event.target.checked).then(changed)}>
      <span>${words.text("counter-desktop")}</span></label>` : html`<p class="soft small">${
    words.text("counter-desktop-insecure")}</p>`}
    <fieldset><legend>${words.text("counter-theme")}</legend>
      ${THEMES.map((one) =>
        html`<label class="tick"><input type="radio" name="theme" value=${one} ?checked=${one === theme}
        @change=${() => wear(one)}><span>${words.text(`counter-theme-${one}`)}</span></label>`)}</fieldset>`;
  return question({ words, ask, title: words.text("counter-keys"), body });
}
