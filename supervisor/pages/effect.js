/** What moves would change, in words: a difference with its range and chance; and moves as the shift book says them. */

import { html } from "/static/lit.js";
import { named } from "/static/say.js";
import { deedsText } from "/static/staff/wording.js";

/** The event of each command that can be a part of a set of moves. */
export const MOVES = {
  assign_counter: "counter_assigned", open_counter: "counter_opened", close_counter: "counter_closed",
  pause_counter: "counter_paused", resume_counter: "counter_resumed", open_service: "service_opened",
  close_service: "service_closed", limit_service: "service_limited", boost_service: "service_boosted",
  boost_ticket: "ticket_boosted", move_tickets: "tickets_moved", set_policy: "policy_set",
  call_helper: "helper_called", post_message: "message_posted",
};

/** A command as a deed of the shift book, before it is made. */
function deedOf(board, command) {
  const face = board.counters.find((one) => one.id === command.counter);
  const [now, then] = [face?.services ?? [], command.services ?? face?.services ?? []];
  return {
    type: MOVES[command.type], number: board.tickets.find((one) => one.id === command.ticket)?.number ?? null,
    counter: face?.label ?? null, service: command.service ?? null,
    added: then.filter((one) => !now.includes(one)), removed: now.filter((one) => !then.includes(one)),
    until: command.until ?? command.back_at ?? null, to_service: command.to_service ?? null,
    helper: command.helper ?? null, preset: command.preset ?? null, minutes: command.minutes ?? null,
    tickets: Array.isArray(command.tickets) ? command.tickets.length : null,
  };
}

/** "Schalter 4: jetzt auch Auto und Führerschein". */
export const moveText = (here, command) => deedsText(here, [deedOf(here.board, command)]);

/** "Längste Wartezeit sinkt um etwa 18 Minuten (11 bis 25)." `diff` is below zero if the wait becomes shorter. */
export function changeText(words, what, diff) {
  const [low, median, high] = [diff.low, diff.median, diff.high].map(Math.round);
  if (median === 0)
    return words.text("supervisor-effect-same", { what, low: Math.max(0, -low), high: Math.max(0, high) });
  const falls = median < 0;
  const crosses = low < 0 && high > 0 ? "-mixed" : "";
  const [near, far] = crosses || !falls ? [Math.abs(low), Math.abs(high)] : [Math.abs(high), Math.abs(low)];
  return words.text(`supervisor-effect-${falls ? "falls" : "rises"}${crosses}`,
    { what, minutes: Math.abs(median), low: near, high: far });
}

/** "In 8 von 10 Fällen besser." */
export function chanceText(words, chance) {
  const cases = Math.round(chance * 10);
  return words.text(`supervisor-chance${cases >= 10 ? "-all" : cases <= 0 ? "-none" : ""}`, { cases });
}

/** A gain (above zero: shorter) as a difference, and the reverse. */
export const turned = ({ low, median, high }) => ({ low: -high, median: -median, high: -low });

function row(words, what, { now, then, diff, chance }) {
  const level = (name, minutes) => html`<td data-label=${words.text(`supervisor-effect-col-${name}`)}>${
    words.text("common-wait-about", { minutes: Math.round(minutes) })}</td>`;
  return html`<tr><th scope="row">${what}</th>${level("now", now)}${level("then", then)}
    <td>${changeText(words, "", diff).trim()} ${chanceText(words, chance)}</td></tr>`;
}

/** People who find the intake closed, and whom nobody calls before the office closes. */
function people(words, { turned_away: away, unserved }) {
  const [now, then] = [unserved?.now ?? 0, unserved?.then ?? 0].map(Math.round);
  return [Math.round(away ?? 0) > 0 ? words.text("supervisor-effect-away", { count: Math.round(away) }) : "",
    now || then ? words.text("supervisor-effect-unserved", { now, then }) : ""].filter(Boolean).join(" ");
}

/** The answer of what-if: one sentence, and a table with every service. */
export function effects({ words, board, language }, found) {
  const { longest, p95, mean, services } = found;
  const rows = [[words.text("supervisor-effect-longest"), longest], [words.text("supervisor-effect-p95"), p95],
    [words.text("supervisor-effect-mean"), mean],
    ...board.services.filter(({ id }) => services[id]).map((one) => [named(one.names, language), services[one.id]])];
  return html`<p><b>${changeText(words, words.text("supervisor-effect-longest"), longest.diff)}</b>
      ${chanceText(words, longest.chance)} ${people(words, found)}</p>
    <div class="scroll"><table class="effects"><thead><tr>${["wait", "now", "then", "change"].map((name) =>
      html`<th scope="col">${words.text(`supervisor-effect-col-${name}`)}</th>`)}</tr></thead>
    <tbody>${rows.map(([what, effect]) => row(words, what, effect))}</tbody></table></div>`;
}
