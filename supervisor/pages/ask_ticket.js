/** The dialog for one ticket: bring it forward, pass it on, give priority, bring it back, print it, cancel it. */

import { html, nothing } from "/static/lit.js";
import { named, span, timeOfDay, wait } from "/static/say.js";
import { mayTicket } from "/static/staff/may.js";
import { question } from "/static/staff/staff.js";
import { counterStands, marks, otherCategory, serviceNames, since, whyText } from "/static/staff/wording.js";
import { languageName } from "/static/words.js";
import { formOf, whyUntil, withWhy } from "./why_until.js";

const BOOSTS = [10, 20, 30, -10];

/** Acts that need only one press: [[name, command], ...]. */
function offers(board, ticket) {
  const found = [];
  const may = (type) => mayTicket(board, ticket, type);
  for (const minutes of may("boost_ticket") ? BOOSTS : [])
    found.push([minutes > 0 ? "earlier" : "later", { type: "boost_ticket", ticket: ticket.id, minutes }]);
  found.push(...otherCategory(board, ticket));
  if (may("return_ticket")) found.push(["return", { type: "return_ticket", ticket: ticket.id }]);
  if (may("print_ticket")) found.push(["print", { type: "print_ticket", ticket: ticket.id }]);
  if (may("cancel_ticket")) found.push(["cancel", { type: "cancel_ticket", ticket: ticket.id }]);
  return found;
}

/** @param {object} opened the row as it was when its card was opened; used only if the ticket has left the board */
export function ticketQuestion(here, opened) {
  const { words, board, ask, send } = here;
  const ticket = board.tickets.find((one) => one.id === opened.id) ?? opened;
  const transfers = mayTicket(board, ticket, "transfer_ticket");
  const press = (label, command) => {
    ask.close();
    send(`ticket-${ticket.id}`, `${ticket.number}: ${label}`, command);
  };
  const act = (form) => {
    const [kind, id] = String(form.get("to") ?? "").split("/");
    if (id) press(words.text("supervisor-transfer"),
      { type: "transfer_ticket", ticket: ticket.id, [`to_${kind}`]: id });
  };
  const body = html`${facts(here, ticket)}
    ${mayTicket(board, ticket, "boost_ticket") ? whyUntil(here, "reason", "supervisor-until-never") : nothing}
    <p class="offers">${offers(board, ticket).map(([name, command]) => {
    const label = words.text(`supervisor-ticket-${name}`, { minutes: Math.abs(command.minutes ?? 0) });
    return html`<button type="button" class="button ${name === "cancel" ? "danger" : ""}" data-offer=${command.minutes
      ? `boost${command.minutes}` : name}
      @click=${(event) => press(label, command.type === "boost_ticket" ? withWhy(here, formOf(event), command)
        : command)}>${label}</button>`;
  })}</p>
    ${transfers ? transferField(here) : nothing}`;
  const title = html`<span class="number">${ticket.number}</span>`;
  return question({ words, ask, title, body, verb: transfers ? words.text("supervisor-transfer") : undefined, act });
}

function transferField({ words, board, language, zone }) {
  return html`<p class="field"><label for="to">${words.text("supervisor-transfer-to")}</label><select id="to" name="to">
    <optgroup label=${words.text("supervisor-service")}>${board.services.map((service) =>
      html`<option value="service/${service.id}">${named(service.names, language)}</option>`)}</optgroup>
    <optgroup label=${words.text("supervisor-counter")}>${board.counters.map((face) =>
      html`<option value="counter/${face.id}">${face.label}
      (${counterStands(words, face, zone, board.break_reasons, language)})</option>`)}</optgroup>
  </select></p>`;
}

function facts({ words, board, live, zone, language }, ticket) {
  const left = ticket.not_before ? Date.parse(ticket.not_before) - live.clock.now() : 0;
  const said = [
    ["supervisor-service", serviceNames(board.services, ticket.services, language)],
    ["supervisor-state", words.text(`supervisor-state-${ticket.state}`)],
    ["supervisor-waited", since(words, live.clock, ticket.waiting_since)],
    ["supervisor-left", wait(words, ticket.expected) ?? ""],
    ["supervisor-place", whyText(words, ticket.why_order, live.clock.now(), zone)],
    ["supervisor-marks", marks(words, ticket).join(", ")],
    ["supervisor-language", ticket.language ? languageName(ticket.language) : ""],
    ["supervisor-slot", ticket.slot ? timeOfDay(words, ticket.slot, zone) : ""],
    ["supervisor-not-before", left > 0 ? span(words, left) : ""],
    ["supervisor-misses", ticket.misses ? String(ticket.misses) : ""],
  ];
  return html`<dl class="facts">${said.filter(([, text]) => text)
    .map(([id, text]) => html`<div><dt>${words.text(id)}</dt><dd>${text}</dd></div>`)}</dl>`;
}
