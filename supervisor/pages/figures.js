/** The top of the table: how many wait, the longest wait, how many counters are open, and how old the board is. */

import { html, nothing } from "/static/lit.js";
import { span } from "/static/say.js";
import { may } from "/static/staff/may.js";

/** Whoever has waited longest. The board lists the longest waits, so its number is always known. */
function longest({ tickets }) {
  const listed = tickets.filter((one) => one.state === "waiting");
  return listed.reduce((found, one) => (found?.waiting_since <= one.waiting_since ? found : one), undefined);
}

export function figures(here) {
  const { words, board, live, askFor } = here;
  const open = board.counters.filter((counter) => counter.state !== "closed").length;
  const listed = board.tickets.filter((ticket) => ticket.state === "waiting").length;
  const waiting = Math.max(board.waiting_total, listed);
  const oldest = longest(board);
  const late = board.devices.filter((device) => ["late", "offline"].includes(device.state)).length;
  return html`<header>
    <h1>${board.name}</h1>
    <p class="figure"><b>${waiting}</b> ${words.text("supervisor-waiting", { count: waiting })}</p>
    ${oldest ? html`<p class="figure"><b>${span(words, live.clock.since(oldest.waiting_since))}</b>
      ${words.text("supervisor-longest")}
      <span class="number">${oldest.number}</span></p>` : nothing}
    <p class="figure"><b>${words.text("supervisor-of", { count: open, all: board.counters.length })}</b>
      ${words.text("supervisor-counters-open")}</p>
    ${late ? html`<p class="figure bad"><b>${late}</b> ${words.text("supervisor-devices-away", { count: late })}</p>`
      : nothing}
    <span class="head-end">
    <span class="figure">${live.state === "live" ? words.text("supervisor-as-of-now") : nothing}</span>
    <span class="head-acts">
      <button type="button" class="button" data-ask="policy" ?disabled=${!may(board, "set_policy")}
        @click=${() => askFor("policy")}>${words.text("supervisor-order")}:
        ${presetName(words, board.policy)}</button>
      <a class="button" href="/report/${encodeURIComponent(board.office)}">${words.text("supervisor-report")}</a>
      <button type="button" class="button" data-ask="day"
        @click=${() => askFor("day")}>${words.text("supervisor-day")}</button>
    </span></span>
  </header>`;
}

/** The name of an order of call; an office's own preset is shown by its id. */
export function presetName(words, preset) {
  const id = `supervisor-preset-${preset}`;
  return words.has(id) ? words.text(id) : preset;
}
