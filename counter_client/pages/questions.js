/**
 * Questions of the counter page before a press: where to, how long, which service. Each function returns a question for
 * the dialog; the answer becomes exactly one command.
 */

import { html, nothing } from "/static/lit.js";
import { named } from "/static/say.js";
import { instantOf, minutesField, reasonOf, tick } from "/static/staff/fields.js";
import { may, mayTicket } from "/static/staff/may.js";
import { question } from "/static/staff/staff.js";
import { counterStands, reasonName } from "/static/staff/wording.js";
import { MOST_PERSONS } from "/static/terms.js";
import { seenText } from "./case.js";

const CHANNELS = ["counter", "phone", "mail", "question"];
const LATER = [5, 10, 15, 20, 30, 45, 60, 90];
const BREAKS = [5, 10, 15, 20, 30, 45, 60];

const radio = (name, value, text, checked = false) => tick(name, value, text, checked, "radio");

const group = (legend, choices) => html`<fieldset><legend>${legend}</legend>${choices}</fieldset>`;

const services = (here, name, { kind, checked = () => false, wanted = () => true }) =>
  here.board.services.filter((service) => wanted(service.id))
    .map((service) => tick(name, service.id, named(service.names, here.language), checked(service.id), kind));

/** Where a ticket can go, what makes sense first: open counters, other services; then its own, and closed counters. */
function targets({ board, rest }, ticket) {
  const has = ({ id }) => ticket.services.includes(id);
  const faces = rest.colleagues();
  return {
    colleagues: faces.filter((face) => face.state !== "closed"), shut: faces.filter((face) => face.state === "closed"),
    others: board.services.filter((service) => !has(service)), own: board.services.filter(has),
  };
}

/** Transfer of a ticket to a service, a counter or a station (only the ticket I serve); at once or not before a
 * time. */
export function transferQuestion(here, ticket) {
  const { words, board, ask, live, send } = here;
  const held = board.current?.ticket === ticket.id;
  const can = held ? may(board, "transfer_ticket") : mayTicket(board, ticket, "transfer_ticket");
  const { colleagues, shut, others, own } = targets(here, ticket);
  const stations = held && may(board, "send_to_station") ? board.stations : [];
  const act = (form) => {
    const [kind, id] = String(form.get("to") ?? "").split("/");
    if (!id) return;
    const label = words.text("counter-act-transfer");
    if (kind === "station")
      return send("transfer", label, { type: "send_to_station", counter: board.counter.id, station: id });
    const later = instantOf(form, "later", "not_before", live.clock);
    send("transfer", label, { type: "transfer_ticket", ticket: ticket.id, [`to_${kind}`]: id, ...later });
  };
  const toCounters = (legend, faces) => (faces.length ? group(words.text(legend), faces.map((face) =>
    radio("to", `counter/${face.id}`, html`${face.label}
      <span class="soft small">${counterStands(words, face, here.zone, board.break_reasons, here.language)}</span>`)))
    : nothing);
  const toServices = (legend, found) => (found.length ? group(words.text(legend), found.map((service) =>
    radio("to", `service/${service.id}`, named(service.names, here.language)))) : nothing);
  const body = html`
    ${toCounters("counter-to-counter", colleagues)}
    ${toServices("counter-to-service", others)}
    ${stations.length ? group(words.text("counter-to-station"), stations.map((one) =>
    radio("to", `station/${one.id}`, named(one.names, here.language)))) : nothing}
    ${toServices("counter-to-same-service", own)} ${toCounters("counter-to-closed", shut)}
    ${minutesField(words, "later", words.text("counter-not-before-label"), words.text("counter-now"), LATER)}`;
  return question({ words, ask, title: words.text("counter-transfer-title", { number: ticket.number }), body,
    verb: can ? words.text("counter-act-transfer") : undefined, act });
}

