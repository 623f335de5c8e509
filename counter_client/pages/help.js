/**
 * The dialog behind "?": all keys, each with a button to take another one, a switch for keys, notifications of the
 * desktop, and the colours of this machine's screen.
 */

import { html, nothing } from "/static/lit.js";
import { question } from "/static/staff/staff.js";
import { THEMES, wear } from "/static/staff/theme.js";
import { everyKey } from "./acts.js";
import * as desktop from "./desktop.js";
import { KEYS } from "./lists.js";
import { openStrip } from "./strip.js";

let learning; // the default key for which the next key that is pressed is taken

/** All keys, whatever the counter's state; those that do something now are said in bold. @param {Set<string>} now */
export function helpQuestion(here, keys, now) {
  const { words, changed } = here;
  const label = (id) => words.text(id === "undo" ? "staff-undo" : `counter-act-${id}`);
  const rows = Object.entries(everyKey()).map(([key, ids]) => [key, ids.map(label).join(" · ")]);
  rows.push(...Object.entries(KEYS).map(([key, name]) => [key, words.text(`counter-list-${name}`)]));
  const strip = html`<button type="button" class="button" data-act="strip" @click=${openStrip}>
    ${words.text("counter-strip")}</button>`;
  const told = desktop.possible() ? html`<label class="tick"><input type="checkbox" name="desktop"
      .checked=${desktop.wanted()} @change=${(event) => desktop.want(event.target.checked).then(changed)}>
      <span>${words.text("counter-desktop")}</span></label>` : html`<p class="soft small">${
    words.text("counter-desktop-insecure")}</p>`;
  return keysQuestion(here, keys, rows, now, { strip, told });
}

/** The same for any page of staff. @param {[string, string][]} rows each key by default, and what it does
 * @param {Set<string>} now those that do something now
 * @param {object} [more] what else one page has: `strip`, a button, and `told`, a tick */
export function keysQuestion({ words, ask, changed }, keys, rows, now, { strip = nothing, told = nothing } = {}) {
  const all = rows.map(([key]) => key);
  const learn = (key) => {
    learning = key;
    changed();
    keys.learn((letter) => {
      learning = undefined;
      if (letter && ask.isOpen) keys.change(key, letter, all);
      changed();
    });
  };
  const row = ([key, does]) => html`<tr><th scope="row"><kbd>${shown(keys.shown(key))}</kbd></th>
    <td>${now.has(key) ? html`<b>${does}</b>` : does}</td>
    <td>${key === "Enter" ? nothing : html`<button type="button" class="button plain" data-learn=${key}
      aria-label=${words.text("counter-key-change-of", { act: does })} @click=${() => learn(key)}>${words.text(
        learning === key ? "counter-key-press" : "counter-key-change")}</button>`}</td></tr>`;
  const theme = document.documentElement.dataset.theme;
  const body = html`
    <table class="keys"><caption class="visually-hidden">${words.text("counter-keys")}</caption>
      <tbody>${rows.map(row)}
        <tr><th scope="row"><kbd>${words.text("staff-alarm-keys")}</kbd></th>
          <td>${words.text("staff-alarm")}</td><td></td></tr>
        <tr><th scope="row"><kbd>?</kbd></th><td>${words.text("counter-help")}</td><td></td></tr></tbody></table>
    <p class="offers">${strip}
      <button type="button" class="button" data-act="reset-keys" @click=${() => { keys.reset(); changed(); }}>
      ${words.text("counter-keys-reset")}</button></p>
    <label class="tick"><input type="checkbox" name="keys" ?checked=${keys.on}
      @change=${(event) => { keys.on = event.target.checked; }}>
      <span>${words.text("counter-keys-on")}</span></label>
    ${told}
    <fieldset><legend>${words.text("counter-theme")}</legend>
      ${THEMES.map((one) =>
        html`<label class="tick"><input type="radio" name="theme" value=${one} ?checked=${one === theme}
        @change=${() => wear(one)}><span>${words.text(`counter-theme-${one}`)}</span></label>`)}</fieldset>`;
  return question({ words, ask, title: words.text("counter-keys"), body });
}

const shown = (key) => (key === "Enter" ? "↵" : key);
