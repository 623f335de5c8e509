/**
 * Questions of reception: for what is the number, and what should be known about whom it is for; which code has the
 * appointment. In the first one the key of a service is its letter, that of a need a digit: N, A, Enter gives out a
 * number.
 */

import { html, nothing } from "/static/lit.js";
import { named } from "/static/say.js";
import { selectField } from "/static/staff/fields.js";
import { may } from "/static/staff/may.js";
import { question, tell } from "/static/staff/staff.js";
import { MOST_PERSONS, NEEDS } from "/static/terms.js";
import { languageName } from "/static/words.js";
import { keptPrinter, keepPrinter, printerField } from "./desk_print.js";

const PRIORITY = "0";
const LONGEST_CODE = 16;
const TYPING = "input:not([type=checkbox]), select";

const box = (name, value, key, text, checked = false) => html`<label class="tick"><input type="checkbox" name=${name}
  value=${value} data-key=${key} ?checked=${checked}><span><kbd aria-hidden="true">${key}</kbd> ${text}</span></label>`;

/** A letter or digit ticks its box, wherever in the question it is typed; not in a field for text. */
function typed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest(TYPING)) return;
  const key = event.key.toUpperCase();
  const found = [...event.currentTarget.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === key);
  if (!found) return;
  event.preventDefault();
  found.focus();
  found.click();
}

/** @param {string} [first] the service whose button was pressed */
export function drawQuestion(here, first) {
  const { words, board, ask, language } = here;
  const body = html`<div class="drawn" @keydown=${typed}>
    <fieldset><legend>${words.text("counter-services")}</legend>${board.services.map((service) =>
      box("service", service.id, service.letter.toUpperCase(), named(service.names, language), service.id === first))}
    </fieldset>
    <fieldset><legend>${words.text("desk-mind")}</legend>
      ${NEEDS.map((need, index) => box("need", need, String(index + 1), words.text(`staff-need-${need}`)))}
      ${box("priority", "yes", PRIORITY, html`${words.text("staff-category-priority")}
        <span class="soft small">${words.text("desk-priority-means")}</span>`)}</fieldset>
    <div class="side-by-side">
      <p class="field"><label for="persons">${words.text("counter-persons")}</label>
        <input id="persons" name="persons" type="number" min="1" max=${MOST_PERSONS} value="1"></p>
      ${board.languages.length > 1 ? selectField("language", words.text("counter-language"),
        languageName(board.languages[0]), board.languages.slice(1).map((one) => [one, languageName(one)])) : nothing}
      ${printerField(here, "printer", keptPrinter(board), words.text("desk-no-paper"))}</div></div>`;
  const verb = may(board, "issue_ticket") ? words.text("desk-give") : undefined;
  return question({ words, ask, title: words.text("desk-draw"), body, verb, act: (form) => give(here, form) });
}

async function give(here, form) {
  const services = form.getAll("service").map(String);
  if (!services.length) {
    tell(here.words.text("desk-which"));
    return here.askFor.draw();
  }
  const [needs, persons] = [form.getAll("need").map(String), Number(form.get("persons"))];
  const [language, printer] = [form.get("language"), String(form.get("printer") ?? "")];
  keepPrinter(printer);
  const done = await here.send("draw", here.words.text("desk-draw"), {
    type: "issue_ticket", services,
    ...(form.get("priority") ? { category: "priority" } : {}), ...(needs.length ? { needs } : {}),
    ...(persons > 1 ? { persons } : {}), ...(language ? { language: String(language) } : {}),
    ...(printer ? { printer } : {}),
  });
  return here.give(done, printer);
}

/** Somebody with an appointment is here: the code of their confirmation, in whichever way it is written. */
export function checkInQuestion(here) {
  const { words, board, ask, send } = here;
  const act = async (form) => {
    const code = String(form.get("code")).trim();
    if (code) here.give(await send("check-in", words.text("desk-check-in"), { type: "check_in", code }));
  };
  const body = html`<p class="field"><label for="code">${words.text("desk-code")}</label>
    <input id="code" name="code" required maxlength=${LONGEST_CODE} autocomplete="off" autocapitalize="characters"
      spellcheck="false"></p>`;
  const verb = may(board, "check_in") ? words.text("desk-check-in") : undefined;
  return question({ words, ask, title: words.text("desk-check-in"), body, verb, act });
}
