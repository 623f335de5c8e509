/**
 * The wall as Lit templates: a board and two languages in, markup out. Computes only layout. Used by wall.js.
 * `say` is {first, second}: Words of the office's first language and of the small one beside it (or null).
 */

import { html, nothing, repeat, vars } from "/static/lit.js";
import { draft, marks, own, phrase, pictogram } from "/static/phrase.js";
import { minutes, named, saidIn, timeOfDay } from "/static/say.js";
import { direction, tag } from "/static/words.js";
import { arrow } from "./arrow.js";
import { identity } from "./turns.js";

const MOST_NEXT = 24;

/** A text in both languages, the second one small and with its `lang`. */
const both = (say, id, args) => html`${say.first.text(id, args)}${second(say, (words) => words.text(id, args))}`;

function second(say, text) {
  if (!say.second) return nothing;
  const other = text(say.second);
  return other ? html` <span class="second" lang=${say.second.lang} dir=${say.second.dir}>${other}</span>` : nothing;
}

/** A text that the office wrote per language: the first language, and the second if it is there. */
const pair = (say, texts) => html`${phrase(texts, say.first)}${also(say, texts)}`;

/** The same in the second language, unless the first part says just that already. */
const also = (say, texts) => second(say, ({ language }) =>
  saidIn(texts, say.first.language) === language || texts?.[language] === named(texts, say.first.language)
    ? "" : texts?.[language]);

export const head = (board, say, time) => html`
  <div class="who">${board.logo ? logo(board.logo, say.first) : nothing}<h1>${own(board.name, say.first)}</h1>
    <span class="title">${pair(say, board.room)}</span></div>
  <time>${time}</time>`;

/** Without a text it is an ornament: the name of the office stands beside it. */
const logo = ({ address, text }, words) => html`<span class="logo"><img src=${address}
  alt=${named(text, words.language)} lang=${marks(text, words).lang}
  @error=${({ target }) => target.parentElement.remove()}></span>`;

/** `grid`: size and places (places.js), columns, its most calls and the smallest size of numbers, px (legible.js). */
export function calls(board, shown, grid, say) {
  if (!shown.length) return quiet(say, board.open ? "wall-nobody" : "wall-closed");
  const pointing = shown.some((call) => call.counter.arrow && !call.withdrawn);
  const rows = Math.ceil(grid.size / grid.columns);
  const newest = board.newest_beside ? undefined : shown.find((call) => call.fresh && !call.withdrawn);
  const sizes = { "--columns": grid.columns, "--rows": rows, "--need": `${grid.need.toFixed(1)}px` };
  return html`<ol class="calls ${pointing ? "pointing" : ""}" ${vars(sizes)}>
    ${repeat(shown, identity, (call) => {
      const place = grid.of(call);
      const at = { "--column": 1 + Math.floor(place / rows), "--row": 1 + (place % rows) };
      return row(call, call === newest, at, say);
    })}
  </ol>
  ${grid.size < grid.lines ? nothing : more(board.calls.length - shown.length, say)}`;
}

/** Calls that are not on the screen just now. Its line is there before it is needed: rows must not move for it. */
const more = (count, say) =>
  html`<p class="more">${count > 0 ? both(say, "wall-more", { count }) : nothing}</p>`;

function row(call, newest, at, say) {
  const state = call.withdrawn ? "withdrawn" : newest ? "fresh" : "";
  return html`<li class="row ticket ${state}" ${vars({ ...at, "--chars": Math.max(4, call.number.length) })}>
    <div class="line notched">
      <span class="number">${call.number}</span>
      ${call.withdrawn
        ? html`<span class="place"><span class="label">${both(say, "wall-please-wait")}</span></span>`
        : html`<span class="place"><span class="label">${own(call.counter.label, say.first)}</span>
            ${way(call, say)}</span>
            ${arrow(call.counter.arrow, say.first, !named(where(call), say.first.language))}`}
    </div>
  </li>`;
}

/** A display over one counter: whom it calls, else what it does; and what the clerk says, in `theirs`. */
export function desk(board, say, theirs) {
  const { counter, state, back_at: back } = board.desk;
  const call = board.calls.find((one) => !one.withdrawn);
  const time = (words) => timeOfDay(words, back, board.time_zone);
  const states = {
    closed: () => both(say, "wall-service-closed"),
    paused: () => back
      ? html`${say.first.text("wall-desk-back", { time: time(say.first) })}${second(say, (words) =>
        words.text("wall-desk-back", { time: time(words) }))}`
      : both(say, "wall-desk-paused"),
  };
  const slip = call?.fresh ? "slip ticket fresh" : "slip ticket";
  return html`<div class="over">
    <h1 class="label">${own(counter.label, say.first)}</h1>
    ${call
      ? html`<p class=${slip} ${vars({ "--chars": Math.max(4, call.number.length) })}>
          <span class="notched"><span class="number">${call.number}</span></span></p>`
      : html`<p class="does">${states[state]?.() ?? both(say, "wall-please-wait")}</p>`}
    ${board.desk.sentence && theirs ? sentence(board.desk.sentence, theirs) : nothing}
  </div>`;
}

