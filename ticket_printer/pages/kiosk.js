/**
 * The kiosk: choose a language, choose a service, get a number. One touch makes one ticket, however often it is sent.
 * Every failure is shown, and every screen ends when its visitor has gone. Draws the board `kiosk`.
 */

import { helpLine } from "/static/help_call.js";
import { showsItsName } from "/static/identify.js";
import { Live } from "/static/live.js";
import { html, nothing, render } from "/static/lit.js";
import { every, openPage } from "/static/page.js";
import { draft, own } from "/static/phrase.js";
import { MINUTE, SECOND } from "/static/terms.js";
import { hasWords, loadWords } from "/static/words.js";
import { codeScreen, reads } from "./code.js";
import { languageBar } from "./languages.js";
import { asked as answers, asks, matterScreen } from "./matter.js";
import { mineScreen, showMine } from "./mine.js";
import { needsScreen } from "./needs.js";
import { Papers } from "./paper.js";
import { givesPaper, resultScreen } from "./result.js";
import { searchScreen } from "./search.js";
import { serviceScreen } from "./services.js";
import { Speech } from "./speech.js";
import { Touch } from "./touch.js";
import { Visit } from "./visit.js";

const page = await openPage();
const root = document.getElementById("page");
const live = new Live({ office: page.office, board: "kiosk", id: page.id });
const touch = new Touch(live, page.id);
const papers = new Papers(page.office, page.id);
let unknown = false; // whether the office has no kiosk of this name
const SCREENS = { home: serviceScreen, needs: needsScreen, matter: matterScreen,
  search: searchScreen, mine: mineScreen, code: codeScreen, result: resultScreen };

/** The data from which every screen is drawn; `home()` resets it for the next person. */
const here = { ...beginning(), words: page.words, live, touch, kiosk: page.id, board: undefined, zone: undefined,
  others: [], page, go, changed: draw, issue, consider, collect, severally, down,
  checkIn, askHelp, choose, scanned: (secret) => showMine(here, secret), enlarge, refuse };

function beginning() {
  return { screen: "home", needs: [], code: "", result: undefined, problem: undefined, large: false, low: false,
    helpProblem: undefined, several: false, chosen: [], quantities: {}, persons: 1, search: "", below: false,
    mine: undefined, enter: undefined };
}

reads(here);

const visit = new Visit(() => resetWords(), draw);
const speech = new Speech(root, here, () => { visit.begin(timed(here.screen), touched()); draw(); });

async function resetWords() {
  touch.forget();
  speech.end();
  Object.assign(here, beginning());
  enlarge(false);
  lower(false);
  await speak(page.language);
  go("home");
}

async function speak(language) {
  here.words = await loadWords(language);
  here.words.adopt();
  draw();
}

/** Sets the language that somebody chose, for this visit only. */
async function choose(language) {
  await speak(language);
  visit.begin(timed(here.screen), touched());
}

/** Without paper there is more to read on the last screen. */
const timed = (screen) => (screen === "result" && !here.result?.paper ? "screen" : screen);

function enlarge(on) {
  here.large = on;
  document.documentElement.dataset.theme = on ? "contrast" : "paper";
  document.documentElement.toggleAttribute("data-large", on);
  draw();
}

/** Draws everything in the lower part of a tall screen, within reach of somebody who sits. */
function lower(on) {
  here.low = on;
  document.documentElement.toggleAttribute("data-low", on);
  draw();
}

function go(screen) {
  here.screen = screen;
  here.problem = undefined;
  visit.begin(timed(screen), touched());
  draw();
  root.querySelector("h1")?.focus();
}

/** Whether something must be reset before the next person comes. */
const touched = () => here.screen !== "home" || here.needs.length > 0 || here.several
  || speech.on || here.large || here.low
  || here.words.language !== page.language;

function refuse(problem) {
  here.problem = problem;
  draw();
}

/** Draws one number for all of these services. `away`: true, they come back with their papers; or the time today
 * (`later.js`) at which they come. They keep the place. */
async function issue(services, away = false) {
  const command = { type: "issue_ticket", services: [...services], ...(here.needs.length ? { needs: here.needs } : {}),
    ...answers(here), ...(here.board.prints_at ? { printer: here.board.prints_at } : {}),
    language: here.words.language, kiosk: page.id };
  await asked(services.join("+"), command, away);
}

/** These services were chosen: says and asks what there is to say and to ask, or draws the number at once. */
function consider(services) {
  here.chosen = [...services];
  return asks(here) ? go("matter") : issue(services);
}

function collect(service) {
  const { chosen } = here;
  here.chosen = chosen.includes(service) ? chosen.filter((one) => one !== service) : [...chosen, service];
  visit.begin("home", touched());
  draw();
}

function severally() {
  here.several = !here.several;
  here.chosen = [];
  visit.begin("home", touched());
  draw();
}

const list = () => root.querySelector(".services, .matters");

/** The next services of a list that is longer than the screen. */
function down() {
  list()?.scrollBy({ top: list().clientHeight * .8 });
}

/** Whether a list goes on below; drawn after the list, because only then its height is known. */
function look() {
  const box = list();
  const below = Boolean(box) && box.scrollTop + box.clientHeight < box.scrollHeight - 8;
  if (below === here.below) return;
  here.below = below;
  draw();
}

function checkIn() {
  return asked("code", { type: "check_in", code: here.code });
}

