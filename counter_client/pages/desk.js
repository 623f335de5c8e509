/**
 * Reception, at a desk or with a tablet on foot: gives out numbers in three keystrokes, checks in, finds lost numbers,
 * answers calls for help, says how full this office and others are. Draws the board `desk`.
 */

import { html, nothing } from "/static/lit.js";
import { named, noWaitText, wait } from "/static/say.js";
import { AlarmButton, DESK, alarmButton, alarmNotices } from "/static/staff/alarms.js";
import { may } from "/static/staff/may.js";
import { helpNotices, strandedNotice } from "/static/staff/needed.js";
import { staffPage } from "/static/staff/page.js";
import { boxes } from "/static/staff/short.js";
import { refusalNotice } from "/static/staff/staff.js";
import { ticketCard } from "./card.js";
import { checkInQuestion, drawQuestion } from "./desk_draw.js";
import { Find } from "./desk_find.js";
import { givenTicket } from "./desk_given.js";
import { Offices } from "./desk_offices.js";
import { printField } from "./desk_print.js";
import { keysQuestion } from "./help.js";
import { faceList } from "./lists.js";
import { Rest } from "./rest.js";

const MOST_MESSAGES = 2;
const ACTS = [["draw", "N", "issue_ticket"], ["check-in", "C", "check_in"]];

const here = await staffPage({ board: "desk", draw, news, keys });
const { words, ask } = here;
const alarm = new AlarmButton(() => here.send("alarm", words.text("staff-alarm"), { type: "raise_alarm" }),
  here.changed);
Object.assign(here, {
  given: undefined, // the ticket that was given out last, until somebody puts it away
  printField,
  rest: new Rest(here),
  find: new Find(here),
  offices: new Offices(here),
  openCard: (line) => ask.open(() => ticketCard(here, line)),
  askFor: { draw: (service) => ask.open(() => drawQuestion(here, service)),
    "check-in": () => ask.open(() => checkInQuestion(here)) },
  give(done, printer) {
    if (done?.result?.ticket) here.given = { ...done.result.ticket, printer };
    here.changed();
  },
  putAway() {
    here.given = undefined;
    here.changed();
  },
});

const possible = () => (here.board ? ACTS.filter(([, , type]) => may(here.board, type)) : []);

function keys() {
  return [["?", help], ["F", () => document.getElementById("find")?.focus()],
    ...possible().map(([id, key]) => [key, () => here.askFor[id]()])];
}

function help() {
  const rows = [...ACTS.map(([id, key]) => [key, words.text(`desk-${id}`)]), ["F", words.text("desk-find")],
    ["U", words.text("staff-undo")]];
  ask.open(() => keysQuestion(here, here.keys, rows, new Set(["F", ...possible().map(([, key]) => key)])));
}

function header() {
  const { board } = here;
  return html`<header><h1>${words.text("desk-title")}</h1><span class="served">${board.name}</span>
    <span class="head-acts">${possible().map(([id, key], index) => html`<button type="button"
      class="button ${index ? "" : "primary"}" data-act=${id} aria-keyshortcuts=${here.keys.shown(key)}
      @click=${() => here.askFor[id]()}>${words.text(`desk-${id}`)}<kbd aria-hidden="true">${
    here.keys.shown(key)}</kbd></button>`)}
      ${may(board, "raise_alarm") ? alarmButton(words, alarm) : nothing}
      <button type="button" class="button" data-act="help" @click=${help}>
        ${words.text("counter-help")}<kbd aria-hidden="true">?</kbd></button></span></header>`;
}

function notices() {
  const { board, pressing, short, language } = here;
  const staff = board.messages.filter(({ places }) => !places.length || places.includes("counters")).reverse();
  return html`<div class="notices">${alarmNotices(here, here.alarms(), DESK)} ${helpNotices(here)}
    ${refusalNotice(words, pressing)} ${strandedNotice(here)}
    ${boxes(short, "messages", staff, MOST_MESSAGES, ({ text }) => html`<div class="notice message">
      <p><b>${words.text("counter-message")}</b> ${named(text, language)}</p></div>`)}</div>`;
}

/** Every service: how many wait, and how long whoever comes now will wait. A press gives out a number for it. */
function services() {
  const { board, language, askFor } = here;
  return html`<section class="draws" aria-labelledby="draws"><h2 id="draws" class="soft small">${
    words.text("desk-services")}</h2>
    <ul>${board.services.map((service) => html`<li><button type="button" class="button" data-service=${service.id}
      ?disabled=${!may(board, "issue_ticket")} @click=${() => askFor.draw(service.id)}>
      <b class="letter">${service.letter}</b><span class="label">${named(service.names, language)}
      <small>${fullness(service)}</small></span></button></li>`)}</ul></section>`;
}

function fullness({ open, waiting, expected, expected_reason: reason }) {
  const why = wait(words, expected) ?? noWaitText(words, reason);
  const closed = open || reason === "closed" ? "" : words.text("desk-closed");  // that reason says so itself
  const said = [closed, words.text("desk-waiting", { count: waiting }), why];
  return said.filter(Boolean).join(" · ");
}

function draw() {
  return [header(), html`<main>${notices()} ${givenTicket(here)} ${services()}</main>`,
    html`<aside class="lists" aria-label=${words.text("desk-numbers")}>
      ${here.find.draw()} ${here.offices.draw()} ${faceList(here, here.board.counters)}</aside>`];
}

/** Who calls for help and what was refused is in alerts; the number given out has the page's live region. */
function news() {
  document.title = `${words.text("desk-title")} · ${here.board.name}`;
  return "";
}
