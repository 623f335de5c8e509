/**
 * Texts for staff about tickets, services and counters: turns codes of the board into words. Pure functions over Words.
 * Used by the counter page and the supervisor's table.
 */

import { millis } from "/static/clock.js";
import { named, span, timeOfDay } from "/static/say.js";
import { MINUTE } from "/static/terms.js";
import { mayTicket } from "./may.js";

/** The name of a service in a board's list; its id if the list does not have it. */
export function serviceName(services, id, language) {
  const found = services.find((service) => service.id === id);
  return found ? named(found.names, language) || found.letter : id;
}

/** Names of services. `quantities`: how many of one, where it is more than one. */
export const serviceNames = (services, ids, language, quantities = {}) => ids.map((id) =>
  `${quantities?.[id] > 1 ? `${quantities[id]} × ` : ""}${serviceName(services, id, language)}`).join(" · ");

/** The name of `code` in a list of {id, names}; the code itself if the list does not have it. */
export function reasonName(reasons, id, language) {
  const found = (reasons ?? []).find((reason) => reason.id === id);
  return found ? named(found.names, language) : id;
}

/** A reason in the words of the office file, else in ours, else its code. */
export function reasonText(words, board, code, language) {
  const id = `staff-reason-${code}`;
  return board.reasons.some((one) => one.id === code) || !words.has(id) ? reasonName(board.reasons, code, language)
    : words.text(id);
}

const AUTHORS = ["supervisor", "rule", "system"];

/** Who made a move: a role, or a rule by its name; never a person. */
export function author(here, by) {
  const [role, name] = by.split(":");
  if (role === "rule") return ruleName(here, name);
  return here.words.text(`supervisor-by-${AUTHORS.includes(role) ? role : "other"}`);
}

/** What a rule is called: the wait that it watches. */
function ruleName({ words, board, language }, id) {
  const rule = board.rules.find((one) => one.id === id);
  if (!rule) return words.text(id === "close_intake" ? "supervisor-by-closing" : "supervisor-by-rule");
  return words.text("supervisor-by-rule-named", { service: serviceName(board.services, rule.service, language),
    over: rule.over_minutes });
}

/** Why this ticket is next: "am längsten gewartet", "Termin in 3 Minuten". */
export function whyText(words, why, now, zone) {
  if (!why) return "";
  const id = `staff-why-${why.code}`;
  if (why.slot) {
    const minutes = Math.round((millis(why.slot) - now) / MINUTE);
    if (minutes > 0) return words.text("staff-why-slot-in", { minutes });
    return words.text("staff-why-slot-at", { time: timeOfDay(words, why.slot, zone) });
  }
  return words.has(id) ? words.text(id) : why.code;
}

/** What a counter must know about somebody: needs, language, priority, number of persons; never a reason for needs. */
export function marks(words, line) {
  const found = (line.needs ?? []).map((need) => words.text(`staff-need-${need}`));
  if ((line.category ?? "walk_in") !== "walk_in") found.unshift(words.text(`staff-category-${line.category}`));
  if ((line.channel ?? "counter") !== "counter") found.push(words.text(`staff-channel-${line.channel}`));
  if (line.persons > 1) found.push(words.text("staff-persons", { count: line.persons }));
  return found;
}

/** The act that gives a ticket priority, or takes it away: [[label, command]]. An appointment has its own place in the
 * order, and neither would bring it forward. */
export function otherCategory(board, ticket) {
  const { id, category } = ticket;
  if (category === "appointment" || !mayTicket(board, ticket, "set_category")) return [];
  const [name, wanted] = category === "priority" ? ["no-priority", "walk_in"] : ["priority", "priority"];
  return [[name, { type: "set_category", ticket: id, category: wanted }]];
}

/** The state of a counter: "seit 2 min", "Pause bis 11:00 (Mittag)". `reasons`: names of breaks, if the board has
 * them. */
export function counterStands(words, face, zone, reasons, language) {
  if (face.current)
    return words.text(`staff-counter-${face.current_state === "called" ? "calls" : "serves"}`,
    { number: face.current });
  if (face.state === "paused" && face.back_at)
    return words.text("staff-counter-paused-until", { time: timeOfDay(words, face.back_at, zone) });
  if (face.state === "paused" && face.reason)
    return words.text("staff-counter-paused-for", { reason: reasonName(reasons, face.reason, language) });
  return words.text(face.state === "open" ? "staff-counter-free" : `staff-counter-${face.state}`);
}

/** Time since an instant: "12 min"; empty without an instant. */
export const since = (words, clock, instant) => (instant ? span(words, clock.since(instant)) : "");

/** Everything a press did, from the board's `undo`: "A001 fertig, A002 aufgerufen"; "Schalter 1: jetzt auch Standesamt,
 * bis 14:33".
 * @param {string} [own] the label of this clerk's own counter, which is left out */
export const didText = (here, own) => (here.board.undo ? deedsText(here, here.board.undo.did, own) : "");

/** The same for any list of deeds, such as a row of the shift book. */
export function deedsText({ words, board, language, zone }, did, own) {
  const last = (deed, index) => !deed.number || !did.slice(index + 1).some((later) => later.number === deed.number);
  const loud = did.filter(last).filter((deed, _, all) => deed.type !== "counter_resumed" || all.length === 1);
  const said = loud.map((deed) => deedText({ words, board, language, zone }, deed, own)).filter(Boolean);
  return said.join(", ") || words.text("staff-did-something");
}

function deedText({ words, board, language, zone }, deed, own) {
  if (!words.has(`staff-did-${deed.type}`)) return "";
  const names = (ids) => serviceNames(board.services, ids, language);
  const changes = [deed.added.length && words.text("staff-did-gets", { services: names(deed.added) }),
    deed.removed.length && words.text("staff-did-loses", { services: names(deed.removed) })].filter(Boolean);
  const what = changes.length ? changes : [plainDeed({ words, board, language }, deed)];
  const until = deed.until ? [words.text("staff-did-until", { time: timeOfDay(words, deed.until, zone) })] : [];
  const about = deed.number ? "" : deed.service ? names([deed.service]) : deed.counter === own ? "" : deed.counter;
  return `${about ? `${about}: ` : ""}${[...what, ...until].join(", ")}`;
}

/** The deed with its details, if they are known: "2 Nummern nach Standesamt verschoben", else "Nummern verschoben". */
function plainDeed({ words, board, language }, deed) {
  const preset = `supervisor-preset-${deed.preset}`;
  const about = {
    number: deed.number ?? "", minutes: deed.minutes ?? "", count: deed.tickets ?? "",
    to: deed.to_service ? serviceName(board.services, deed.to_service, language) : "",
    helper: deed.helper ? reasonName(board.helpers, deed.helper, language) : "",
    preset: deed.preset && words.has(preset) ? words.text(preset) : deed.preset ?? "",
  };
  const whole = { tickets_moved: about.count && about.to, policy_set: about.preset, service_boosted: deed.minutes > 0 };
  return words.text(`staff-did-${deed.type}${whole[deed.type] ? "-known" : ""}`, about).trim();
}

/** The instant `minutes` from now by the office's time, as it is written in commands. */
export const minutesOn = (clock, minutes) => new Date(Math.round(clock.now() + minutes * MINUTE)).toISOString();
