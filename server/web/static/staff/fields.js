/** Form fields of the dialogs for staff, and how to read them. Used by the counter page and the supervisor's table. */

import { html } from "/static/lit.js";
import { span } from "/static/say.js";
import { MINUTE } from "/static/terms.js";
import { minutesOn } from "./wording.js";

/** A choice of one of these [value, text] pairs, or of none. @param {string} [chosen] the value that is chosen first */
export const selectField = (id, label, none, choices, chosen = "") => html`<p class="field">
  <label for=${id}>${label}</label><select id=${id} name=${id}><option value="">${none}</option>
    ${choices.map(([value, text]) =>
    html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}</select></p>`;

/** A choice of one of these lengths in minutes. @param {(span: string) => string} [say] the text of a choice */
export const minutesField = (words, id, label, none, steps, say = (one) => one) =>
  selectField(id, label, none, steps.map((minutes) => [minutes, say(span(words, minutes * MINUTE))]));

/** {[name]: instant} for the chosen length, or {}. */
export const instantOf = (form, field, name, clock) =>
  form.get(field) ? { [name]: minutesOn(clock, Number(form.get(field))) } : {};

/** {reason} as chosen, or {}. */
export const reasonOf = (form) => (form.get("reason") ? { reason: String(form.get("reason")) } : {});

export const tick = (name, value, text, checked = false, kind = "checkbox") => html`<label class="tick">
  <input type=${kind} name=${name} value=${value} ?checked=${checked}><span>${text}</span></label>`;
