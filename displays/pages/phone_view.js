/**
 * The ticket on the phone as Lit templates: a board and words in, markup out. Used by phone.js. `page` is {words, zone,
 * now(), may(command), act(name), ring, push, secure, busy, asked, error}; phone.js decides what a press does.
 */

import { html, nothing, repeat } from "/static/lit.js";
import { laterToday } from "/static/later.js";
import { draft, fits, marks, own, phrase, pictogram, together } from "/static/phrase.js";
import { named, noWaitText, nobodyServes, span, timeOfDay, wait } from "/static/say.js";
import { ENDED } from "/static/terms.js";
import { direction, languageName, tag } from "/static/words.js";
import { arrow } from "./arrow.js";

const MOST_SQUARES = 7;
const SHORT = 4; // signs of a number that is shown large: "A017"

export function head(board, words, languages, choose) {
  const other = languages.length > 1;
  return html`<b>${own(board.name, words)}</b> ${other
    ? html`<nav aria-label=${words.text("common-language")}>
        ${languages
          .filter((language) => language !== words.language)
          .map(
            (language) =>
              html`<a href="?lang=${language}" lang=${tag(language)} dir=${direction(language)}
                hreflang=${tag(language)}
                @click=${(event) => choose(event, language)}>${languageName(language)}</a> `,
          )}
      </nav>`
    : nothing}`;
}

export function ticket(board, page) {
  const { words } = page;
  return html`
    <div class="slip ticket">
      <h1><small>${words.text("phone-your-number")}</small> <span
        class=${board.number.length > SHORT ? "number long" : "number"} translate="no">${board.number}</span></h1>
      ${board.state === "called" ? nothing : html`<p class="services">${services(board, words)}</p>`}
    </div>
    <div class="state">${STATES[board.state](board, page)}</div>
    ${moved(board, page)} ${notes(board, words)}
    ${page.error ? html`<p class="notice bad" role="alert">${page.error}</p>` : nothing}
    ${presses(board, page)} ${papers(board, words)} ${draft(words)}`;
}

/** A supervisor moved the ticket to another service, which is named above. */
const moved = (board, page) => (board.moved_at ? html`<p class="notice" role="status">${page.words.text("phone-moved",
  { time: clock(board.moved_at, page) })}</p>` : nothing);

/** What the office says to everybody who waits. */
const notes = (board, words) => (board.messages ?? []).map((note) =>
  html`<p class="notice" role="status">${phrase(note.text, words)}</p>`);

const services = (board, words) =>
  board.services.map((service, at) =>
    html`${at ? " · " : nothing}${pictogram(service)} ${phrase(service.names, words) || service.letter}`);

const big = (text) => html`<p class="big">${text}</p>`;
const soft = (text) => (text ? html`<p class="soft">${text}</p>` : nothing);
const clock = (instant, { words, zone }) => timeOfDay(words, instant, zone);
function place(board, words) {
  const way = phrase(board.counter.way, words) || phrase(board.way, words);
  const { label } = board.counter;
  return html`<p class="big place ${fits(label)}"><span>${own(together(label), words)}</span>
    ${arrow(board.counter.arrow, words, !way)}</p> ${soft(way)} ${stepFree(board.counter.way_step_free, words)}`;
}

/** The way without steps, for who did not ask for it at the kiosk. */
const stepFree = (way, words) => (named(way, words.language)
  ? html`<details class="presses"><summary class="button">${words.text("phone-way-step-free")}</summary>
      <p class="soft">${phrase(way, words)}</p></details>` : nothing);

const STATES = {
  waiting(board, page) {
    const { words } = page;
    const held = board.not_before && Date.parse(board.not_before) > page.now();
    const again = held && words.text("phone-not-before", { time: clock(board.not_before, page) });
    if (board.missed_at) return missedOnce(board, page, again);
    if (held) return big(again);
    if (board.ahead === null) return big(words.text("phone-state-waiting"));
    const range = wait(words, board.expected);
    const unserved = noWaitText(words, board.expected_reason);
    const line = words.text(board.ahead ? "phone-ahead" : "phone-you-are-next", { count: board.ahead });
    if (nobodyServes(board.expected_reason))
      return html`${big(unserved)} ${board.ahead ? soft(line) : nothing} ${passed(board, words)}`;
    const leave = board.leave_until && Date.parse(board.leave_until) > page.now()
      && words.text("phone-leave", { time: clock(board.leave_until, page) });
    return html`${range ? html`${big(range)} ${soft(line)}` : big(line)} ${soft(leave)}
      ${soft(range && board.longer && words.text(`phone-longer-${board.longer}`))}
      ${soft(range && board.expected.learning && words.text("common-learning"))}
      ${board.ahead ? soft(unserved) : nothing} ${squares(board.ahead)}
      ${passed(board, words)}`;
  },
  called: (board, { words }) => html`<p class="soft">${words.text("phone-come")}</p> ${place(board, words)}`,
  serving: (board, { words }) => html`<p class="soft">${words.text("phone-state-serving")}</p>
    ${board.counter ? place(board, words) : nothing}`,
  parked: (_, { words }) => html`${big(words.text("phone-state-parked"))} ${soft(words.text("phone-parked-how"))}`,
  away: (board, page) => html`
    ${big(board.away_until ? page.words.text("phone-away-until", { time: clock(board.away_until, page) })
      : page.words.text("phone-state-away"))}
    ${soft(page.words.text("phone-away-how"))}`,
  missed: (board, page) => html`
    ${big(page.words.text("phone-state-missed"))}
    ${soft(board.missed_at
      && page.words.text("phone-missed-ago", { age: span(page.words, page.now() - Date.parse(board.missed_at)) }))}
    ${soft(page.may("return_ticket") ? page.words.text("phone-missed-how") : page.words.text("phone-missed-desk"))}`,
  finished: (_, { words }) => html`${big(words.text("phone-state-finished"))} ${soft(words.text("phone-goodbye"))}`,
  cancelled: (_, { words }) =>
    html`${big(words.text("phone-state-cancelled"))} ${soft(words.text("phone-cancelled-how"))}`,
  expired: (_, { words }) => html`${big(words.text("phone-state-expired"))} ${soft(words.text("phone-expired-how"))}`,
};

