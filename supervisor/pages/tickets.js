/** Numbers, the longest wait first: search by number, service or state, a card for each, tick boxes to move several
 * together. The board lists the first of them; to search among all, the server is asked. */

import { html, nothing, repeat } from "/static/lit.js";
import { named, wait } from "/static/say.js";
import { mayTicket } from "/static/staff/may.js";
import { marks, serviceNames, since } from "/static/staff/wording.js";
import { whyFor, withWhy } from "./why_until.js";

const MOST = 20;
const moves = (board, ticket) => mayTicket(board, ticket, "move_tickets");
const parts = (number) => /^(\p{L}*)0*(\d*)$/u.exec(number);

/** The digits of a script stand in a row from zero on. */
function digit(sign) {
  let zero = sign.codePointAt(0);
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((sign.codePointAt(0) - zero) % 10);
}

/** Texts that look the same are the same, however their letters and digits are written. */
const seen = (text) => text.normalize("NFKC").replace(/\p{Nd}/gu, digit);

/** Whether the typed text means this number: "a 012", "A12", "a012" and "12" all mean A012. */
export function means(wanted, number) {
  const said = seen(wanted).toUpperCase().replace(/[^\p{L}\d]/gu, "");
  if (number.toUpperCase().includes(said)) return true;
  const [own, asked] = [parts(number.toUpperCase()), parts(said)];
  return Boolean(own && asked && asked[2]) && own[2] === asked[2] && [own[1], ""].includes(asked[1]);
}

/** Those who wait, the longest wait first; then the others. */
const longestFirst = (tickets) => [...tickets].sort((one, other) =>
  Number(other.state === "waiting") - Number(one.state === "waiting")
    || Date.parse(one.waiting_since) - Date.parse(other.waiting_since));

export class Tickets {
  #here;
  #wanted = "";
  #found = null; // what the server found: {query, tickets, total}
  #chosen = new Set();

  constructor(here) {
    this.#here = here;
  }

  draw() {
    const { words, board, changed, short } = this.#here;
    const rows = longestFirst(this.#rows());
    const movable = (id) => board.tickets.some((ticket) => ticket.id === id && moves(board, ticket));
    for (const id of this.#chosen) if (!movable(id)) this.#chosen.delete(id);
    const search = (event) => {
      this.#wanted = event.target.value.trim();
      this.arrived();
      changed();
    };
    return html`<section class="card" aria-labelledby="tickets"><div class="head"><h2 id="tickets"
      tabindex="-1">${words.text("supervisor-tickets",
    { count: Math.max(board.tickets_total, board.tickets.length) })}</h2>
      <label class="for">${words.text("supervisor-find")} <input class="entry" name="find" type="search"
        autocomplete="off" @input=${search}></label></div>
      ${this.#chosen.size ? this.#together() : nothing}
      ${rows.length ? html`${this.#table(short.of("tickets", rows, MOST))} ${short.more("tickets", rows, MOST)}`
        : html`<p class="soft">${words.text("supervisor-no-tickets")}</p>`}
    </section>`;
  }

  /** Called when a new board came or the search changed. If the board does not list all, the server is asked again. */
  async arrived() {
    const { board, changed } = this.#here;
    const query = this.#wanted;
    if (!query || board.tickets_total <= board.tickets.length) {
      this.#found = null;
      return;
    }
    const path = `/api/v1/offices/${encodeURIComponent(board.office)}/tickets?limit=50&query=`;
    try {
      const answer = await fetch(path + encodeURIComponent(query));
      const found = answer.ok ? await answer.json() : null;
      if (query === this.#wanted) this.#found = found && { query, ...found };
    } catch {
      this.#found = null; // no connection: only the listed ones are searched
    }
    changed();
  }

  #rows() {
    const { board } = this.#here;
    if (!this.#wanted) return board.tickets;
    if (this.#found?.query === this.#wanted) return this.#found.tickets;
    return board.tickets.filter((ticket) => means(this.#wanted, ticket.number) || this.#says(ticket));
  }

  /** Whether the typed text begins a word of its service or of its state. */
  #says(ticket) {
    const { words, board, language } = this.#here;
    const said = `${serviceNames(board.services, ticket.services, language)} ${
      words.text(`supervisor-state-${ticket.state}`)}`;
    return seen(this.#wanted).toLowerCase().split(/\s+/u).every((part) =>
      ` ${seen(said).toLowerCase()}`.includes(` ${part}`));
  }

  #together() {
    const { words, board, language, whatIf, send: make } = this.#here;
    const label = words.text("supervisor-move-chosen", { count: this.#chosen.size });
    const move = (event) => {
      event.preventDefault();
      const form = new FormData(event.target);
      const command = { type: "move_tickets", tickets: [...this.#chosen], to_service: String(form.get("to")) };
      this.#chosen.clear();
      make("move", label, withWhy(this.#here, form, command));
    };
    return html`<form class="notice together" @submit=${move}><label>${label} <select class="entry" name="to">
      ${board.services.map((service) =>
        html`<option value=${service.id}>${named(service.names, language)}</option>`)}</select></label>
      ${whatIf.on ? nothing : whyFor(this.#here, ["reason", "until"])}
      <button class="button primary">${words.text("supervisor-move-verb")}</button></form>`;
  }

  #table(rows) {
    const { words } = this.#here;
    const head = ["supervisor-number", "supervisor-service", "supervisor-state", "supervisor-waited",
      "supervisor-left"];
    return html`<div class="scroll list"><table class="tickets"><thead><tr><th scope="col"><span
      class="visually-hidden">${words.text("supervisor-choose")}</span></th>
      ${head.map((id) => html`<th scope="col">${words.text(id)}</th>`)}</tr></thead>
      <tbody>${repeat(rows, (ticket) => ticket.id, (ticket) => this.#row(ticket))}</tbody></table></div>`;
  }

  #row(ticket) {
    const { words, board, live, language, askFor, changed } = this.#here;
    const choose = (event) => {
      if (event.target.checked) this.#chosen.add(ticket.id);
      else this.#chosen.delete(ticket.id);
      changed();
    };
    const more = marks(words, ticket).join(", ");
    const face = board.counters.find((counter) => counter.id === ticket.counter);
    return html`<tr>
      <td>${moves(board, ticket)
        ? html`<input type="checkbox" aria-label="${words.text("supervisor-choose")} ${ticket.number}"
        .checked=${this.#chosen.has(ticket.id)} @change=${choose}>` : nothing}</td>
      <th scope="row"><button type="button" class="pick" data-ticket=${ticket.id}
        @click=${() => askFor("ticket", ticket)}>
        <span class="number">${ticket.number}</span></button></th>
      <td class="wants">${serviceNames(board.services, ticket.services, language)}${more
        ? html`<br><span class="small soft">${more}</span>` : nothing}</td>
      <td class="stands">${words.text(`supervisor-state-${ticket.state}`)}${face
        ? html`<br><span class="small soft">${face.label}</span>` : nothing}</td>
      <td>${since(words, live.clock, ticket.waiting_since)}</td>
      <td data-label=${words.text("supervisor-left")}>${wait(words, ticket.expected) ?? "–"}</td>
    </tr>`;
  }
}
