/**
 * A note on a ticket for the next colleague: read when a card is opened, written and deleted over HTTP. The held
 * ticket's note comes with the board. A note is on no public board, in no log, and is deleted with the day.
 */

import { html } from "/static/lit.js";
import { question } from "/static/staff/staff.js";
import { MOST_LETTERS } from "/static/terms.js";

export class Notes {
  #here;
  #read = new Map(); // text of each ticket's note by its id, while its card is open; undefined until it has come

  constructor(here) {
    this.#here = here;
  }

  /** Reads a ticket's note; the page is drawn again when it is there. */
  async read(ticket) {
    this.#read.delete(ticket);
    const answer = await this.#ask("GET", ticket);
    if (answer?.ok) this.#read.set(ticket, (await answer.json()).text ?? "");
    this.#here.changed();
  }

  of(ticket) {
    const { current } = this.#here.board;
    return this.#read.get(ticket) ?? (current?.ticket === ticket ? current.note ?? "" : undefined);
  }

  /** Writes a note, or deletes it if `text` is empty. What did not work is told like a refused press. */
  async keep(ticket, number, text) {
    const { pressing, words, changed } = this.#here;
    const label = `${number}: ${words.text("counter-act-note")}`;
    const kept = text.trim();
    const answer = await this.#ask(kept ? "PUT" : "DELETE", ticket, kept ? { text: kept } : undefined);
    if (answer?.ok) this.#read.set(ticket, kept);
    else pressing.refuse(label, answer ? await answer.json() : { code: "unanswered" });
    changed();
  }

  async #ask(method, ticket, body) {
    const { office } = this.#here.board;
    try {
      return await fetch(`/api/v1/offices/${encodeURIComponent(office)}/tickets/${encodeURIComponent(ticket)}/note`, {
        method, ...(body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }) });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch throws one if there is no connection
      return undefined;
    }
  }
}

/** The field for a note; off until the note that is there has been read, so that nobody writes over it. */
const field = ({ words, notes }, ticket) => {
  const text = notes.of(ticket);
  return html`<p class="field"><label for="note">${words.text("counter-note-label")}</label>
    <textarea id="note" name="note" rows="3" maxlength=${MOST_LETTERS} ?disabled=${text === undefined}
      .defaultValue=${text ?? ""}></textarea>
    <span class="soft small">${words.text("counter-note-hint")}</span></p>`;
};

/** The note on the ticket that the counter holds. */
export function noteQuestion(here) {
  const { words, board, ask, notes } = here;
  const { ticket, number } = board.current;
  return question({ words, ask, title: words.text("counter-note-title", { number }), body: field(here, ticket),
    verb: words.text("counter-note-keep"), act: (form) => notes.keep(ticket, number, String(form.get("note"))) });
}

/** The same on the card of a ticket in a list. */
export function noteField(here, line) {
  const { words, ask, notes } = here;
  const keep = (event) => {
    const form = new FormData(event.target.closest("form"));
    ask.close();
    notes.keep(line.id, line.number, String(form.get("note") ?? ""));
  };
  return html`<fieldset class="single">${field(here, line.id)}
    <button type="button" class="button" data-offer="note" ?disabled=${notes.of(line.id) === undefined}
      @click=${keep}>${words.text("counter-note-keep")}</button></fieldset>`;
}
