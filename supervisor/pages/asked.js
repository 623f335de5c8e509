/** Asks the server what moves would change before they are made (`POST what-if`). */

/** The answer, or the problem if there is none; null: no connection. */
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

/** Asks one question at a time. Of those that come meanwhile only the last is asked: what is shown answers that one. */
export class Asked {
  found;
  problem;
  going = false;
  #here;
  #next = null;

  constructor(here) {
    this.#here = here;
  }

  /** @param {object[]} moves as they would be sent; without moves nothing is asked */
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
