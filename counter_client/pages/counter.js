/**
 * The counter page: the ticket being served, its services, what the big button will do, who comes next and why.
 * Draws the board `counter` and sends commands; knows only what the board says.
 */

import { html, nothing } from "/static/lit.js";
import { AlarmButton, alarmButton } from "/static/staff/alarms.js";
import { may } from "/static/staff/may.js";
import { staffPage } from "/static/staff/page.js";
import { lead } from "/static/staff/short.js";
import { serviceNames } from "/static/staff/wording.js";
import { mode } from "./acts.js";
import { Acts } from "./big_button.js";
import { ticketCard } from "./card.js";
import { heldTicket, noTicket, takenLine, toOpenWith, toTick } from "./case.js";
import { notify } from "./desktop.js";
import { helpQuestion } from "./help.js";
import { KEYS, lists } from "./lists.js";
import { news } from "./news.js";
import { Notes, noteQuestion } from "./notes.js";
import { notices } from "./notices.js";
import {
  directQuestion, missedQuestion, pauseQuestion, servicesQuestion, transferQuestion, withoutQuestion,
} from "./questions.js";
import { phraseQuestion } from "./phrases.js";
import { Ready } from "./ready.js";
import { Rest } from "./rest.js";
import { moreQuestion } from "./strip.js";

const QUESTIONS = {
  transfer: (here) => transferQuestion(here, { ...here.board.current, id: here.board.current.ticket }),
  pause: pauseQuestion, direct: directQuestion, services: servicesQuestion, without: withoutQuestion,
  missed: missedQuestion, note: noteQuestion, phrase: phraseQuestion, more: moreQuestion,
};
const KINDS = { free: "good", called: "good", serving: "good", paused: "warn", wrap_up: "warn" };

const low = matchMedia("(max-height: 34rem)"); // such as 200 % zoom: there the big button comes first
const here = await staffPage({ board: "counter", draw, news: arrived, keys, last: () => !low.matches,
  own: () => here.board.counter.label });
const { words, ask } = here;
const acts = new Acts(here);
const alarm = new AlarmButton(
  () => here.send("alarm", words.text("staff-alarm"), { type: "raise_alarm", counter: here.id }), here.changed);
Object.assign(here, {
  rest: new Rest(here),
  notes: new Notes(here),
  ready: new Ready(here),
  unticked: new Set(),
  opening: null,
  strip: matchMedia("(max-height: 11rem)"), // the same in counter.css
  acts, alarm, others, showHelp: help,
  askFor: (name) => ask.open(() => QUESTIONS[name](here)),
  openCard(line) {
    here.notes.read(line.id);
    ask.open(() => ticketCard(here, line));
  },
  askTransfer(line) {
    ask.close();
    ask.open(() => transferQuestion(here, line));
  },
  chooseOpening(services) {
    here.opening = services;
    here.changed();
  },
});

for (const size of [low, here.strip]) size.addEventListener("change", here.changed);

function keys() {
  const found = [["?", help], ...Object.entries(KEYS).map(([key, name]) => [key, () => lead(`list-${name}`)])];
  if (!here.board) return found;
  return [...found, ...others().map(([name, key]) => [key, () => here.askFor(name)]), ...acts.keys];
}

/** What else can be asked about the ticket in hand: name of the question, its key and words. */
function others() {
  const found = adds() ? [["services", "E", "counter-add-service"]] : [];
  if (noted()) found.push(["note", "N", here.board.current.note ? "counter-act-note-change" : "counter-act-note"]);
  return found;
}

/** Whether there is a ticket in hand on which a note can be written. */
const noted = () => ["called", "serving"].includes(mode(here.board));

/** Whether the clerk may add a service to the ticket that they hold. */
const adds = () => may(here.board, "set_services");

function help() {
  ask.open(() => helpQuestion(here, here.keys, new Set(["U", ...keys().map(([key]) => key)])));
}

function header() {
  const { counter, services } = here.board;
  return html`<header>
    <h1>${counter.label}</h1>
    <span class="pill ${KINDS[mode(here.board)] ?? ""}">${words.text(`counter-state-${counter.state}`)}</span>
    <span class="served">${serviceNames(services, counter.services, here.language)}</span>
    <span class="head-acts">${acts.all.filter((act) => act.head).map((act) => acts.button(act))}
      ${may(here.board, "raise_alarm") ? alarmButton(words, alarm) : nothing}
      <button type="button" class="button" data-act="help" @click=${help}>
        ${words.text("counter-help")}<kbd aria-hidden="true">?</kbd></button></span>
  </header>`;
}

function body() {
  const { board } = here;
  const stands = mode(board);
  const taken = board.current && stands === "taken";
  return html`<main>
    ${low.matches ? [acts.bar(), here.undoBar()] : nothing}
    ${notices(here)}
    ${board.current ? heldTicket(here) : noTicket(here)}
    ${taken ? html`<p class="notice warn">${takenLine(here)} ${words.text("counter-taken-case")}</p>` : nothing}
    ${stands === "serving" ? toTick(here, acts.all.filter((act) => act.side).map((act) => acts.button(act, "plain")))
      : nothing}
    ${stands === "closed" ? toOpenWith(here) : nothing}
    ${low.matches ? nothing : acts.bar()}
  </main>`;
}

function draw() {
  acts.settle();
  if (document.activeElement?.closest(".acts")) queueMicrotask(keepFocus);
  return low.matches ? [body(), header(), lists(here)] : [header(), body(), lists(here)];
}

/** The pressed button may have disappeared: then the focus goes to the acts. */
function keepFocus() {
  if (!ask.isOpen && !document.activeElement?.closest(".acts")) document.querySelector(".acts .big")?.focus();
}

function arrived(before) {
  const { board } = here;
  if (before?.counter.state !== board.counter.state) here.opening = null;
  if (before?.current?.ticket !== board.current?.ticket) {
    here.unticked.clear();
    if (before && ask.isOpen) ask.close();
  }
  document.title = [board.current?.number, board.counter.label].filter(Boolean).join(" · ");
  here.ready.look();
  notify(here, before);
  return news(words, before, board, here.language);
}
