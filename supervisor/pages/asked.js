/** Asks the server what moves would change before they are made (`POST what-if`). */

/** The answer, or the problem that stands in its place; null: no connection. */
export async function askWhatIf(office, question) {
  try {
    const answer = await fetch(`/api/v1/offices/${encodeURIComponent(office)}/what-if`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(question),
    });
    return answer.ok ? { found: await answer.json() } : { problem: await answer.json() };
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error; // no connection, or no answer
    return { problem: null };
  }
}

/** One question at a time: of those that come meanwhile only the last is asked, so that what is shown belongs to it. */
export class Asked {
  found;
  problem;
  going = false;
  #here;
  #next = null;

  constructor(here) {
    this.#here = here;
  }

  /** @param {object[]} moves as they would be sent; of none there is nothing to ask */
  async ask(moves) {
    this.#next = moves;
    this.found = undefined;
    this.problem = undefined;
    if (this.going) return;
    this.going = true;
    while (this.#next) {
      const asked = this.#next;
      this.#next = null;
      this.#here.changed();
      const { found, problem } = asked.length ? await askWhatIf(this.#here.board.office, { moves: asked }) : {};
      if (!this.#next) Object.assign(this, { found, problem });
    }
    this.going = false;
    this.#here.changed();
  }
}