/** The ticket was called and missed and is back in line: says so, and when the next call can come. */
function missedOnce(board, page, again) {
  const { words } = page;
  const called = words.text("phone-called-at", { time: clock(board.called_at ?? board.missed_at, page) });
  if (!again) return html`${STATES.waiting({ ...board, missed_at: null }, page)} ${soft(called)}`;
  return html`${big(called)} ${page.here ? nothing : soft(words.text("phone-missed-once-how"))} ${soft(again)}
    ${page.here ? html`<p class="soft" role="status">${words.text("phone-here-how")}</p>` : nothing}`;
}

/** One square for each person ahead, then one for me. The line above says the same in words. */
function squares(ahead) {
  const some = Math.min(ahead, MOST_SQUARES);
  return html`<p class="squares" aria-hidden="true">
    ${ahead > some ? html`<i class="more">+${ahead - some}</i>` : nothing}${Array.from({ length: some }, () =>
      html`<i></i>`)}<i class="me"></i>
  </p>`;
}

function passed(board, words) {
  const reasons = Object.entries(board.passed_by ?? {}).filter(([, count]) => count > 0);
  const text = (reason, count) => words.text(words.has(`phone-passed-${reason}`) ? `phone-passed-${reason}`
    : "phone-passed-other", { count });
  return reasons.map(([reason, count]) => soft(text(reason, count)));
}

function presses(board, page) {
  const buttons = [
    ![...ENDED, "serving", "missed"].includes(board.state) && ring(page),
    ![...ENDED, "serving"].includes(board.state) && ["off", "on"].includes(page.push) && push(page),
    page.may("return_ticket") && returns(board, page),
    page.may("pause_ticket")
      && press(page, "pause_ticket", board.state === "away" ? "phone-pause-longer" : "phone-pause", "",
      board.away_minutes),
    page.may("pause_ticket") && board.state === "waiting" && laterPress(board, page),
    page.may("cancel_ticket") && press(page, "cancel_ticket", "phone-cancel"),
  ].filter(Boolean);
  return html`<div class="presses">${buttons}</div> ${limits(board, page)} ${page.asked ? question(page) : nothing}`;
}

/** A time today instead of waiting, if the wait is long. */
function laterPress(board, page) {
  const offer = laterToday([board.expected], page.now());
  if (!offer) return undefined;
  const [from, to] = [offer.from, offer.to].map((at) => clock(at, page));
  return html`<button type="button" class="button" data-act="later" ?disabled=${page.busy}
    aria-busy=${page.busy === "pause_ticket"} @click=${() => page.act("later", offer.minutes)}>
    ${page.words.text("phone-later", { from, to })}</button>`;
}

/** "I am here": while it waits, because it is back in line already, this only asks its owner to stay. */
function returns(board, page) {
  if (board.state === "waiting") return !page.here && press(page, "here", "phone-here", "primary");
  return press(page, "return_ticket", `phone-return-${board.state === "missed" ? "missed" : "away"}`, "primary");
}

const press = (page, command, text, look = "", minutes = 0) => html`
  <button type="button" class="button ${look}" ?disabled=${page.busy} aria-busy=${page.busy === command}
    @click=${() => page.act(command)}>
    ${page.words.text(text, { minutes })}
  </button>`;

const ring = (page) => html`
  <button type="button" class="button" aria-pressed=${page.ring} @click=${() => page.act("ring")}>
    ${page.words.text(page.ring ? "phone-ring-on" : "phone-ring")}
  </button>`;

const push = (page) => html`
  <button type="button" class="button" aria-pressed=${page.push === "on"} ?disabled=${page.busy}
    aria-busy=${page.busy === "push"} @click=${() => page.act("push")}>
    ${page.words.text(page.push === "on" ? "phone-push-on" : "phone-push")}
  </button>`;

/** What this phone cannot do: without https a browser gives a page neither messages nor a screen that stays on. */
function limits(board, { words, push, secure }) {
  if (ENDED.includes(board.state)) return nothing;
  const text = secure ? push === "denied" && "phone-push-denied" : "phone-no-https";
  return text ? html`<p class="soft limits">${words.text(text)}</p>` : nothing;
}

const question = ({ words, act }) => html`
  <dialog aria-labelledby="question" @cancel=${() => act("keep")}>
    <h2 id="question">${words.text("phone-cancel-really")}</h2>
    <p>${words.text("phone-cancel-means")}</p>
    <div class="presses">
      <button type="button" class="button danger"
        @click=${() => act("cancel_really")}>${words.text("phone-cancel-yes")}</button>
      <button type="button" class="button" @click=${() => act("keep")}>${words.text("phone-cancel-no")}</button>
    </div>
  </dialog>`;

function papers(board, words) {
  const list = named(board.papers, words.language);
  const { lang, dir } = marks(board.papers, words);
  const coming = ![...ENDED, "serving", "parked"].includes(board.state);
  if (!list.length || !coming) return nothing;
  return html`<section class="card papers"><h2>${words.text("phone-papers")}</h2>
    <ul lang=${lang} dir=${dir}>${repeat(list, (paper) => html`<li>${paper}</li>`)}</ul></section>`;
}
