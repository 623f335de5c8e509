/** Numbers, the longest wait first: search by number, service or state, a card for each, tick boxes to move several
 * together. The board lists the first of them; to see the rest or search among all, the server is asked. */

import { html, nothing, repeat } from "/static/lit.js";
import { named, wait } from "/static/say.js";
import { mayTicket } from "/static/staff/may.js";
import { marks, serviceNames, since } from "/static/staff/wording.js";
import { Found } from "./found.js";
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
  #found; // what the server said of tickets that the board does not list
  #chosen = new Map(); // by id, the row as it was last seen
  #dropped = []; // numbers that were chosen and cannot be moved any more

  constructor(here) {
    this.#here = here;
    this.#found = new Found(here);
  }

  draw() {
    const { words, board, changed, short } = this.#here;
    this.#ask();
    const { tickets, total } = this.#rows();
    const rows = longestFirst(tickets);
    const shown = short.of("tickets", rows, MOST);
    this.#judge();
    const search = (event) => {
      this.#wanted = event.target.value.trim();
      changed();
    };
    const heading = words.text(shown.length < total ? "supervisor-tickets-some" : "supervisor-tickets",
      { shown: shown.length, count: total });
    return html`<section class="card" aria-labelledby="tickets"><div class="head"><h2 id="tickets"
      tabindex="-1">${heading}</h2>
      <label class="for">${words.text("supervisor-find")} <input class="entry" name="find" type="search"
        autocomplete="off" @input=${search}></label></div>
      ${this.#chosen.size ? this.#together() : nothing}
      <div role="status">${this.#dropped.length ? html`<p class="notice warn">${words.text("supervisor-move-dropped",
        { numbers: this.#dropped.join(", "), count: this.#dropped.length })}</p>` : nothing}</div>
      ${rows.length ? html`${this.#table(shown)} ${short.more("tickets", rows, MOST, total)}`
        : html`<p class="soft">${words.text("supervisor-no-tickets")}</p>`}
    </section>`;
  }

  /** If the board does not list all, the server is asked for what was searched, and for the rest if all are shown or a
   * chosen number is not listed. */
  #ask() {
    const { board, short } = this.#here;
    const listed = new Set(board.tickets.map((ticket) => ticket.id));
    const rest = short.whole("tickets") || [...this.#chosen.keys()].some((id) => !listed.has(id));
    const wanted = [...(this.#wanted ? [this.#wanted] : []), ...(rest ? [""] : [])];
    this.#found.keep(board.tickets_total > board.tickets.length ? wanted : []);
  }

  #rows() {
    const { board, short } = this.#here;
    if (!this.#wanted) {
      const found = short.whole("tickets") ? this.#found.of("") : undefined;
      return found ?? { tickets: board.tickets, total: Math.max(board.tickets_total, board.tickets.length) };
    }
    const found = this.#found.of(this.#wanted);
    if (found) return found;
    const tickets = board.tickets.filter((ticket) => means(this.#wanted, ticket.number) || this.#says(ticket));
    return { tickets, total: tickets.length };
  }

  /** Drops what was chosen and cannot be moved any more, and says so. A number that is not listed stays until the
   * server has said that it left. */
  #judge() {
    const { board } = this.#here;
    const all = board.tickets_total > board.tickets.length ? this.#found.of("") : { tickets: board.tickets, board };
    const rows = [...(this.#found.of(this.#wanted)?.tickets ?? []), ...(all?.tickets ?? []), ...board.tickets];
    const seen = new Map(rows.map((ticket) => [ticket.id, ticket]));
    for (const [id, old] of this.#chosen) {
      const now = seen.get(id) ?? (all?.board === board ? null : old);
      if (now && moves(board, now)) this.#chosen.set(id, now);
      else {
        this.#chosen.delete(id);
        this.#dropped.push(old.number);
      }
    }
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
      const command = { type: "move_tickets", tickets: [...this.#chosen.keys()], to_service: String(form.get("to")) };
      this.#chosen.clear();
      this.#dropped = [];
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
      this.#dropped = [];
      if (event.target.checked) this.#chosen.set(ticket.id, ticket);
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
