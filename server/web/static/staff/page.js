/**
 * The frame of every page of staff: words, connection, presses and refusals, alarms, one dialog, ten seconds to take a
 * press back. The page says what to draw; it is drawn again at every board, change of the connection, and second.
 *   const here = await staffPage({ board: "counter", draw, news });
 */

import { html, nothing, render } from "/static/lit.js";
import { Live } from "/static/live.js";
import { every, openPage } from "/static/page.js";
import { SECOND } from "/static/terms.js";
import { HeardAlarms } from "./alarms.js";
import { Keys } from "./keys.js";
import { may } from "./may.js";
import { ShortLists } from "./short.js";
import { Ask, Pressing, lineBanner, refusalText, tell, undoBar, undoPress } from "./staff.js";
import { didText } from "./wording.js";

/**
 * @param {string} board the kind of board; its id is in the page's data
 * @param {() => unknown} draw the content of the page; called only when there is a board
 * @param {(before?: object) => string} news what a screen reader says about a new board
 * @param {() => [string, () => void][]} keys what each key does now, besides U
 * @param {() => string} [own] the label of this clerk's own counter
 * @param {() => boolean} [last] whether the bar to take a press back is the last of the page; else `draw` places it
 * @returns {Promise<object>} `here`: the data from which every part of the page is drawn
 */
export async function staffPage({ board, draw, news, keys = () => [], own = () => undefined, last = () => true }) {
  const page = await openPage();
  const { words } = page;
  const root = document.getElementById("page");
  const live = new Live({ office: page.office, board, id: page.id || undefined });
  const heard = new HeardAlarms();
  const ask = new Ask(document.getElementById("ask"), render);
  const pressing = new Pressing(live, (problem) => refusalText(words, problem, here.zone), changed, soon);
  const here = {
    words, live, pressing, ask, changed, soon, id: page.id, language: page.language, zone: undefined, board: undefined,
    short: new ShortLists(words, changed),
    send: (id, label, ...commands) => pressing.press(id, label, ...commands),
    alarms: () => heard.with(here.board.alarms, live.clock.now()),
  };
  let refusal;

  function undo() {
    const last = here.board?.undo;
    if (last && may(here.board, "undo") && Date.parse(last.until) > live.clock.now()) undoPress(words, pressing, last);
  }

  here.keys = new Keys(() => new Map([["U", undo], ...keys()]), () => ask.isOpen);

  let due = false; // the page is drawn with the next frame, unless something draws it before

  /** What an answer changes mostly comes with the board right after it: drawing it twice would only cost time. */
  function soon() {
    if (due) return;
    due = true;
    const draw = () => due && changed();
    if (document.hidden) setTimeout(draw);
    else requestAnimationFrame(draw);
  }

  function changed() {
    due = false;
    const practice = here.board?.practice
      ? html`<p class="line practice" role="status">${words.text("staff-practice")}</p>` : nothing;
    const bars = [practice, lineBanner(words, live, refusal)];
    root.style.setProperty("--bars", 1 + bars.filter((bar) => bar !== nothing).length);
    render(html`${bars}${here.board ? [draw(), last() ? here.undoBar() : nothing] : waiting()}`, root);
    ask.redraw();
  }

  here.undoBar = () => undoBar(words, live, pressing, here.board, didText(here, own()),
    here.keys.shown("U"));
  const waiting = () => html`<main class="waiting">
    <h1>${words.text(`${board}-title`)} ${page.id}</h1>${live.state === "refused" ? nothing
      : html`<p>${words.text("common-connecting")}</p>`}</main>`;

  live.addEventListener("board", ({ detail }) => {
    const before = here.board;
    here.board = detail.board;
    here.zone = detail.board.time_zone;
    const said = news(before);
    if (said) tell(said);
    changed();
    live.shown();
  });
  live.addEventListener("state", ({ detail }) => {
    refusal = detail.state === "refused" ? detail : undefined;
    changed();
  });
  live.addEventListener("alarm", ({ detail }) => {
    heard.hear(detail);
    changed();
  });
  every(SECOND, changed);
  changed();
  live.start();
  return here;
}
