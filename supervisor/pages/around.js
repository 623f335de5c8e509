/** Messages on screens, devices and what they report, and changes as a text for screen readers. */

import { html, nothing, repeat } from "/static/lit.js";
import { named, span, timeOfDay } from "/static/say.js";
import { may } from "/static/staff/may.js";
import { pressButton } from "/static/staff/staff.js";

const BAD = new Set(["offline", "late"]);
const MOST_MESSAGES = 5;
const MOST_DEVICES = 10;
const POOR = new Set(["paper_out", "cover_open", "cutter", "failed", "offline", "blocked"]);
const WORN = new Set(["paper_low", "signs_left_out"]);

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

export function devices(here) {
  const { words, board, short } = here;
  const sorted = [...board.devices].sort((one, other) => troubled(other) - troubled(one));
  return html`<section class="card" aria-labelledby="devices"><div class="head"><h2 id="devices"
    tabindex="-1">${words.text("supervisor-devices")}</h2>
    ${short.more("devices", sorted, MOST_DEVICES)}</div>
    <div class="listed" tabindex="0" role="group" aria-labelledby="devices">
    <table class="devices"><thead class="visually-hidden"><tr><th scope="col">${words.text("supervisor-device")}</th>
      <th scope="col">${words.text("supervisor-state")}</th></tr></thead>
    <tbody>${repeat(short.of("devices", sorted, MOST_DEVICES), (one) => `${one.kind}/${one.id}`, (one) =>
      device(here, one))}</tbody></table></div></section>`;
}

/** Whether somebody must look after this device: such devices come first. */
const troubled = (one) => Number(BAD.has(one.state) || POOR.has(one.detail) || POOR.has(one.sound));

function device({ words, live }, one) {
  const parts = [words.text(`supervisor-device-${one.state}`)];
  if (one.state === "online" && one.delay_ms !== null) parts.push(words.text("supervisor-delay", { ms: one.delay_ms }));
  if (BAD.has(one.state) && one.seen_at)
    parts.push(words.text("supervisor-seen", { age: span(words, live.clock.since(one.seen_at)) }));
  for (const said of [one.sound, one.detail]) if (said && words.has(`supervisor-says-${said}`))
    parts.push(words.text(`supervisor-says-${said}`));
  const poor = POOR.has(one.detail) || POOR.has(one.sound);
  const kind = one.state === "offline" || poor ? "bad" : one.state === "late" || WORN.has(one.detail)
    ? "warn" : one.state === "online" ? "good" : "soft";
  return html`<tr><th scope="row">${one.name}
    <span class="small soft">${words.text(`supervisor-kind-${one.kind}`)}</span></th>
    <td class="word ${kind}">${parts.join(", ")}</td></tr>`;
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
