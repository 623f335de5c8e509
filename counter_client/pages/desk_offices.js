/** How full the other offices are that this account may see: whoever cannot be served here may go there. */

import { html, nothing, repeat } from "/static/lit.js";
import { named, noWaitText, wait } from "/static/say.js";
import { SECOND } from "/static/terms.js";

const AGAIN_MS = 30 * SECOND;

export class Offices {
  #here;
  #others; // [{id, name}]; undefined until it is known
  #waits = new Map(); // by office, its public waits
  #at = -Infinity;

  constructor(here) {
    this.#here = here;
    this.#know();
  }

  draw() {
    const { words, short } = this.#here;
    const others = this.#others ?? [];
    if (!others.length) return nothing;
    if (short.whole("offices")) this.#look();
    return html`<section class="list" aria-labelledby="list-offices"><div class="head">
      <h2 class="soft small" id="list-offices">${words.text("desk-offices")}</h2>
      ${short.more("offices", others, 0)}</div>
      <ul class="offices whole">${repeat(short.of("offices", others, 0), ({ id }) => id,
    (one) => this.#office(one))}</ul>
      </section>`;
  }

  #office({ id, name }) {
    const { words, language } = this.#here;
    const services = this.#waits.get(id);
    const open = (services ?? []).filter((one) => one.open);
    return html`<li><b>${name}</b>
      ${services && !open.length ? html`<span class="soft">${words.text("desk-closed")}</span>` : nothing}
      <ul>${open.map((one) => html`<li><span>${named(one.names, language)}</span>
        <span class="soft">${[words.text("desk-waiting", { count: one.waiting }), wait(words, one.expected)
          ?? noWaitText(words, one.expected_reason)].filter(Boolean).join(" · ")}</span></li>`)}</ul></li>`;
  }

  /** Which offices there are for this account besides this one. */
  async #know() {
    const [me, every] = [await read("/api/v1/me"), await read("/api/v1/offices")];
    const own = document.body.dataset.office;
    this.#others = (every ?? []).filter(({ id }) => id !== own && me?.offices.includes(id));
    this.#here.changed();
  }

  async #look() {
    if (performance.now() - this.#at < AGAIN_MS) return;
    this.#at = performance.now();
    for (const { id } of this.#others) { // one after another: a city has two hundred
      const found = await read(`/api/v1/offices/${encodeURIComponent(id)}/waits`);
      if (found) this.#waits.set(id, found.services);
    }
    this.#here.changed();
  }
}

/** What the server answers, or nothing without a connection. */
async function read(path) {
  try {
    const answer = await fetch(path);
    return answer.ok ? await answer.json() : undefined;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // fetch throws one if there is no connection
    return undefined;
  }
}
