/**
 * The supervisor's table: what needs attention, services, the grid of counters, tickets. Draws the board `supervisor`.
 * Parts shared with the counter's page (presses, undo, alarms, words for states) are in `static/staff`.
 */

import { html, nothing } from "/static/lit.js";
import { alarmNotices } from "/static/staff/alarms.js";
import { may } from "/static/staff/may.js";
import { helpNotices, strandedNotice } from "/static/staff/needed.js";
import { staffPage } from "/static/staff/page.js";
import { boxes, skips } from "/static/staff/short.js";
import { refusalNotice } from "/static/staff/staff.js";
import { AdviceLook } from "./advice_look.js";
import { news } from "./around.js";
import { counterQuestion } from "./ask_counter.js";
import { deviceQuestion, pairQuestion } from "./ask_device.js";
import { dayQuestion, messageQuestion, policyQuestion } from "./ask_office.js";
import { serviceQuestion } from "./ask_service.js";
import { ticketQuestion } from "./ask_ticket.js";
import { effectNews } from "./book.js";
import { above, around, beside } from "./faces.js";
import { Curve } from "./curve.js";
import { figures } from "./figures.js";
import { Grid } from "./grid.js";
import { RosterEditor } from "./roster.js";
import { rosterToday } from "./roster_counts.js";
import { sendsWhatWasSeen } from "./seen.js";
import { services } from "./services.js";
import { soundQuestion } from "./sound.js";
import { Tickets } from "./tickets.js";
import { Webhooks } from "./webhooks.js";
import { WhatIf } from "./what_if.js";

const MOST_LOST = 20;
const MOST_WORRIES = 5;
const QUESTIONS = {
  counter: counterQuestion, service: serviceQuestion, ticket: ticketQuestion, message: messageQuestion,
  policy: policyQuestion, day: dayQuestion, device: deviceQuestion, pair: pairQuestion,
  sound: soundQuestion,
};

const here = await staffPage({ board: "supervisor", draw, news: arrived });
const { words } = here;
sendsWhatWasSeen(here);
here.whatIf = new WhatIf(here);
here.adviceLook = new AdviceLook(here);
here.hooks = new Webhooks(here);
const grid = new Grid(here);
const tickets = new Tickets(here);
const curve = new Curve(here);
const roster = new RosterEditor(here);
here.askFor = (name, about) => here.ask.open(() => QUESTIONS[name](here, about));

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
  const act = () => here.send("clock-right", label, { type: "correct_clock" });
  return html`<button type="button" class="button" @click=${act}>${label}</button>`;
}

/**
 * What the log lost in a failure, numbers first. The board lists up to some hundred and says how many more there are.
 */
function lost({ board, short }) {
  const listed = short.of("lost", board.lost, MOST_LOST);
  const count = board.lost.length - listed.length + board.lost_more;
  const whole = short.whole("lost");
  return html`<div class="notice bad" role="alert"><p class=${whole ? "whole" : nothing}
    tabindex=${whole ? 0 : nothing}><b>${words.text("supervisor-lost")}</b>
    ${listed.join(", ")}${count ? ` ${words.text("staff-and-more", { count })}` : nothing}</p>
    ${short.more("lost", board.lost, MOST_LOST)}</div>`;
}

function notices() {
  const { board, short } = here;
  return html`<div class="notices">
    ${alarmNotices(here, here.alarms(), null)}
    ${board.lost.length ? lost(here) : nothing}
    ${board.clock_jump === null
      ? nothing : html`<div class="notice warn" role="alert"><p>${clockJumped(board.clock_jump)}</p></div>`}
    ${boxes(short, "worries", board.worries, MOST_WORRIES, (it) =>
      html`<div class="notice warn" role="alert"><p>${worried(it)}</p>
      ${it.code === "clock" && may(board, "correct_clock") ? clockRight() : nothing}</div>`)}
    ${board.day === null ? html`<div class="notice warn"><p>${words.text("supervisor-day-closed")}</p></div>` : nothing}
    ${helpNotices(here)} ${strandedNotice(here)} ${refusalNotice(words, here.pressing)}
  </div>`;
}

/** Links to the parts of the table, so that nobody has to scroll past a long list. */
function places() {
  const { board } = here;
  const living = Math.max(board.tickets_total, board.tickets.length);
  const parts = [["services", "services", null], ["tickets", "numbers", living],
    ["grid", "counters", null], ["roster", "roster", null],
    ...(board.shift_book.length ? [["book", "book", board.shift_book.length]] : []),
    ["messages", "messages", board.messages.length],
    ["devices", "devices", board.devices.length]];
  return skips(words, parts.map(([id, name, count]) => [id, words.text(`supervisor-part-${name}`), count]));
}

function draw() {
  return html`${figures(here)} ${above(here)}
    ${places()}<main>${notices()}
      <div class="half">
        <div class="part hurts">${here.whatIf.draw()} ${services(here)} ${curve.draw()}
          ${rosterToday(here, () => roster.open())}</div>
        <div class="part numbers">${tickets.draw()}</div></div>
      <div class="half"><div class="part cells">${grid.draw()}</div> <div class="part acts">${beside(here)}</div>
        <div class="part around">${around(here)}</div></div>
    </main>`;
}

function arrived(before) {
  here.hooks.look();
  document.title = `${words.text("supervisor-title")} · ${here.board.name}`;
  return [news(words, before, here.board), effectNews(here, before)].filter(Boolean).join(" ");
}