/** What the clerk says to whoever is served there, in their language; with the papers, if it is about papers. */
const sentence = ({ phrase: id, papers }, words) => html`<div class="sentence" lang=${words.lang} dir=${words.dir}>
  <p>${words.text(`wall-phrase-${id}`)}</p>
  ${papers.length ? html`<ul>${papers.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}</div>`;

const way = (call, say) =>
  named(where(call), say.first.language) ? html`<span class="way">${pair(say, where(call))}</span>` : nothing;

/** The room, if it is another one than this wall's, and the way there: one line in each language. */
function where({ room = {}, counter: { way } }) {
  const languages = new Set([...Object.keys(room), ...Object.keys(way)]);
  return Object.fromEntries([...languages].map((language) =>
    [language, [room[language], way[language]].filter(Boolean).join(" · ")]));
}

export const quiet = (say, id) => html`<p class="quiet">${both(say, id)}</p>`;

export function room(board, say) {
  const known = board.waiting.some((line) => line.expected);
  return html`
    ${board.waiting.length
      ? html`<section class="card waits" ${vars({ "--services": board.waiting.length })}>
          <h2>${both(say, known ? "wall-waits" : "wall-waiting")}</h2>
          ${board.waiting.some((line) => line.expected?.learning)
            ? html`<p class="soft learning">${both(say, "common-learning")}</p>` : nothing}
          <ul>${board.waiting.map((line) => service(line, say, known))}</ul>
        </section>`
      : nothing}
    ${numbers(say, "wall-next", board.numbers_waiting.slice(0, MOST_NEXT), "next")}
    ${numbers(say, "wall-missed", board.missed, "missed")}`;
}

/** If no wait is known at all, the column says how many wait. */
function service(line, say, known) {
  const late = line.open && line.reachable_today === "no";
  const range = !line.open ? say.first.text("wall-service-closed")
    : late ? both(say, "wall-not-today") : known ? minutes(say.first, line.expected) : line.count;
  const count = (known && line.open) || (line.count && !line.open)
    ? say.first.text("wall-count", { count: line.count }) : nothing;
  return html`<li class=${late ? "late" : line.open ? "" : "closed"}>
    <b class="letter">${line.letter}</b><span class="service">${pictogram(line)} ${phrase(line.names, say.first)}</span>
    <b class="range">${range ?? nothing}</b>
    <span class="soft other">${also(say, line.names ?? {})}</span>
    <span class="soft count">${count}</span>
  </li>`;
}

const numbers = (say, id, list, name) =>
  list.length
    ? html`<section class="card ${name}">
        <h2>${both(say, id)}</h2>
        <ul class="chips">${repeat(list, (number) => number, (number) =>
          html`<li><span class="number">${number}</span></li>`)}</ul>
      </section>`
    : nothing;

/** The line at the bottom: what a supervisor says or moved, in turns, else a hint about the letters. */
export function foot(board, say, turn) {
  const lines = [...board.messages, ...(board.moved ?? [])];
  if (!lines.length) return html`<p>${both(say, "wall-letters")}</p>${draft(say.first)}`;
  const message = lines[turn % lines.length];
  if (message.numbers) return moved(message, say);
  return html`<p>${Object.entries(message.text)
    .sort(([one]) => (one === say.first.language ? -1 : 1))
    .map(([language, text], place) =>
      html`<span class=${place ? "second" : ""} lang=${tag(language)} dir=${direction(language)}>${text}</span>
      `)}</p>`;
}

/** With what people draw a ticket on their own phones. A code that may be old is not shown. */
export const door = ({ door: shown, office }, say) => !shown ? nothing : html`<div class="door">
  ${shown.address
    ? html`<img src="/draw/${encodeURIComponent(office)}/qr.svg" alt=${say.first.text("draw-qr")}>` : nothing}
  <p><span class="what">${both(say, "wall-door")}</span> <span class="where" dir="ltr">${shown.address ?? ""}</span></p>
  <p class="code"><span class="soft">${say.first.text("wall-door-code")}</span>
    <b dir="ltr">${shown.code.slice(0, 3)} ${shown.code.slice(3)}</b></p></div>`;

/** Numbers that wait for another service now. */
function moved({ names, letter, numbers, total }, say) {
  const text = (words) => words.text("wall-moved", { numbers: numbers.join(", "), more: total - numbers.length,
    service: named(names, words.language) || letter });
  return html`<p>${text(say.first)}${second(say, text)}</p>`;
}

/** What a screen reader says about a new call, in one sentence. */
export const spoken = (call, say) =>
  say.first.text("wall-spoken", {
    number: call.number,
    counter: call.counter.label,
    way: named(where(call), say.first.language) || "nowhere",
  });
