/**
 * The lists of the counter page: the queue in the order of call, parked, not here, away; my lines and colleagues.
 * A press on a number opens its card; acts that need only one press have a button in the row.
 */

import { html, nothing, repeat } from "/static/lit.js";
import { span, wait } from "/static/say.js";
import { mayTicket } from "/static/staff/may.js";
import { strandedNotice } from "/static/staff/needed.js";
import { skips } from "/static/staff/short.js";
import { pressButton } from "/static/staff/staff.js";
import { counterStands, marks, serviceName, serviceNames, since, whyText } from "/static/staff/wording.js";

const MOST = { queue: 5, parked: 3, missed: 3, away: 3, lines: 5, every: 0, colleagues: 5 }; // rows before "all"
export const KEYS = { 1: "queue", 2: "parked", 3: "missed", 4: "away" };

export function lists(here) {
  const { words, board } = here;
  const there = Object.entries(KEYS).filter(([, name]) => name === "queue" || board[name].length);
  return html`<aside class="lists" aria-label=${words.text("counter-lists")}>
    ${skips(words, there.map(([key, name]) => [`list-${name}`, words.text(`counter-list-${name}`), count(board, name),
      here.keys.shown(key)]))}
    ${list(here, "queue", words.text("counter-queue", { count: board.waiting }), "waiting_since")}
    ${list(here, "parked", words.text("counter-parked"), "since", resumeAct)}
    ${list(here, "missed", words.text("counter-missed"), "since", returnAct)}
    ${list(here, "away", words.text("counter-away"), "since", returnAct)}
    ${strandedNotice(here)} ${lines(here)} ${everyLine(here)} ${colleagues(here)}
  </aside>`;
}

/** How long a list is: the board shows only its beginning. */
const count = (board, name) => (name === "queue" ? board.waiting
  : Math.max(board[`${name}_total`] ?? 0, board[name].length));

function list(here, name, title, from, act) {
  const { board } = here;
  if (!board[name].length && name !== "queue") return nothing;
  const total = count(board, name);
  const asked = { state: name === "queue" ? "waiting" : name, counter: board.counter.id };
  const rows = here.rest.tickets(name, board[name], total, asked);
  return html`<section class="list" aria-labelledby="list-${name}">
    <div class="head"><h2 class="soft small" id="list-${name}"
      tabindex="-1">${title}</h2>${here.short.more(name, rows, MOST[name], total)}</div>
    ${rows.some((line) => line.expected?.learning)
      ? html`<p class="soft small">${here.words.text("common-learning")}</p>` : nothing}
    ${rows.length ? short(here, name, rows, (line) => line.id, (line) => row(here, line, from, act))
    : html`<p class="soft">${here.words.text("counter-nobody-waits")}</p>`}
  </section>`;
}

/** The first few of a list, or all of it in a box that scrolls. */
function short({ short: lists }, name, rows, key, draw, kind = "") {
  return html`<ul class="${kind} ${lists.whole(name) ? "whole" : ""}">${repeat(lists.of(name, rows, MOST[name]), key,
    draw)}</ul>`;
}

/** One ticket: a press on it opens its card; `act` gives the button beside it. */
export function row(here, line, from, act) {
  const { words, board, live, zone, language, openCard } = here;
  const noted = board.noted?.includes(line.id) ? words.text("counter-note") : "";
  const more = [marks(words, line).join(", "), noted, left(words, line)].filter(Boolean).join(" · ");
  const why = line.why_order && line.why_order.code !== "longest_wait"
    ? whyText(words, line.why_order, live.clock.now(), zone) : "";
  return html`<li>
    <button type="button" class="row" data-ticket=${line.id} @click=${() => openCard(line)}>
      <span class="number">${line.number}</span>
      <span class="soft">${serviceNames(board.services, line.services, language, line.quantities)}</span>
      <span class="time">${since(words, live.clock, line[from] ?? line.waiting_since)}</span>
      ${more ? html`<span class="more">${more}</span>` : nothing}
      ${why ? html`<span class="more why">${why}</span>` : nothing}
      ${notBefore(here, line)}
    </button>
    ${act ? act(here, line) : nothing}
  </li>`;
}

