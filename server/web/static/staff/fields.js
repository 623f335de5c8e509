/** Fields of the questions staff are asked, and what a form says in them. Used by the counter page and the supervisor's
 * table. */

import { html } from "/static/lit.js";
import { span } from "/static/say.js";
import { minutesOn } from "./wording.js";

/** A choice among [value, text] pairs, or none of them. */
export const selectField = (id, label, none, choices) => html`<p class="field"><label for=${id}>${label}</label>
  <select id=${id} name=${id}><option value="">${none}</option>
    ${choices.map(([value, text]) => html`<option value=${value}>${text}</option>`)}</select></p>`;

/** A length of time: one of these minutes. @param {(span: string) => string} [say] how a choice reads */
export const minutesField = (words, id, label, none, steps, say = (one) => one) =>
  selectField(id, label, none, steps.map((minutes) => [minutes, say(span(words, minutes * 60_000))]));

/** {[name]: instant} of a chosen length, or nothing. */
export const instantOf = (form, field, name, clock) =>
  form.get(field) ? { [name]: minutesOn(clock, Number(form.get(field))) } : {};

/** {reason} as chosen, or nothing. */
export const reasonOf = (form) => (form.get("reason") ? { reason: String(form.get("reason")) } : {});

export const tick = (name, value, text, checked = false, kind = "checkbox") => html`<label class="tick">
  <input type=${kind} name=${name} value=${value} ?checked=${checked}><span>${text}</span></label>`;