/** "Not here" before any screen has shown the call: whom it is about cannot know of it. */
export function missedQuestion(here) {
  const { words, board, ask, send } = here;
  const mine = { counter: board.counter.id };
  const miss = () => send("missed", words.text("counter-act-missed"), { type: "mark_missed", ...mine });
  const again = () => {
    ask.close();
    send("repeat", words.text("counter-act-repeat"), { type: "repeat_call", ...mine });
  };
  const body = html`<p>${seenText(here)}</p>
    ${may(board, "repeat_call") ? html`<p><button type="button" class="button" data-offer="repeat" @click=${again}>
      ${words.text("counter-act-repeat")}</button></p>` : nothing}`;
  return question({ words, ask, title: words.text("counter-missed-title", { number: board.current.number }), body,
    verb: may(board, "mark_missed") ? words.text("counter-act-missed") : undefined, act: miss });
}

/** A break: its reason from the office's list, and when I am back. */
export function pauseQuestion(here) {
  const { words, board, ask, live, send, language } = here;
  const act = (form) => {
    const back = instantOf(form, "back", "back_at", live.clock);
    send("pause", words.text("counter-act-pause"),
      { type: "pause_counter", counter: board.counter.id, ...reasonOf(form), ...back });
  };
  const body = html`
    ${board.break_reasons.length ? group(words.text("counter-pause-reason"), board.break_reasons.map((one, index) =>
    radio("reason", one.id, reasonName(board.break_reasons, one.id, language), index === 0))) : nothing}
    ${minutesField(words, "back", words.text("counter-back-in"), words.text("counter-back-open"), BREAKS)}`;
  const title = words.text(board.current ? "counter-pause-after-title" : "counter-pause-title");
  const verb = may(board, "pause_counter") ? words.text("counter-act-pause") : undefined;
  return question({ words, ask, title, body, verb, act });
}

/** Somebody without a ticket: served at once. */
export function directQuestion(here) {
  const { words, board, ask, send } = here;
  const act = (form) => {
    const persons = Number(form.get("persons"));
    const wanted = form.getAll("service").map(String);
    if (!wanted.length) return;
    const channel = String(form.get("channel"));
    const more = { ...(persons > 1 ? { persons } : {}), ...(channel === CHANNELS[0] ? {} : { channel }) };
    send("direct", words.text("counter-act-direct"),
      { type: "serve_direct", counter: board.counter.id, services: wanted, ...more });
  };
  const own = (id) => board.counter.services.includes(id);
  const body = html`
    ${group(words.text("counter-services"),
      services(here, "service", { kind: "checkbox", wanted: own, checked: (id) => id === board.counter.services[0] }))}
    ${group(words.text("counter-channel"), CHANNELS.map((one, index) =>
      radio("channel", one, words.text(`staff-channel-${one}`), index === 0)))}
    <p class="field"><label for="persons">${words.text("counter-persons")}</label>
      <input id="persons" name="persons" type="number" min="1" max=${MOST_PERSONS} value="1"></p>`;
  return question({ words, ask, title: words.text("counter-direct-title"), body,
    verb: may(board, "serve_direct") ? words.text("counter-act-direct") : undefined, act });
}

/** More services that the person at the counter wants. */
export function servicesQuestion(here) {
  const { words, board, ask, send } = here;
  const has = (id) => board.current.services.includes(id);
  const act = (form) => {
    const added = form.getAll("service").map(String);
    if (!added.length) return;
    send("services", words.text("counter-add-service"),
      { type: "set_services", ticket: board.current.ticket, services: [...board.current.services, ...added] });
  };
  const body = group(words.text("counter-services"),
    services(here, "service", { kind: "checkbox", wanted: (id) => !has(id) }));
  return question({ words, ask, title: words.text("counter-add-title", { number: board.current.number }), body,
    verb: may(board, "set_services") ? words.text("counter-add-verb") : undefined, act });
}

/** Ends the visit although its service was not done. */
export function withoutQuestion(here) {
  const { words, board, ask, send } = here;
  const act = (form) => send("without", words.text("counter-act-without"), {
    type: "finish_service", counter: board.counter.id, outcome: String(form.get("outcome")),
  });
  const body = group(words.text("counter-outcome"), [
    radio("outcome", "not_possible", words.text("counter-outcome-not-possible"), true),
    radio("outcome", "left", words.text("counter-outcome-left")),
  ]);
  return question({ words, ask, title: words.text("counter-without-title", { number: board.current.number }), body,
    verb: may(board, "finish_service") ? words.text("counter-act-without") : undefined, act });
}
