/**
 * The wall display: draws its board, lets calls take turns, plays the room's announcements. Without a connection it
 * says so and hides what may be wrong. Layout is in wall_view.js, turns in turns.js, sound in voice.js.
 */

import { monotonic } from "/static/clock.js";
import { showsItsName } from "/static/identify.js";
import { html, render } from "/static/lit.js";
import { Live } from "/static/live.js";
import { every, openPage } from "/static/page.js";
import { span, timeOfDay } from "/static/say.js";
import { MINUTE, SECOND } from "/static/terms.js";
import { hasWords, loadWords } from "/static/words.js";
import { asleep, shift } from "./care.js";
import { keepPage } from "./kept.js";
import { Last } from "./last.js";
import * as legible from "./legible.js";
import { Media } from "./media.js";
import { Places } from "./places.js";
import { Turns, identity } from "./turns.js";
import { Voice } from "./voice.js";
import * as view from "./wall_view.js";

const MESSAGE_MS = 12_000;
const PROVED_MS = 10_000;
const LAST_MS = 2_000; // a server that is there has answered by then
const SHORT_LABEL = 12; // signs: "Schalter 12" stays on one line as long as it is not much smaller for that
const LEAST_WHOLE = 0.48;
const FEWEST_SIGNS = 4; // a number has at least as much space as A017
/** What the line of numbers that take turns needs, and what is between rows, in em of the page (wall.css). */
const [MORE_EM, GAP_EM] = [4.45 / 2.7, 1.7 / 2.7];
const RENEWED = "wall renewed for";
/** [scale, the second language's way too, words broken anywhere]: tried in this order until a place fits its row. */
const PLACE_FITS = [
  [1, true], [0.85, true], [0.7, true], [0.7, false], [0.58, false], [0.48, false], [0.4, false], [0.33, false],
  [0.33, false, true],
];
/** [what is left out, scale, words broken anywhere]: the same for the column of waits. `tight`: the second language;
 * `bare`: how many wait, where a wait is known. */
const FITS = [
  ["", 1], ["", 0.92], ["", 0.85], ["tight", 0.92], ["tight", 0.85], ["tight bare", 1], ["tight bare", 0.92],
  ["tight bare", 0.84], ["tight bare", 0.76], ["tight bare", 0.68], ["tight bare", 0.6], ["tight bare", 0.6, true],
];

const page = await openPage();
const at = (id) => document.getElementById(id);
const live = new Live({ office: page.office, board: "display", id: page.id });
const last = new Last(page.office, page.id);
const voice = new Voice(live, { onSound: soundChanged });
const turns = new Turns();
const places = new Places();
const media = new Media(at("media"), `/media/${page.office}/${page.id}`, drawMedia);
let told = new Set(); // calls that the live region has already announced
let board;
let say = { first: page.words, second: null };
let again; // timer: when the turns change by themselves

/** The office's languages, not the browser's: the first large, the second small beside it. */
async function speakLanguages(languages) {
  const [first, second] = languages.length ? languages : page.languages;
  if (say.first.language !== first) say.first = await loadWords(first);
  // without the small language beside it a wall still says everything
  if (second !== say.second?.language) say.second = second ? await loadWords(second).catch(() => null) : null;
  say.first.adopt();
}

const hidden = () => board && live.age !== null && live.age > board.hide_after * SECOND;

const smallest = new Map(); // the lowest place for calls seen on a screen of this size: a message must not move numbers

/** The place for calls, px, as if nothing were wrong: an alert above it goes again. */
function room() {
  const [box, { paddingLeft, paddingRight, paddingTop, paddingBottom }] = [at("calls"), getComputedStyle(at("calls"))];
  const em = parseFloat(getComputedStyle(document.body).fontSize);
  const others = at("alert").offsetHeight + at("sound").offsetHeight;
  const inside = box.clientHeight + others - parseFloat(paddingTop) - parseFloat(paddingBottom) - MORE_EM * em;
  const view = `${innerWidth}x${innerHeight}`;
  smallest.set(view, Math.min(inside, smallest.get(view) ?? inside));
  const width = box.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  return { width, height: smallest.get(view), gap: GAP_EM * em, wide: matchMedia("(orientation: landscape)").matches };
}

function drawCalls() {
  clearTimeout(again);
  if (hidden()) return render(view.quiet(say, "wall-hidden"), at("calls"));
  if (board.desk) {
    render(view.desk(board, say, wordsOf(board.desk.sentence?.language)), at("calls"));
    return tell(board.calls);
  }
  const now = monotonic();
  const [area, need] = [room(), legible.needed(board, { width: innerWidth, height: innerHeight })];
  const signs = Math.max(FEWEST_SIGNS, ...board.calls.map((call) => call.number.length));
  const lines = legible.readable(area, board.lines, signs, need);
  const shown = turns.update(board.calls, lines, now, (call) => live.clock.since(call.called_at));
  const grid = places.arrange(shown, lines);
  const columns = legible.columns(area, grid.size, signs, need);
  render(view.calls(board, shown, { ...grid, columns, lines, need }, say), at("calls"));
  fitLines();
  tell(shown);
  const wait = turns.next(now);
  if (wait !== null) again = setTimeout(drawCalls, wait);
}

