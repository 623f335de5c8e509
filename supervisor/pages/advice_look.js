/**
 * Looks at once for the one move worth making (`GET advice?fresh=1`), not only with the next minute. The result comes
 * to every table with the next board; here the page only says that it is looking, or why that failed.
 */

import { refusalText } from "/static/staff/staff.js";

export class AdviceLook {
  going = false;
  trouble = "";
  #here;

  constructor(here) {
    this.#here = here;
  }

  async now() {
    if (this.going) return;
    const { changed } = this.#here;
    this.going = true;
    this.trouble = "";
    changed();
    this.trouble = await this.#asked();
    this.going = false;
    changed();
  }

  /** Why nobody could look; or empty. */
  async #asked() {
    const { words, board, zone } = this.#here;
    try {
      const answer = await fetch(`/api/v1/offices/${encodeURIComponent(board.office)}/advice?fresh=1`);
      return answer.ok ? "" : refusalText(words, await answer.json(), zone);
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error; // no connection, or no answer
      return words.text("supervisor-what-if-offline");
    }
  }
}
