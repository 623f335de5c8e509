/**
 * Numbers at reception: found by number, service, or about when they were drawn ("kurz nach zehn, für den Ausweis");
 * without a search whoever was not there, comes later, or is next. A press opens the card of a number.
 */

import { html, nothing, repeat } from "/static/lit.js";
import { named, timeOfDay } from "/static/say.js";
import { stateOf } from "/static/staff/may.js";
import { marks, serviceNames } from "/static/staff/wording.js";
import { MINUTE, SECOND } from "/static/terms.js";
import { returnAct, row } from "./lists.js";

const MOST = 5;
const MOST_FOUND = 20;
const LISTS = [["missed", "since", returnAct], ["away", "since", returnAct], ["waiting", "waiting_since"]];
const AGAIN_MS = 5 * SECOND;

const minutesOf = (time) => time.split(":").reduce((hours, minutes) => Number(hours) * 60 + Number(minutes));

export class Find {
  #here;
  #wanted = { text: "", service: "", time: "" };
  #found; // {asked, tickets, at}: the last answer
  #asking;

  constructor(here) {
    this.#here = here;
  }

  draw() {
    const { words, board, language } = this.#here;
    const change = ({ target }) => {
      this.#wanted[target.dataset.find] = target.value.trim();
      this.#here.changed();
    };
    return html`<search class="find" @input=${change}>
      <p class="field"><label for="find">${words.text("desk-find")} <kbd aria-hidden="true">${
    this.#here.keys.shown("F")}</kbd></label>
        <input id="find" data-find="text" type="search" autocomplete="off"></p>
      <p class="field"><label for="find-service">${words.text("desk-find-service")}</label>
        <select id="find-service" data-find="service"><option value="">${words.text("desk-any")}</option>
          ${board.services.map((one) => html`<option value=${one.id}>${named(one.names, language)}</option>`)}
        </select></p>
      <p class="field"><label for="find-time">${words.text("desk-find-time")}</label>
        <input id="find-time" data-find="time" type="time"></p></search>
      ${Object.values(this.#wanted).some(Boolean) ? this.#results() : LISTS.map((one) => this.#list(...one))}`;
  }

  #list(name, from, act) {
    const { words, board, short, rest } = this.#here;
    const listed = board.tickets.filter((ticket) => ticket.state === name);
    if (!listed.length && name !== "waiting") return nothing;
    const total = name === "waiting" ? Math.max(board.waiting_total, listed.length) : listed.length;
    const rows = rest.tickets(name, listed, total, { state: name });
    const title = name === "waiting" ? words.text("counter-queue", { count: board.waiting_total })
      : words.text(`counter-${name}`);
    return html`<section class="list" aria-labelledby="list-${name}"><div class="head">
      <h2 class="soft small" id="list-${name}">${title}</h2>${short.more(name, rows, MOST, total)}</div>
      <ul class=${short.whole(name) ? "whole" : nothing}>${repeat(short.of(name, rows, MOST), (line) => line.id,
    (line) => row(this.#here, line, from, act))}</ul>
      ${rows.length ? nothing : html`<p class="soft">${words.text("counter-nobody-waits")}</p>`}</section>`;
  }

  #results() {
    const { words } = this.#here;
    this.#look();
    const rows = this.#found?.tickets;
    return html`<section class="list" aria-labelledby="found"><h2 class="soft small" id="found">${
      words.text("desk-found")}</h2>
      <ul>${repeat(rows ?? [], (line) => line.id, (line) => this.#row(line))}</ul>
      ${rows?.length === 0 ? html`<p class="soft" role="status">${words.text("desk-found-none")}</p>`
        : nothing}</section>`;
  }

  #row(line) {
    const { words, board, language, zone, openCard } = this.#here;
    const more = [words.text(`supervisor-state-${stateOf(line)}`), marks(words, line).join(", ")].filter(Boolean);
    return html`<li><button type="button" class="row" data-ticket=${line.id} @click=${() => openCard(line)}>
      <span class="number">${line.number}</span>
      <span class="soft">${serviceNames(board.services, line.services, language)}</span>
      <span class="time">${timeOfDay(words, line.waiting_since, zone)}</span>
      <span class="more">${more.join(" · ")}</span></button></li>`;
  }

  /** Asks the server, and again after a while: the numbers go on. */
  async #look() {
    const { board, changed } = this.#here;
    const asked = this.#asked();
    const known = this.#found?.asked === asked && performance.now() - this.#found.at < AGAIN_MS;
    if (known || this.#asking === asked) return;
    this.#asking = asked;
    let tickets; // none without an answer: then nobody says that there is no such number
    try {
      const answer = await fetch(`/api/v1/offices/${encodeURIComponent(board.office)}/tickets?${asked}`);
      if (answer.ok) tickets = this.#of(await answer.json());
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch throws one if there is no connection
    }
    this.#asking = undefined;
    if (this.#asked() === asked) this.#found = { asked, tickets, at: performance.now() };
    changed();
  }

  #of({ tickets }) {
    const { service } = this.#wanted;
    return tickets.filter((ticket) => !service || ticket.services.includes(service)).slice(0, MOST_FOUND);
  }

  /** The question to the server. A time of day is the last such instant in the office's zone. */
  #asked() {
    const { words, live, zone } = this.#here;
    const { text, service, time } = this.#wanted;
    const asked = new URLSearchParams({ query: text || service, limit: "100" });
    if (time) {
      const now = Math.floor(live.clock.now() / MINUTE) * MINUTE;
      const ago = minutesOf(timeOfDay(words, now, zone)) - minutesOf(time);
      asked.set("issued", new Date(now - ago * MINUTE).toISOString());
    }
    return asked.toString();
  }
}
