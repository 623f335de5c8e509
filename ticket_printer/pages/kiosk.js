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
import { SECOND } from "/static/terms.js";
import { loadWords } from "/static/words.js";
import { codeScreen } from "./code.js";
import { languageBar } from "./languages.js";
import { needsScreen } from "./needs.js";
import { givesPaper, resultScreen } from "./result.js";
import { serviceScreen } from "./services.js";
import { Touch } from "./touch.js";
import { Visit } from "./visit.js";

const page = await openPage();
const root = document.getElementById("page");
const live = new Live({ office: page.office, board: "kiosk", id: page.id });
const touch = new Touch(live, page.id);
const SCREENS = { home: serviceScreen, needs: needsScreen, code: codeScreen, result: resultScreen };

/** The data from which every screen is drawn; `home()` resets it for the next person. */
const here = { ...beginning(), words: page.words, live, touch, kiosk: page.id, board: undefined, zone: undefined,
  go, changed: draw, issue, checkIn, askHelp, choose, enlarge, refuse };

function beginning() {
  return { screen: "home", needs: [], code: "", result: undefined, problem: undefined, large: false,
    helpProblem: undefined };
}

const visit = new Visit(() => resetWords(), draw);

async function resetWords() {
  touch.forget();
  Object.assign(here, beginning());
  enlarge(false);
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
  visit.begin("home", here.words.language !== page.language);
}

function enlarge(on) {
  here.large = on;
  document.documentElement.dataset.theme = on ? "contrast" : "paper";
  document.documentElement.toggleAttribute("data-large", on);
  draw();
}

function go(screen) {
  here.screen = screen;
  here.problem = undefined;
  visit.begin(screen === "result" && !here.result?.paper ? "screen" : screen, touched());
  draw();
  root.querySelector("h1")?.focus();
}

/** Whether something must be reset before the next person comes. */
const touched = () => here.screen !== "home" || here.needs.length > 0 || here.large
  || here.words.language !== page.language;

function refuse(problem) {
  here.problem = problem;
  draw();
}

async function issue(service) {
  const command = { type: "issue_ticket", services: [service.id], ...(here.needs.length ? { needs: here.needs } : {}),
    language: here.words.language, kiosk: page.id };
  await asked(service.id, command);
}

function checkIn() {
  return asked("code", { type: "check_in", code: here.code });
}

/** Sends the touch and shows the result: the number, or why there is none. */
async function asked(id, command) {
  if (touch.busy || live.state !== "live") return;
  here.problem = undefined;
  const answer = touch.send(id, command);
  visit.begin("asking", true);
  draw();
  shown(await answer);
}

function shown({ done, problem }) {
  if (problem) {
    visit.begin(here.screen, true);
    return refuse(problem);
  }
  here.result = { ...done.result.ticket, paper: givesPaper(here.board.printer) };
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
  return html`<p class="alert"
    role="alert">${here.words.text(live.state === "refused" ? "kiosk-refused" : "kiosk-cut-off")}</p>`;
}

function footer() {
  const { words, large } = here;
  const button = (id, act, pressed = nothing) =>
    html`<button type="button" class="button" data-act=${id} aria-pressed=${pressed}
    ?disabled=${touch.busy} @click=${act}>${words.text(`kiosk-${id}`)}</button>`;
  return html`<footer>
    ${button("appointment", () => go("code"))}
    ${button("needs", () => go("needs"))}
    ${button("large", () => { enlarge(!large); visit.begin(here.screen, touched()); }, String(large))}
    ${button("help", askHelp)}
    <a class="button" href="/accessibility/${page.office}?lang=${words.language}&kiosk=${page.id}"
      >${words.text("common-accessibility")}</a>
  </footer>`;
}

function draw() {
  const { words, board, screen } = here;
  const until = live.state === "refused" ? "kiosk-title" : "common-connecting";
  if (!board) return render(html`${lineNotice()}<main class="waiting"><h1>${words.text(until)}</h1></main>`, root);
  return render(html`
    <header><p class="office">${own(board.name, words)}</p>${screen === "result" ? nothing : languageBar(here)}</header>
    ${lineNotice()} ${helpLine(here)}
    <main data-screen=${screen}>${SCREENS[screen](here, visit)}</main>
    ${draft(words)} ${screen === "home" ? footer() : nothing}
    ${visit.warning && screen !== "result" ? warning() : nothing}`, root);
}

function warning() {
  const { words } = here;
  return html`<div class="still" role="alertdialog" aria-labelledby="still-there">
    <p id="still-there">${words.text("kiosk-still-there")}</p>
    <p>${words.text("kiosk-ends-in", { seconds: visit.left })}</p>
    <button type="button" class="button primary"
      @click=${() => visit.extend()}>${words.text("kiosk-more-time")}</button></div>`;
}

live.addEventListener("board", ({ detail }) => {
  const first = !here.board;
  here.board = detail.board;
  here.zone = detail.board.time_zone;
  if (first) {
    const kept = touch.kept();
    if (kept) touch.again(kept).then(shown); // after a reload, finish the touch that was not answered
  }
  draw();
  live.shown();
});
live.addEventListener("state", draw);
showsItsName(live, document.getElementById("name"), () => here.board?.name, page.id);
every(SECOND, () => {
  visit.tick();
  draw();
});
draw();
live.start();
