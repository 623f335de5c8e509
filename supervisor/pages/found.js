/** Tickets that the board does not list, asked from the server: those that were searched for, or all. What was asked
 * for an older board is shown until the newer answer is there. */

const MOST = 500; // of one answer
const AGAIN_MS = 2_000; // between two times that all are asked for

export class Found {
  #here;
  #known = new Map(); // by what was searched for ("": all): {tickets, total, board: that of the answer, asked, at}

  constructor(here) {
    this.#here = here;
  }

  /** What was found, or undefined. The rows that the board lists are as on the board. */
  of(query) {
    const found = this.#known.get(query);
    if (!found?.tickets) return undefined;
    const listed = new Map(this.#here.board.tickets.map((ticket) => [ticket.id, ticket]));
    return { ...found, tickets: found.tickets.map((ticket) => listed.get(ticket.id) ?? ticket) };
  }

  /** Asks for these, and forgets the others. */
  keep(queries) {
    for (const query of this.#known.keys()) if (!queries.includes(query)) this.#known.delete(query);
    for (const query of queries) {
      const known = this.#known.get(query);
      const many = query === "" || known?.tickets?.length > MOST;
      const young = known && many && performance.now() - known.at < AGAIN_MS;
      if (known?.asked !== this.#here.board && !young) this.#ask(query);
    }
  }

  async #ask(query) {
    const { board, changed } = this.#here;
    const asked = { ...this.#known.get(query), asked: board, at: performance.now() };
    this.#known.set(query, asked);
    const found = await answer(board.office, query);
    if (this.#known.get(query) !== asked) return; // searched for something else meanwhile, or asked again
    if (found) this.#known.set(query, { ...asked, ...found, board });
    changed();
  }
}

/** All of them, in as many answers as it needs; null without a connection. */
async function answer(office, query) {
  const path = `/api/v1/offices/${encodeURIComponent(office)}/tickets?`;
  const tickets = [];
  let page;
  try {
    do {
      const asked = new URLSearchParams({ query, limit: String(MOST), offset: String(tickets.length) });
      const said = await fetch(path + asked);
      if (!said.ok) return null;
      page = await said.json();
      tickets.push(...page.tickets);
    } while (page.tickets.length === MOST && tickets.length < page.total);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // fetch throws one if there is no connection
    return null;
  }
  // somebody who was called between two answers may stand in both
  return { tickets: [...new Map(tickets.map((ticket) => [ticket.id, ticket])).values()], total: page.total };
}
