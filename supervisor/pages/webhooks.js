/**
 * Other systems that do not take what they are told: why, what waits, what they refused, and a button that sends it
 * again.
 * Nothing is shown while all is well: the board says so (`worries`), and only then are the details asked for.
 */

import { html, nothing, repeat } from "/static/lit.js";
import { date, timeOfDay } from "/static/say.js";
import { may } from "/static/staff/may.js";
import { refusalText } from "/static/staff/staff.js";

const LISTED = 5;

export class Webhooks {
  rows = [];
  busy = "";
  sent = "";
  trouble = "";
  #told = "";
  #here;

  constructor(here) {
    this.#here = here;
  }

  /** Asks for the details if the board says something else than before. */
  look() {
    const told = this.#here.board.worries.find((one) => one.code === "webhooks")?.detail ?? "";
    if (told === this.#told) return;
    this.#told = told;
    if (told) this.#ask("");
    else this.rows = [];
  }

  async again(id) {
    if (this.busy) return;
    this.busy = id;
    this.#here.changed();
    await this.#ask(`/${encodeURIComponent(id)}/again`);
    this.busy = "";
    this.#here.changed();
  }

  async #ask(what) {
    const { words, board, zone, changed } = this.#here;
    const path = `/api/v1/offices/${encodeURIComponent(board.office)}/webhooks`;
    try {
      const answer = await fetch(path + what, { method: what ? "POST" : "GET" });
      const said = await answer.json();
      this.trouble = answer.ok ? "" : refusalText(words, said, zone);
      this.sent = answer.ok && what ? words.text("supervisor-webhooks-sent") : "";
      if (answer.ok && !what) this.rows = said;
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error; // no connection, or no answer
      this.trouble = words.text("supervisor-webhooks-unread");
    }
    changed();
  }
}

export function webhooks(here) {
  const { words, hooks } = here;
  const poor = hooks.rows.filter((one) => one.fault || one.dead_total);
  if (!poor.length && !hooks.trouble) return nothing;
  return html`<section class="card" aria-labelledby="webhooks"><div class="head"><h2 id="webhooks"
    tabindex="-1">${words.text("supervisor-webhooks")}</h2></div>
    ${hooks.trouble ? html`<p class="word bad" role="alert">${hooks.trouble}</p>` : nothing}
    <p class="small" role="status">${hooks.sent}</p>
    <ul class="lines">${repeat(poor, (one) => one.id, (one) => receiver(here, one))}</ul></section>`;
}

function receiver(here, one) {
  const { words, hooks, zone } = here;
  const label = words.text("supervisor-webhooks-again");
  const told = [
    one.fault && words.text("supervisor-webhooks-since",
      { time: timeOfDay(words, one.since, zone), fault: one.fault }),
    one.fault && words.text("supervisor-webhooks-waiting", { count: one.waiting }),
    one.dead_total && words.text("supervisor-webhooks-dead", { count: one.dead_total })].filter(Boolean).join(", ");
  return html`<li><span><b translate="no">${one.id}</b> <span class="small">${told}</span>
    ${one.dead.length ? html`<ul class="small soft">${repeat(one.dead.slice(0, LISTED), (dead) => dead.id,
      (dead) => letter(here, dead))}</ul>` : nothing}</span>
    ${may(here.board, "post_message") ? html`<button type="button" class="button" data-again=${one.id}
      aria-label="${label}: ${one.id}" aria-busy=${hooks.busy === one.id}
      @click=${() => hooks.again(one.id)}>${label}</button>` : nothing}</li>`;
}

const letter = ({ words, zone }, dead) => html`<li><code translate="no">${dead.type}</code>
  ${date(words, dead.at, zone)}, ${timeOfDay(words, dead.at, zone)}: ${dead.fault}</li>`;
