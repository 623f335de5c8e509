/**
 * A station, such as a photo terminal or the cash desk: whom it serves, the acts of a counter that a station has, and
 * help. Whoever is finished here goes back to the head of the list of the counter that sent them. Draws the board
 * `station`, as a counter that is open while the day is.
 */

import { helpLine } from "/static/help_call.js";
import { html, nothing } from "/static/lit.js";
import { may } from "/static/staff/may.js";
import { staffPage } from "/static/staff/page.js";
import { pressButton, refusalNotice } from "/static/staff/staff.js";
import { Acts } from "./big_button.js";
import { heldTicket } from "./case.js";
import { missedQuestion, withoutQuestion } from "./questions.js";

const QUESTIONS = { missed: missedQuestion, without: withoutQuestion };
const WRAP_UP = "W"; // a station has none
/** The commands that a station has. Staff who open its page may send others, for which it has no questions. */
const OWN = new Set(["call_next", "repeat_call", "withdraw_call", "start_service", "mark_missed", "finish_service",
  "request_help"]);

const page = await staffPage({ board: "station", draw, news, keys });
/** What the parts of the counter's page need, from this board. */
const here = Object.create(page, {
  board: { get: () => page.board && { ...page.board, may: page.board.may.filter((name) => OWN.has(name)),
    counter: { id: page.id, state: "open" } } },
});
Object.assign(here, { unticked: new Set(), opening: null, ready: undefined,
  askFor: (name) => page.ask.open(() => QUESTIONS[name](here)) });
const { words } = here;
const acts = new Acts(here);

function keys() {
  return here.board ? acts.keys.filter(([key]) => key !== WRAP_UP) : [];
}

function help() {
  const label = words.text("kiosk-help");
  return may(here.board, "request_help") ? pressButton({ pressing: here.pressing, id: "help", label,
    act: () => here.send("help", label, { type: "request_help", station: page.id }) }) : nothing;
}

function draw() {
  const { board } = here;
  acts.settle();
  return [html`<header><h1>${board.label}</h1>
      <span class="served">${words.text("desk-waiting", { count: board.waiting })}</span>
      <span class="head-acts">${help()}</span></header>`,
  html`<main><div class="notices">${helpLine(here)} ${refusalNotice(words, here.pressing)}</div>
    ${board.current ? heldTicket(here) : nobody()} ${acts.bar()}
    <p>${acts.all.filter((act) => act.side).map((act) => acts.button(act, "plain"))}</p></main>`];
}

function nobody() {
  const { next } = here.board;
  return html`<section class="now empty ticket edged" aria-label=${words.text("counter-current")}>
    ${next ? html`<div class="next-up"><p class="soft">${words.text("counter-next-up")}</p>
      <h2 class="number">${next.number}</h2></div>` : html`<h2>${words.text("counter-nobody-waits")}</h2>`}</section>`;
}

/** What a screen reader says: whom this station calls or serves. */
function news(before) {
  const { current, label } = page.board;
  document.title = [current?.number, label].filter(Boolean).join(" · ");
  if (!current || (before?.current?.ticket === current.ticket && before.current.state === current.state)) return "";
  return words.text(`counter-said-${current.state}`, { number: current.number });
}