const theirs = new Map(); // by language, the words for whoever is served at this counter, once they have come

/** The words in which the clerk says something; the screen is drawn again when they are there. */
function wordsOf(language) {
  if (language && !theirs.has(language)) {
    theirs.set(language, undefined);
    loadWords(hasWords(language) ? language : say.first.language).then((words) => {
      theirs.set(language, words);
      drawCalls();
    }, () => theirs.delete(language)); // the next board asks again
  }
  return theirs.get(language);
}

const fitted = new WeakMap(); // of each line, what it was when its place was made to fit
let fonts = 0; // how often fonts have come that were not there when lines were measured

/** Makes what is said beside the numbers smaller until it fits into their rows; never the numbers. A line that is as it
 * was is not measured again; the others are measured together, because each change between costs a layout. */
function fitLines() {
  let open = [...document.querySelectorAll("#calls .line")].filter((line) => {
    const now = likeness(line);
    const same = fitted.get(line) === now;
    fitted.set(line, now);
    return !same;
  });
  for (const step of PLACE_FITS) {
    if (!open.length) return;
    for (const line of open) take(line, step);
    open = open.filter((line) => !fits(line, step));
  }
}

/** Everything on which it depends whether a line fits. */
function likeness(line) {
  const row = line.parentElement;
  return [line.textContent, row.className, row.style.cssText, row.parentElement.className,
    row.parentElement.style.cssText, line.clientWidth, line.clientHeight, fonts].join("|");
}

function take(line, [scale, both, anywhere = false]) {
  line.style.setProperty("--fit", scale);
  line.classList.toggle("short", !both);
  line.classList.toggle("anywhere", anywhere);
}

function fits(line, [scale]) {
  const [number, place] = [line.querySelector(".number"), line.querySelector(".place")];
  const above = place.offsetTop >= number.offsetTop + number.offsetHeight - 1;
  const high = above ? place.offsetTop - number.offsetTop + place.offsetHeight : place.offsetHeight;
  const wide = Math.max(...[...place.children].map((part) => part.offsetWidth));
  return high <= line.clientHeight * 0.94 && wide <= place.clientWidth + 1 && (scale < LEAST_WHOLE || !torn(place));
}

/** Whether a short label has two lines. */
function torn(place) {
  const label = place.querySelector(".label");
  if (label.textContent.trim().length > SHORT_LABEL) return false;
  const text = document.createRange();
  text.selectNodeContents(label);
  return new Set([...text.getClientRects()].map((box) => Math.round(box.top))).size > 1;
}

function drawRoom() {
  render(hidden() ? html`` : view.room(board, say), at("room"));
  shrink(at("room"));
  for (const list of document.querySelectorAll("#room .chips")) trim(list);
}

/** Makes the column fit: smaller, then without what is said elsewhere too, at last with words broken anywhere. */
function shrink(room) {
  for (const [without, scale, anywhere = false] of FITS) {
    room.className = anywhere ? `${without} anywhere` : without;
    room.style.setProperty("--fit", scale);
    const waits = room.querySelector(".waits");
    const wide = [...room.querySelectorAll(".service, .other")].some((name) => name.scrollWidth > name.clientWidth + 1);
    if (ends(room) && !wide && (!waits || waits.scrollHeight <= waits.clientHeight)) return;
  }
}

/** Whether the last part ends above the padding of the column. */
function ends(room) {
  const most = room.getBoundingClientRect().bottom - parseFloat(getComputedStyle(room).paddingBottom);
  return [...room.children].every((part) => part.getBoundingClientRect().bottom <= most + 1);
}

/** Hides numbers that do not fit completely. None that comes later may take their place, however narrow it is. */
function trim(list) {
  const items = [...list.children];
  for (const item of items) item.hidden = false;
  const most = list.clientHeight + 1;
  const ends = items.map((item) => item.offsetTop - list.offsetTop + item.offsetHeight);
  for (const [at, item] of items.entries()) item.hidden = ends[at] > most;
}

/** Pictures of the office stand where numbers would, as long as there is none. */
function drawMedia() {
  const free = board.media && !board.calls.length && !board.newest_beside && live.state === "live" && !hidden()
    && !asleep(board, live.clock.now());
  document.body.classList.toggle("showing", media.show(free, say.first));
  const said = at("calls").querySelector(".quiet")?.offsetHeight ?? 0;
  at("media").style.setProperty("--said", `${said}px`);
}

