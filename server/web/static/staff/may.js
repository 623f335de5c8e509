/**
 * What the board says may be pressed now. Every button of staff is shown by asking here: the server wrote these lists
 * with the rules by which it decides, so a page has no rules of its own.
 */

const NOT_OF = { call_ticket: "not_here", resume_ticket: "not_here", print_ticket: "not_printed" };

/** About the office; on a counter's page also about this counter and the ticket that it holds. */
export const may = (board, type) => board.may.includes(type);

/** At a counter of the table, also about the ticket that it holds. */
export const mayAt = (board, counter, type) => (board.may_of_counters?.[counter] ?? []).includes(type);

/** About a service. */
export const mayService = (board, service, type) => (board.may_of_services[service] ?? []).includes(type);

/** The state of a ticket in a list. A counter's lists leave it out if it is "waiting". */
export const stateOf = (ticket) => ticket.state ?? "waiting";

/** About a ticket of the lists: by its state; if a counter holds it, as that counter's list says. */
export function mayTicket(board, ticket, type) {
  const known = board.may_of_tickets[stateOf(ticket)];
  if (known === undefined) return mayAt(board, ticket.counter, type);
  const not = NOT_OF[type];
  return known.includes(type) && !(board[not] ?? []).includes(ticket.id) && !ticket[not];
}
