/**
 * The counter page: whom I serve, what is left to tick, what the one big button will do, who comes next and why.
 * Draws the board `counter` and presses commands; knows nothing the board does not say.
 */

import { html, nothing, render } from "/static/lit.js";
import { Live } from "/static/live.js";
import { every, openPage } from "/static/page.js";
import { named, timeOfDay } from "/static/say.js";
import { AlarmButton, HeardAlarms, alarmButton, alarmNotices } from "/static/staff/alarms.js";
import { Keys } from "/static/staff/keys.js";
import { Ask, Pressing, lineBanner, pressButton, refusalNotice, refusalText, tell, undoBar, undoPress } from "/static/staff/staff.js";
import { helpNotices } from "/static/staff/needed.js";
import { ShortLists, lead } from "/static/staff/short.js";
import { keepTheme } from "/static/staff/theme.js";
import { didText, reasonText, serviceNames, whyText } from "/static/staff/wording.js";
import { acts, mode } from "./acts.js";
import { ticketCard } from "./card.js";
import { heldTicket, noTicket, takenLine, toOpenWith, toTick } from "./case.js";
import { helpQuestion } from "./help.js";
import { KEYS, lists } from "./lists.js";
import { news } from "./news.js";
import { directQuestion, pauseQuestion, servicesQuestion, transferQuestion, withoutQuestion } from "./questions.js";

const SETTLE_MS = 600; // the big button means something new: a second press of the old meaning does nothing
const QUESTIONS = { transfer: (here) => transferQuestion(here, held(here)), pause: pauseQuestion, direct: directQuestion,
  services: servicesQuestion, without: withoutQuestion };

keepTheme();
const page = await openPage();
const { words } = page;
const root = document.getElementById("page");
const live = new Live({ office: page.office, board: "counter", id: page.id });
const heard = new HeardAlarms();
const pressing = new Pressing(live, (problem) => refusalText(words, problem, here.zone), draw);
const ask = new Ask(document.getElementById("ask"), render);
const alarm = new AlarmButton(() => press("alarm", words.text("staff-alarm"), { type: "raise_alarm", counter: page.id }), draw);

/** What every part of the page is drawn from. */
const here = {
  words, live, pressing, ask, language: page.language, zone: undefined, board: undefined, refusal: undefined,
  unticked: new Set(), opening: null, short: new ShortLists(words, draw), changed: draw, send: press, askFor, openCard, askTransfer,
  chooseOpening(services) {
    here.opening = services;
    draw();
  },
};
const big = { id: undefined, since: 0, timer: undefined };

function held({ board }) {
  return { id: board.current.ticket, number: board.current.number };
}

function press(id, label, ...commands) {
  return pressing.press(id, label, ...commands);
}

function askFor(name) {
  ask.open(() => QUESTIONS[name](here));
}

function askTransfer(line) {
  ask.close();
  ask.open(() => transferQuestion(here, line));
}

function openCard(line) {
  ask.open(() => ticketCard(here, line));
}

const label = (act) => words.text(`counter-act-${act.id}`);
const openingWith = () => (here.board.counter.state === "closed" ? here.opening : null);
const possible = () => acts(here.board, { unticked: here.unticked, opening: openingWith() });
const settled = () => performance.now() - big.since >= SETTLE_MS;

/** Presses an act: at most one act of the counter is on its way, and the big one only in the meaning somebody could read. */
async function perform(act, first) {
  if (act.off || (first && !settled()) || pressing.going("act")) return;
  if (act.ask) return askFor(act.ask);
  const number = here.board.current?.number;
  big.pressed = act.id;
  const done = await pressing.press("act", label(act), ...act.send);
  big.pressed = undefined;
  draw();
  if (done?.result?.ticket === null) tell(words.text(number ? "counter-said-finished-nobody" : "counter-nobody-waits", { number: number ?? "" }));
}

function keyed() {
  const found = new Map([["?", help], ["U", undo], ...Object.entries(KEYS).map(([key, name]) => [key, () => lead(`list-${name}`)])]);
  if (!here.board) return found;
  if (here.board.current && mode(here.board) !== "taken") found.set("E", () => askFor("services"));
  possible().forEach((act, index) => {
    found.set(act.key, () => perform(act, index === 0));
    if (act.also) found.set(act.also, () => perform(act, index === 0));
  });
  return found;
}

function undo() {
  const last = here.board?.undo;
  if (last && Date.parse(last.until) > live.clock.now()) undoPress(words, pressing, last);
}

function help() {
  ask.open(() => helpQuestion(here, keys, here.board ? possible().map((act) => [act.key, label(act)]) : []));
}

const keys = new Keys(keyed, () => ask.isOpen);

function header() {
  const { counter } = here.board;
  const stands = mode(here.board);
  const kind = { free: "good", called: "good", serving: "good", paused: "warn", wrap_up: "warn" }[stands] ?? "";
  return html`<header>
    <h1>${counter.label}</h1>
    <span class="pill ${kind}">${words.text(`counter-state-${counter.state.replace("_", "-")}`)}</span>
    <span class="served">${serviceNames(here.board.services, counter.services, here.language)}</span>
    <span class="head-acts">${possible().filter((act) => act.head).map((act) => actButton(act, ""))}
      ${alarmButton(words, alarm)}
      <button type="button" class="button" data-act="help" @click=${help}>${words.text("counter-help")}<kbd aria-hidden="true">?</kbd></button></span>
  </header>`;
}

