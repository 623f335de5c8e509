/**
 * The supervisor's table: where it hurts, who does what, and every cell a move. Draws the board `supervisor`; what it
 * shares with counters (presses, undo, alarms, words for states) it takes from the counter's page.
 */

import { html, nothing, render } from "/static/lit.js";
import { Live } from "/static/live.js";
import { every, openPage } from "/static/page.js";
import { HeardAlarms, alarmNotices } from "/static/staff/alarms.js";
import { Keys } from "/static/staff/keys.js";
import { helpNotices, strandedNotice } from "/static/staff/needed.js";
import { ShortLists, skips } from "/static/staff/short.js";
import { Ask, Pressing, lineBanner, refusalNotice, refusalText, tell, undoBar, undoPress } from "/static/staff/staff.js";
import { keepTheme } from "/static/staff/theme.js";
import { didText } from "/static/staff/wording.js";
import { devices, messages, news } from "./around.js";
import { counterQuestion } from "./ask_counter.js";
import { dayQuestion, messageQuestion, policyQuestion } from "./ask_office.js";
import { serviceQuestion } from "./ask_service.js";
import { ticketQuestion } from "./ask_ticket.js";
import { figures } from "./figures.js";
import { Grid } from "./grid.js";
import { moves } from "./moves.js";
import { services } from "./services.js";
import { Tickets } from "./tickets.js";

keepTheme();
const page = await openPage();
const { words } = page;
const root = document.getElementById("page");
const live = new Live({ office: page.office, board: "supervisor" });
const heard = new HeardAlarms();
const pressing = new Pressing(live, (problem) => refusalText(words, problem, here.zone), draw);
const ask = new Ask(document.getElementById("ask"), render);
const QUESTIONS = { counter: counterQuestion, service: serviceQuestion, ticket: ticketQuestion, message: messageQuestion,
  policy: policyQuestion, day: dayQuestion };

/** What every part of the table is drawn from. */
const here = {
  words, live, pressing, ask, language: page.language, zone: undefined, board: undefined, refusal: undefined,
  short: new ShortLists(words, draw), changed: draw, send: (id, label, ...commands) => pressing.press(id, label, ...commands),
  askFor: (name, about) => ask.open(() => QUESTIONS[name](here, about)),
};
const grid = new Grid(here);
const tickets = new Tickets(here);

function undo() {
  const last = here.board?.undo;
  if (last && Date.parse(last.until) > live.clock.now()) undoPress(words, pressing, last);
}

new Keys(() => new Map([["U", undo]]), () => ask.isOpen);

function clockJumped(seconds) {
  const minutes = Math.max(1, Math.round(Math.abs(seconds) / 60));
  return words.text("supervisor-clock-jumped", { minutes, way: seconds > 0 ? "ahead" : "back" });
}

function worried({ code, seconds, detail }) {
  const minutes = Math.max(1, Math.round(Math.abs(seconds ?? 0) / 60));
  const zone = here.board.devices.find((it) => it.kind === "announcer" && it.id === detail)?.name ?? detail;
  return words.text(`supervisor-worry-${code}`, { minutes, detail, zone });
}

function clockRight() {
  const label = words.text("supervisor-clock-right");
  const act = () => pressing.press("clock-right", label, { type: "correct_clock" });
  return html`<button type="button" class="button" @click=${act}>${label}</button>`;
}

function notices() {
  const { board } = here;
  return html`<div class="notices">
    ${alarmNotices(here, heard.with(board.alarms, live.clock.now()), null)}
    ${board.lost.length ? html`<div class="notice bad" role="alert"><p><b>${words.text("supervisor-lost")}</b> ${board.lost.join(", ")}</p></div>` : nothing}
    ${board.clock_jump === null ? nothing : html`<div class="notice warn" role="alert"><p>${clockJumped(board.clock_jump)}</p></div>`}
    ${board.worries.map((it) => html`<div class="notice warn" role="alert"><p>${worried(it)}</p>${it.code === "clock" ? clockRight() : nothing}</div>`)}
    ${board.day === null ? html`<div class="notice warn"><p>${words.text("supervisor-day-closed")}</p></div>` : nothing}
    ${helpNotices(here)} ${strandedNotice(here)} ${refusalNotice(words, pressing)}
  </div>`;
}

/** A way past every long list: the table's parts by name. */
function places() {
  const { board } = here;
  const parts = [["services", "services", null], ["tickets", "numbers", board.tickets.length], ["grid", "counters", null],
    ...(board.moves.length ? [["moves", "moves", board.moves.length]] : []), ["messages", "messages", board.messages.length],
    ["devices", "devices", board.devices.length]];
  return skips(words, parts.map(([id, name, count]) => [id, words.text(`supervisor-part-${name}`), count]));
}

function draw() {
  const line = lineBanner(words, live, here.refusal);
  if (!here.board) {
    render(html`${line}<main class="waiting"><h1>${words.text("supervisor-title")}</h1><p>${words.text("common-connecting")}</p></main>`, root);
    return;
  }
  render(html`${line}${figures(here)}
    ${places()}<main>${notices()}
      <div class="half">${services(here)} ${tickets.draw()}</div>
      <div class="half">${grid.draw()} ${moves(here)} ${messages(here)} ${devices(here)}</div>
    </main>
    ${undoBar(words, live, pressing, here.board.undo, didText(here))}`, root);
  ask.redraw();
}

live.addEventListener("board", ({ detail }) => {
  const said = news(words, here.board, detail.board);
  here.board = detail.board;
  here.zone = detail.board.time_zone;
  document.title = `${words.text("supervisor-title")} · ${detail.board.name}`;
  if (said) tell(said);
  draw();
  live.shown();
});
live.addEventListener("state", ({ detail }) => {
  here.refusal = detail.state === "refused" ? detail : undefined;
  draw();
});
live.addEventListener("alarm", ({ detail }) => {
  heard.hear(detail);
  draw();
});
live.addEventListener("device", ({ detail }) => detail.do === "reload" && location.reload());
every(1_000, draw);
draw();
live.start();