function drawTime() {
  if (!board) return;
  document.body.classList.toggle("desk", Boolean(board.desk));
  at("head").querySelector(":scope > h1")?.remove(); // the server's heading, which stands until there is a board
  render(view.head(board, say, timeOfDay(say.first, live.clock.now(), board.time_zone)), at("head"));
  render(html`${live.state === "live" ? view.door(board, say) : ""}${
    view.foot(board, say, Math.floor(monotonic() / MESSAGE_MS))}`, at("foot"));
  const [right, down] = shift(monotonic(), Math.min(innerWidth, innerHeight));
  document.body.style.translate = `${right}px ${down}px`;
  document.body.classList.toggle("asleep", asleep(board, live.clock.now()));
}

/** Announces each fresh call once to screen readers, in one sentence. */
function tell(shown) {
  told = new Set(board.calls.map(identity).filter((id) => told.has(id)));
  const fresh = shown.filter((call) => call.fresh && !call.withdrawn && !told.has(identity(call)));
  if (!fresh.length) return;
  fresh.forEach((call) => told.add(identity(call)));
  at("status").textContent = fresh.map((call) => view.spoken(call, say)).join(". ");
}

function drawAll() {
  if (!board) return;
  drawTime();
  drawCalls();
  drawMedia();
  drawRoom();
}

async function newBoard({ detail }) {
  board = detail.board;
  last.keep(board);
  await speakLanguages(board.languages ?? page.languages);
  document.title = `${board.name} · ${board.title}`;
  drawAll();
  live.shown(voice.sound);
  keepOnce();
  voice.heed(board, detail.seq);
  voice.zones(board.zones ?? []);
  if (board.media) media.ask();
}

let keeping = false;

/** When the first board is drawn, all that the page needs was loaded, the words of its second language too. */
function keepOnce() {
  if (keeping) return;
  keeping = true;
  keepPage((keeps) => {
    live.about({ keeps });
    live.shown(voice.sound);
  });
}

/** Without a server: the last truth, with its age. Nothing in it is new, so nothing is filled amber or read aloud. */
async function showLast() {
  const kept = board ? null : last.read();
  if (!kept) return;
  const shown = { ...kept.board, calls: kept.board.calls.map((call) => ({ ...call, fresh: false })) };
  board = shown;
  await speakLanguages(board.languages ?? page.languages);
  if (board !== shown) return; // the server has answered meanwhile
  live.resume(kept.age);
  drawAll();
}

/** The server has another release than this page: the page is loaded again, once for each release. */
function renew({ version }) {
  if (!page.data.version || version === page.data.version || sessionStorage.getItem(RENEWED) === version) return;
  sessionStorage.setItem(RENEWED, version);
  location.reload();
}

function alertText({ state, code, reason }) {
  if (state === "refused")
    return html`<b>${say.first.text(code === "unknown" ? "wall-unknown" : "wall-refused")}</b>
      <span>${reason || code} (${page.id})</span>`;
  const age = live.age === null ? say.first.text("common-data-none")
    : say.first.text("common-data-age", { age: span(say.first, live.age) });
  const second = say.second ? html` <span class="second" lang=${say.second.lang} dir=${say.second.dir}>
    ${say.second.text("common-disconnected")}. ${say.second.text("wall-ask")}</span>` : "";
  return html`<b>${say.first.text("common-disconnected")}</b> <span>${say.first.text("wall-ask")}</span>${second}
    <span class="age" aria-live="off">${age}</span>`;
}

function drawAlert(state = { state: live.state }) {
  const box = at("alert");
  const wrong = state.state === "stale" || state.state === "refused";
  if (wrong && state.code !== undefined) box.dataset.code = state.code;
  if (wrong) render(alertText({ code: box.dataset.code, ...state }), box);
  box.hidden = !wrong;
  document.body.classList.toggle("stale", wrong);
}

function soundChanged(sound) {
  const button = at("sound");
  button.hidden = sound !== "blocked";
  if (sound === "blocked") render(html`${say.first.text("wall-sound-off")}`, button);
  if (board) drawRoom(); // the button needs space
  live.shown(sound);
}

live.addEventListener("board", newBoard);
live.addEventListener("welcome", ({ detail }) => renew(detail));
live.addEventListener("state", ({ detail }) => {
  if (detail.code === "not_signed_in" || detail.code === "not_allowed") last.forget();
  drawAlert(detail);
  drawAll();
});
showsItsName(live, at("name"), () => board?.title, page.id);
addEventListener("resize", drawAll);
for (const touch of ["pointerdown", "keydown"])
  addEventListener(touch, () => voice.sound === "blocked" && voice.allow());
every(SECOND, () => {
  drawTime();
  if (document.body.classList.contains("stale")) drawAlert();
  if (hidden() && at("calls").querySelector(".calls")) drawAll();
});
every(MINUTE, () => board?.media && live.state === "live" && media.ask());
every(PROVED_MS, () => live.state === "live" && last.proved(live.age));
document.fonts.addEventListener("loadingdone", () => { // measure again, because the font has changed
  fonts += 1;
  drawAll();
});
at("calls").replaceChildren(); // what the server drew for browsers without scripts
live.start();
setTimeout(showLast, LAST_MS);