/** How long somebody who waits will still wait: "noch 10–20 min". */
function left(words, { expected }) {
  return expected ? words.text("counter-left", { range: wait(words, expected) }) : "";
}

/** A countdown in the row, if the ticket cannot be called before a certain time. */
function notBefore({ words, live }, line) {
  const left = line.not_before ? Date.parse(line.not_before) - live.clock.now() : 0;
  return left > 0 ? html`<span class="more">${words.text("counter-not-before", { left: span(words, left) })}</span>`
    : nothing;
}

/** The button of somebody who cannot be resumed now stays, but is off: the counter is only busy for a moment. */
function resumeAct({ words, pressing, board }, line) {
  const label = words.text("counter-act-resume-ticket");
  const act = () =>
    pressing.press(`resume-${line.id}`, label, { type: "resume_ticket", counter: board.counter.id, ticket: line.id });
  return pressButton({ pressing, id: `resume-${line.id}`, label, name: `${line.number}: ${label}`,
    disabled: !mayTicket(board, line, "resume_ticket"), act });
}

export function returnAct({ words, pressing, board }, line) {
  if (!mayTicket(board, line, "return_ticket")) return nothing;
  const label = words.text("counter-act-return");
  const act = () => pressing.press(`return-${line.id}`, label, { type: "return_ticket", ticket: line.id });
  return pressButton({ pressing, id: `return-${line.id}`, label, name: `${line.number}: ${label}`, act });
}

function lines(here) {
  const { words, board } = here;
  if (!board.lines.length) return nothing;
  const total = Math.max(board.lines_total ?? 0, board.lines.length);
  const rows = here.short.whole("lines") ? here.rest.lines() : board.lines;
  return html`<section class="list" aria-labelledby="list-lines">
    <div class="head"><h2 class="soft small" id="list-lines">${words.text("counter-my-lines")}</h2>
      ${here.short.more("lines", rows, Math.min(MOST.lines, board.lines.length), total)}</div>
    ${short(here, "lines", rows, (line) => line.id, (line) => oneLine(here, line), "plain")}
  </section>`;
}

/** One line: "A Ausweis und Pass, 9, längste 24 min". */
function oneLine({ words, board, live, language }, line) {
  return html`<li><span>${line.letter} ${serviceName(board.services, line.id, language)}</span>
    <span class="soft">${line.waiting
      ? words.text("counter-line", { count: line.waiting, longest: since(words, live.clock, line.longest_wait) })
    : words.text("counter-line-none")}</span></li>`;
}

/** All lines of the office, in small; the board does not have them, so they are asked for while they are shown. */
function everyLine(here) {
  const { words, board, short: lists } = here;
  if (board.lines.length >= board.services.length) return nothing;
  const rows = lists.whole("every") ? here.rest.everyLine() : [];
  return html`<section class="list" aria-labelledby="list-every">
    <div class="head"><h2 class="soft small" id="list-every">${words.text("counter-every-line")}</h2>
      ${lists.more("every", rows, MOST.every, board.services.length)}</div>
    ${short(here, "every", rows, (line) => line.id, (line) => oneLine(here, line), "plain small")}
  </section>`;
}

function colleagues(here) {
  const { board } = here;
  if (!board.colleagues.length) return nothing;
  const total = Math.max(board.colleagues_total ?? 0, board.colleagues.length);
  return faceList(here, here.short.whole("colleagues") ? here.rest.colleagues() : board.colleagues, total);
}

/** How the counters are doing. */
export function faceList(here, faces, total = faces.length) {
  const { words, board, zone, language } = here;
  return html`<section class="list" aria-labelledby="list-colleagues">
    <div class="head"><h2 class="soft small" id="list-colleagues">${words.text("counter-colleagues")}</h2>
      ${here.short.more("colleagues", faces, Math.min(MOST.colleagues, faces.length), total)}</div>
    ${short(here, "colleagues", faces, (face) => face.id, (face) => html`<li><span>${face.label}</span>
      <span class="soft">${counterStands(words, face, zone, board.break_reasons, language)}</span></li>`, "plain")}
  </section>`;
}
