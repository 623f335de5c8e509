/**
 * The ticket on the phone: draws its board, rings and turns amber when called, and sends the few commands of its owner
 * ("I need more time", "I am not coming", "I am back"). Stores nothing on the phone. Layout is in phone_view.js.
 */

import { render } from "/static/lit.js";
import { Live } from "/static/live.js";
import { every, openPage } from "/static/page.js";
import { span } from "/static/say.js";
import { SECOND } from "/static/terms.js";
import { loadWords } from "/static/words.js";
import { Push } from "./phone_push.js";
import * as view from "./phone_view.js";
import { GONG, SILENCE } from "./sounds.js";

const AGE_MS = SECOND;
const VIBRATION = [500, 250, 500, 250, 500];

const page = await openPage();
const at = (id) => document.getElementById(id);
const live = new Live({ office: page.office, board: "ticket", id: page.id });
const player = new Audio();
const push = new Push(page.data.push, page.id);
let words = page.words;
let board;
let rung; // the call that has rung already
const shown = { ring: false, busy: null, asked: false, error: null, here: false };

async function choose(event, language) {
  event.preventDefault();
  words = await loadWords(language);
  words.adopt();
  history.replaceState(null, "", `?lang=${encodeURIComponent(language)}`);
  draw();
}

function draw() {
  if (!board) return;
  document.body.dataset.state = board.state;
  document.title = `${board.number} · ${words.text(`phone-state-${board.state}`)}`;
  render(view.head(board, words, page.languages, choose), at("head"));
  const told = { push: push.state, secure: isSecureContext, words, zone: board.time_zone, now: () => live.clock.now() };
  render(view.ticket(board, { ...shown, ...told, may, act }), at("ticket"));
  const statement = at("statement");
  statement.textContent = words.text("common-accessibility");
  statement.search = `?lang=${words.language}`;
  const dialog = document.querySelector("dialog");
  if (dialog && !dialog.open) dialog.showModal();
}

const may = (command) => board.may.includes(command);

/** What changed, in one sentence for screen readers. */
function tell(before) {
  if (before?.state === board.state && before?.counter?.id === board.counter?.id && before?.attempt === board.attempt)
    return;
  const called = board.state === "called" && board.counter;
  const text = called ? "phone-spoken-called" : `phone-state-${board.state}`;
  at("status").textContent = words.text(text, { number: board.number, counter: board.counter?.label ?? "" });
}

/** Rings once for each call and each repeat of it, if the owner allowed it. */
function ring() {
  const call = board.state === "called" ? `${board.called_at}|${board.attempt}` : undefined;
  if (!call || call === rung) return;
  rung = call;
  if (!shown.ring) return;
  navigator.vibrate?.(VIBRATION);
  player.src = GONG;
  player.play().catch(() => {}); // the browser may refuse the sound; the screen is amber anyway
}

/** Browsers let a page make sound only after a tap. The tap also keeps the screen awake, if the browser can do that. */
async function allowRing() {
  shown.ring = !shown.ring;
  draw();
  if (!shown.ring) return;
  player.src = SILENCE;
  await Promise.allSettled([player.play(), navigator.wakeLock?.request("screen")]);
}

/** Only here, after a tap, does the page ask the browser for permission. */
async function togglePush() {
  Object.assign(shown, { busy: "push", error: null });
  draw();
  try {
    await (push.state === "on" ? push.turnOff() : push.turnOn(words.language));
  } catch {
    shown.error = words.text("phone-push-failed");
  }
  shown.busy = null;
  draw();
}

const ACTS = {
  ring: allowRing,
  push: togglePush,
  cancel_ticket: () => ask(true),
  keep: () => ask(false),
  cancel_really() {
    ask(false);
    return send("cancel_ticket");
  },
  pause_ticket: () => send("pause_ticket"),
  later: (minutes) => send("pause_ticket", { minutes }),
  return_ticket: () => send("return_ticket"),
  here: iAmHere,
};

/** The ticket is already back in line: the press only shows this to its owner. */
async function iAmHere() {
  await send("return_ticket");
  shown.here = shown.error === null;
  draw();
}

const act = (name, more) => ACTS[name](more);

function ask(asked) {
  document.querySelector("dialog")?.close();
  shown.asked = asked;
  draw();
}

/** The link says which ticket; the server fills it in. */
async function send(type, more = {}) {
  Object.assign(shown, { busy: type, error: null });
  draw();
  try {
    await live.press({ type, ...more });
  } catch (refused) {
    shown.error = words.problem(refused.problem ?? { code: "fault" });
  }
  shown.busy = null;
  draw();
}

function alertText({ state, code }) {
  if (state === "refused") return words.text(code === "unknown" ? "phone-link-dead" : "common-failed");
  const age = live.age === null ? words.text("common-data-none")
    : words.text("common-data-age", { age: span(words, live.age) });
  return `${words.text("common-disconnected")}. ${age}`;
}

function drawAlert(state) {
  const wrong = state.state === "stale" || state.state === "refused";
  at("alert").hidden = !wrong;
  document.body.classList.toggle("stale", wrong);
  if (wrong) at("alert").textContent = alertText(state);
}

live.addEventListener("board", ({ detail }) => {
  const before = board;
  if (before && before.missed_at !== detail.board.missed_at) shown.here = false;
  if (!before) for (const id of ["head", "ticket"]) at(id).replaceChildren(); // what the server drew
  board = detail.board;
  draw();
  tell(before);
  ring();
  live.shown(shown.ring ? "ready" : "off");
});
live.addEventListener("state", ({ detail }) => drawAlert(detail));
every(AGE_MS, () => {
  if (live.state === "stale" && Math.round(live.age / SECOND) % 5 === 0) drawAlert({ state: "stale" });
  if (board?.state === "missed" || board?.not_before) draw();
});
live.start();
