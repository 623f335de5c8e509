/**
 * What a counter's board leaves out of its lists: while all of a list is shown, this asks the server for it, and again
 * when the board has changed. Until the answer is there, or without a connection, the list is as on the board.
 */

const AGAIN_MS = 2_000;
const MOST = 500; // rows of one answer

export class Rest {
  #here;
  #read = new Map(); // by list: its rows once they have come, the board for which they were asked, and when

  constructor(here) {
    this.#here = here;
  }

  /** All tickets of a list that is shown whole. `asked`: what `GET tickets` is asked. */
  tickets(name, rows, total, asked) {
    if (rows.length >= total || !this.#here.short.whole(name)) return rows;
    return this.#all(name, `tickets?${new URLSearchParams({ ...asked, limit: String(MOST) })}`, marked) ?? rows;
  }

  /** All other counters. */
  colleagues() {
    const { colleagues, colleagues_total: total, counter } = this.#here.board;
    if (colleagues.length >= total) return colleagues;
    return this.#all("colleagues", "boards/desk", ({ counters }) => counters.filter((face) => face.id !== counter.id))
      ?? colleagues;
  }

  /** All lines of this counter. */
  lines() {
    const { lines, lines_total: total, counter } = this.#here.board;
    if (lines.length >= (total ?? 0)) return lines;
    return this.#all("lines", "boards/desk", ({ services }) => services.filter((one) =>
      counter.services.includes(one.id))) ?? lines;
  }

  /** All lines of the office. */
  everyLine() {
    return this.#all("every", "boards/desk", ({ services }) => services) ?? [];
  }

  #all(name, path, rowsOf) {
    const known = this.#read.get(name);
    const old = !known || (known.board !== this.#here.board && performance.now() - known.at > AGAIN_MS);
    if (old) this.#load(name, path, rowsOf, known?.rows);
    return known?.rows;
  }

  async #load(name, path, rowsOf, rows) {
    const { board, changed } = this.#here;
    const asked = { rows, board, at: performance.now() };
    this.#read.set(name, asked);
    try {
      const answer = await fetch(`/api/v1/offices/${encodeURIComponent(board.office)}/${path}`);
      if (answer.ok) asked.rows = rowsOf(await answer.json());
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch throws one if there is no connection
    }
    changed();
  }
}

/** Each ticket with the marks that the board has as lists of ids. */
const marked = (found) => found.tickets.map((ticket) => ({
  ...ticket, not_here: found.not_here.includes(ticket.id), not_printed: found.not_printed.includes(ticket.id) }));
