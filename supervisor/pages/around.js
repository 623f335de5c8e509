/** Messages on screens, and changes as a text for screen readers. */

import { html, nothing, repeat } from "/static/lit.js";
import { named, timeOfDay } from "/static/say.js";
import { may } from "/static/staff/may.js";
import { pressButton } from "/static/staff/staff.js";

const MOST_MESSAGES = 5;

export function messages(here) {
  const { words, board, askFor, short } = here;
  const rows = short.of("messages", board.messages, MOST_MESSAGES);
  return html`<section class="card" aria-labelledby="messages"><div class="head"><h2 id="messages"
    tabindex="-1">${words.text("supervisor-messages")}</h2>
    ${short.more("messages", board.messages, MOST_MESSAGES)}
    ${may(board, "post_message") ? html`<button type="button" class="button" data-ask="message"
      @click=${() => askFor("message")}>${words.text("supervisor-message-new")} …</button>` : nothing}</div>
    ${board.messages.length
      ? html`<ul class="lines">${repeat(rows, (note) => note.id, (note) => message(here, note))}</ul>`
    : html`<p class="soft">${words.text("supervisor-messages-none")}</p>`}
  </section>`;
}

function message({ words, board, pressing, language, zone }, note) {
  const label = words.text("supervisor-message-clear");
  const act = () => pressing.press(`clear-${note.id}`, label, { type: "clear_message", message: note.id });
  const until = note.until ? words.text("supervisor-until", { time: timeOfDay(words, note.until, zone) }) : "";
  const text = named(note.text, language);
  return html`<li><span>${text} <span class="small soft">${until}</span></span>
    ${may(board, "clear_message")
      ? pressButton({ pressing, id: `clear-${note.id}`, label, name: `${label}: ${text}`, act }) : nothing}</li>`;
}

/** What a screen reader says: changes made by others or by time. */
export function news(words, before, board) {
  if (!before) return "";
  const said = [];
  for (const service of board.services) {
    const old = before.services.find((one) => one.id === service.id);
    if (old && old.open !== service.open)
      said.push(words.text(service.open ? "supervisor-said-opened" : "supervisor-said-closed",
      { letter: service.letter }));
  }
  for (const face of board.counters) {
    const old = before.counters.find((one) => one.id === face.id);
    if (old && old.services.join() !== face.services.join())
      said.push(words.text("supervisor-said-assigned", { counter: face.label }));
  }
  if (board.help.length > before.help.length) said.push(words.text("supervisor-said-help"));
  return said.join(" ");
}