/** Sends the touch and shows the result: the number, or why there is none. */
async function asked(id, command, away = false) {
  if (touch.busy || live.state !== "live") return;
  here.problem = undefined;
  const answer = touch.send(id, command);
  visit.begin("asking", true);
  draw();
  const { done, problem } = await answer;
  shown({ done, problem }, away && done ? await left(done.result.ticket.id, away) : undefined, away);
}

/** Keeps the place of somebody who goes away: until when, or nothing if it did not work. */
async function left(ticket, away) {
  const minutes = away.minutes ?? here.board.away_minutes;
  const { done } = await touch.call({ type: "pause_ticket", ticket, minutes });
  return done ? new Date(live.clock.now() + minutes * MINUTE).toISOString() : undefined;
}

function shown({ done, problem }, away, offer) {
  if (problem) {
    visit.begin(here.screen, true);
    return refuse(problem);
  }
  here.result = { ...done.result.ticket, away, until: away && offer?.to, paper: givesPaper(here.board.printer) };
  return go("result");
}

async function askHelp() {
  here.helpProblem = undefined;
  const { problem } = await touch.call({ type: "request_help", kiosk: page.id });
  here.helpProblem = problem;
  draw();
}

function lineNotice() {
  if (live.state === "live" || live.state === "connecting") return nothing;
  const id = live.state !== "refused" ? "kiosk-cut-off" : unknown ? "kiosk-unknown" : "kiosk-refused";
  const said = (words) => words.text(id);
  const others = here.others.filter((one) => one.language !== here.words.language);
  return html`<p class="alert"
    role="alert">${said(here.words)}${others.map((words) => html`<span
    lang=${words.lang} dir=${words.dir}>${said(words)}</span>`)}</p>`;
}

/** The server is away, and the box beside this kiosk gives numbers meanwhile. */
function aloneNotice() {
  const { words, board } = here;
  return board.alone && live.state === "live"
    ? html`<p class="notice" role="status">${words.text("kiosk-alone")}</p>` : nothing;
}

/** What only the server knows cannot be asked while it is away. */
const OF_THE_SERVER = new Set(["appointment", "mine"]);

function footer() {
  const { words, board, large, low } = here;
  const button = (id, act, pressed = nothing, label = words.text(`kiosk-${id}`)) =>
    html`<button type="button" class="button" data-act=${id} aria-pressed=${pressed}
    ?disabled=${touch.busy || (pressed === nothing && live.state !== "live")
      || (board.alone && OF_THE_SERVER.has(id))} @click=${act}>${label}</button>`;
  return html`<footer>
    ${button("appointment", () => go("code"))}
    ${button("mine", () => go("mine"))}
    ${button("needs", () => go("needs"), nothing, words.text(board.more_room ? "kiosk-needs" : "kiosk-needs-help"))}
    ${button("large", () => { enlarge(!large); visit.begin(here.screen, touched()); }, String(large))}
    ${button("low", () => { lower(!low); visit.begin(here.screen, touched()); }, String(low))}
    ${button("help", askHelp)}
    <a class="button" href="/accessibility/${page.office}?lang=${words.language}&kiosk=${page.id}"
      >${words.text("common-accessibility")}</a>
  </footer>`;
}

function draw() {
  const { words, board, screen } = here;
  const refused = live.state === "refused";
  if (!board) return render(html`${lineNotice()}<main class="waiting">
    <h1>${words.text(refused ? "kiosk-title" : "common-connecting")}</h1>
    ${refused ? html`<p class="soft">${page.id}</p>` : nothing}</main>`, root);
  render(html`
    <header><p class="office">${own(board.name, words)}</p>${languageBar(here)}</header>
    ${lineNotice()} ${aloneNotice()} ${helpLine(here)}
    <main data-screen=${screen}>${SCREENS[screen](here, visit)}</main>
    ${words.says("common-language-draft") ? html`<aside>${draft(words)}</aside>` : nothing}
    ${screen === "home" ? footer() : nothing}
    ${visit.warning && screen !== "result" ? warning() : nothing}`, root);
  requestAnimationFrame(look);
  speech.screen();
  return undefined;
}

function warning() {
  const { words } = here;
  return html`<div class="still" role="alertdialog" aria-labelledby="still-there">
    <p id="still-there">${words.text("kiosk-still-there")}</p>
    <p>${words.text("kiosk-ends-in", { seconds: visit.left })}</p>
    <button type="button" class="button primary"
      @click=${() => visit.extend()}>${words.text("kiosk-more-time")}</button></div>`;
}

/** The words for when the line is cut are loaded before it is: in the office's first two languages. */
async function bothLanguages(languages) {
  here.others = await Promise.all(languages.filter(hasWords).slice(0, 2).map(loadWords));
}

live.addEventListener("board", ({ detail }) => {
  const first = !here.board;
  if (first) bothLanguages(detail.board.languages);
  here.board = detail.board;
  here.zone = detail.board.time_zone;
  if (first) {
    const kept = touch.kept();
    if (kept) touch.again(kept).then(shown); // after a reload, finish the touch that was not answered
  }
  draw();
  papers.come(detail.board.papers);
  live.shown();
});
live.addEventListener("state", ({ detail }) => {
  unknown = detail.code === "unknown";
  if (detail.state === "refused" && !here.others.length) bothLanguages(page.languages).then(draw);
  draw();
});
showsItsName(live, document.getElementById("name"), () => here.board?.name, page.id);
root.addEventListener("scroll", look, { capture: true });
every(SECOND, () => {
  if (speech.speaking) visit.extend();
  visit.tick();
  draw();
});
draw();
live.start();
