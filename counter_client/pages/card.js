/**
 * The card of one ticket in a list: what is known about it, and a button for everything a clerk may do with it.
 */

import { html, nothing } from "/static/lit.js";
import { timeOfDay } from "/static/say.js";
import { mayTicket, stateOf } from "/static/staff/may.js";
import { question } from "/static/staff/staff.js";
import { marks, otherCategory, serviceNames, since } from "/static/staff/wording.js";
import { NEEDS } from "/static/terms.js";
import { languageName } from "/static/words.js";
import { noteField } from "./notes.js";

/** Commands for a line, as the board says: [[label id, command], ...]. */
function offers(board, line) {
  const found = [];
  const may = (type) => mayTicket(board, line, type);
  if (may("call_ticket")) {
    const finish = board.current ? { finish_current: true } : {};
    found.push([finish.finish_current ? "call-finish" : "call",
      { type: "call_ticket", counter: board.counter.id, ticket: line.id, ...finish }]);
  }
  if (may("resume_ticket"))
    found.push(["resume-ticket", { type: "resume_ticket", counter: board.counter.id, ticket: line.id }]);
  if (may("return_ticket")) found.push(["return", { type: "return_ticket", ticket: line.id }]);
  if (stateOf(line) === "waiting" && may("pause_ticket"))
    found.push(["away", { type: "pause_ticket", ticket: line.id }]);
  found.push(...otherCategory(board, line));
  if (may("print_ticket")) found.push(["print", { type: "print_ticket", ticket: line.id }]);
  if (may("cancel_ticket")) found.push(["cancel", { type: "cancel_ticket", ticket: line.id }]);
  return found;
}

const kindOf = (id, index) => (id === "cancel" ? "danger" : index === 0 && id !== "away" ? "primary" : "");

function fact(words, name, said) {
  return said ? html`<div><dt>${words.text(name)}</dt><dd>${said}</dd></div>` : nothing;
}

/** Reception chooses a printer (`printField`), writes no notes for colleagues, and passes no ticket on.
 * @param {object} line a row of the board, as it was when the card was opened */
export function ticketCard(here, line) {
  const { words, board, ask, live, zone, language, send, askTransfer, notes, printField } = here;
  const press = (label, command) => {
    ask.close();
    send(`card-${command.type}`, `${line.number}: ${label}`, command);
  };
  const offered = offers(board, line).filter(([id]) => id !== "print" || !printField);
  const body = html`
    <dl class="facts">
      ${fact(words, "counter-services", serviceNames(board.services, line.services, language, line.quantities))}
      ${fact(words, "counter-marks", marks(words, line).join(", "))}
      ${fact(words, "counter-language", line.language ? languageName(line.language) : "")}
      ${fact(words, "counter-waited", since(words, live.clock, line.waiting_since))}
      ${fact(words, "counter-slot", line.slot ? timeOfDay(words, line.slot, zone) : "")}
      ${fact(words, "counter-misses", line.misses ? String(line.misses) : "")}
    </dl>
    <p class="offers">${offered.map(([id, command], index) => {
    const label = words.text(`counter-act-${id}`, { minutes: board.away_minutes });
    return html`<button type="button" class="button ${kindOf(id, index)}" data-offer=${id}
      @click=${() => press(label, command)}>${label}</button>`;
  })}
      ${askTransfer && mayTicket(board, line, "transfer_ticket") ? html`<button type="button" class="button"
        data-offer="transfer"
        @click=${() => askTransfer(line)}>${words.text("counter-act-transfer")} …</button>` : nothing}
    </p>
    ${printField ? printField(here, line) : nothing}
    ${notes ? noteField(here, line) : nothing}
    ${mayTicket(board, line, "set_needs") ? needsField(here, line, press) : nothing}`;
  const title = html`<span class="number">${line.number}</span>`;
  return question({ words, ask, title, body });
}

function needsField({ words }, line, press) {
  const keep = (event) => {
    const form = new FormData(event.target.closest("form"));
    press(words.text("counter-needs"), { type: "set_needs", ticket: line.id, needs: form.getAll("need").map(String) });
  };
  return html`<fieldset><legend>${words.text("counter-needs")}</legend>
    ${NEEDS.map((need) =>
      html`<label class="tick"><input type="checkbox" name="need" value=${need}
      ?checked=${(line.needs ?? []).includes(need)}>
      <span>${words.text(`staff-need-${need}`)}</span></label>`)}
    <button type="button" class="button" data-offer="needs" @click=${keep}>${words.text("counter-needs-keep")}</button>
  </fieldset>`;
}