function actButton(act, kind, first = false, more = nothing) {
  const going = big.pressed === act.id && pressing.going("act");
  return pressButton({
    pressing: { going: () => going }, id: act.id, label: label(act), letter: act.key, kind, disabled: Boolean(act.off),
    act: () => perform(act, first), more, waits: (first && !settled()) || pressing.going("act"),
  });
}

function actBar() {
  const [first, ...others] = possible();
  const settledNow = settled() && !pressing.going("act");
  return html`<section class="acts" aria-label=${words.text("counter-acts")} data-settled=${settledNow}>
    ${actButton(first, "primary big", true, bigLine(first))}
    ${others.filter((act) => !act.head && !act.side).map((act) => actButton(act, ""))}
  </section>`;
}

/** What the big button will do, before it is pressed. */
function bigLine(act) {
  const { next } = here.board;
  if (!["next", "finish-next"].includes(act.id)) return nothing;
  if (!next) return html`<small>${words.text("counter-nobody-waits")}</small>`;
  return html`<small>${next.number}, ${whyText(words, next.why, live.clock.now(), here.zone)}</small>`;
}

function notices() {
  const { board } = here;
  const { assignment } = board;
  return html`${alarmNotices(here, heard.with(board.alarms, live.clock.now()), board.counter.id)}
    ${assignment ? html`<div class="notice assignment">${assigned(assignment)}</div>` : nothing}
    ${board.counter.coming_pause ? html`<div class="notice warn">${words.text("counter-pause-coming")}</div>` : nothing}
    ${board.messages.map((message) => messageNotice(message))}
    ${helpNotices(here)}
    ${refusalNotice(words, pressing)}`;
}

function assigned({ services, until, reason }) {
  const names = serviceNames(here.board.services, services, here.language);
  const text = until ? words.text("counter-assigned-until", { services: names, time: timeOfDay(words, until, here.zone) })
    : words.text("counter-assigned", { services: names });
  return reason ? `${text} (${reasonText(words, here.board, reason, here.language)})` : text;
}

function messageNotice(message) {
  const id = `read-${message.id}`;
  const read = words.text("counter-message-read");
  const command = { type: "acknowledge_message", counter: page.id, message: message.id };
  return html`<div class="notice message"><p><b>${words.text("counter-message")}</b> ${named(message.text, page.language)}</p>
    ${pressButton({ pressing, id, label: read, act: () => press(id, read, command) })}</div>`;
}

function body() {
  const { board } = here;
  const stands = mode(board);
  return html`<main>
    <div class="notices">${notices()}</div>
    ${board.current ? heldTicket(here) : noTicket(here)}
    ${board.current && stands === "taken" ? html`<p class="notice warn">${takenLine(here)} ${words.text("counter-taken-case")}</p>` : nothing}
    ${stands === "serving" ? toTick(here, possible().filter((act) => act.side).map((act) => actButton(act, "plain"))) : nothing}
    ${stands === "closed" ? toOpenWith(here) : nothing}
    ${actBar()}
  </main>`;
}

function settleBig() {
  const id = `${possible()[0].id}/${here.board.current?.ticket ?? ""}`;
  if (id === big.id) return;
  big.since = big.id === undefined ? -SETTLE_MS : performance.now();
  big.id = id;
  clearTimeout(big.timer);
  big.timer = setTimeout(draw, SETTLE_MS + 10);
}

function draw() {
  const line = lineBanner(words, live, here.refusal);
  if (!here.board) {
    render(html`${line}<main class="waiting"><h1>${words.text("counter-title")} ${page.id}</h1><p>${words.text("common-connecting")}</p></main>`, root);
    return;
  }
  settleBig();
  root.style.setProperty("--bars", line === nothing ? 1 : 2);
  const focus = document.activeElement?.closest?.(".acts") !== null;
  render(html`${line}${header()}${body()}${lists(here)}${undoBar(words, live, pressing, here.board.undo, didText(here, here.board.counter.label))}`, root);
  if (focus && !ask.isOpen && !document.activeElement?.closest(".acts")) root.querySelector(".acts .big")?.focus();
  ask.redraw();
}

live.addEventListener("board", ({ detail }) => {
  const before = here.board;
  here.board = detail.board;
  here.zone = detail.board.time_zone;
  if (before?.current?.ticket !== detail.board.current?.ticket) here.unticked.clear();
  if (before?.counter.state !== detail.board.counter.state) here.opening = null;
  if (ask.isOpen && before?.current?.ticket !== detail.board.current?.ticket) ask.close();
  document.title = [detail.board.current?.number, detail.board.counter.label].filter(Boolean).join(" · ");
  const said = news(words, before, detail.board, here.language);
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
