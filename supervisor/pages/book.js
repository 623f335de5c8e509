/** The shift book: today's moves, newest first, each with its end and effect, and a button that takes it back. */

import { html, nothing, repeat } from "/static/lit.js";
import { timeOfDay } from "/static/say.js";
import { may } from "/static/staff/may.js";
import { pressButton } from "/static/staff/staff.js";
import { author, deedsText, reasonText } from "/static/staff/wording.js";

const MOST = 5;

/** "vorhergesagt etwa 21, geschehen etwa 17": what was told, and after its time also what became of it. */
function effect(words, { told, happened, not_compared }) {
  if (told === null) return "";
  const whole = (minutes) => Math.round(minutes) + 0; // no "-0"
  const [said, was] = [whole(told.median), happened === null ? null : whole(happened)];
  if (was !== null && said >= 0 && was >= 0)
    return words.text("supervisor-book-told-happened", { told: said, happened: was });
  const longer = (id, name, minutes) =>
    words.text(`supervisor-book-${id}${minutes < 0 ? "-longer" : ""}`, { [name]: Math.abs(minutes) });
  const became = was === null ? not_compared && words.text("supervisor-book-not-compared")
    : longer("happened", "happened", was);
  return [longer("told", "told", said), became].filter(Boolean).join(", ");
}

/** The result of the newest move whose result is known, or empty: "Zuvor, um 10:02: vorhergesagt etwa 21, geschehen
 * etwa 17". */
export function lastEffect({ words, board, zone }) {
  const row = board.shift_book.find((one) => one.told !== null && one.happened !== null);
  if (!row) return "";
  return words.text("supervisor-advice-before", { time: timeOfDay(words, row.at, zone), effect: effect(words, row) });
}

/** What a screen reader says when the result of a move became known. */
export function effectNews(here, before) {
  const known = (board) => board.shift_book.filter((row) => row.happened !== null).length;
  return before && known(here.board) > known(before) ? lastEffect(here) : "";
}

function line(here, row) {
  const { words, board, pressing, language, zone } = here;
  const label = words.text("supervisor-book-revert");
  const once = (deed) => ({ ...deed, until: deed.until === row.until ? null : deed.until });
  const what = deedsText(here, row.did.map(once));
  const until = row.until ? words.text("supervisor-until", { time: timeOfDay(words, row.until, zone) }) : "";
  const reason = row.reason && row.by !== `rule:${row.reason}` ? reasonText(words, board, row.reason, language) : "";
  const ended = row.ended ? words.text("supervisor-book-ended") : "";
  const act = () => pressing.press(`revert-${row.key}`, `${label}: ${what}`, { type: "revert_moves", key: row.key });
  return html`<li class=${row.ended ? "soft" : nothing}><span><b>${timeOfDay(words, row.at, zone)}</b> ${what}
    <span class="small soft">${[author(here, row.by), until, reason, effect(words, row), ended].filter(Boolean)
    .join(", ")}</span></span>
    ${row.open && may(board, "revert_moves")
      ? pressButton({ pressing, id: `revert-${row.key}`, label, name: `${label}: ${what}`, act }) : nothing}</li>`;
}

export function shiftBook(here) {
  const { words, board, short } = here;
  if (!board.shift_book.length) return nothing;
  return html`<section class="card" aria-labelledby="book"><div class="head"><h2 id="book"
    tabindex="-1">${words.text("supervisor-book")}</h2>
    ${short.more("book", board.shift_book, MOST)}</div>
    <ul class="lines ${short.whole("book") ? "whole" : ""}" tabindex=${short.whole("book") ? 0 : nothing}>${repeat(
      short.of("book", board.shift_book, MOST), (row) => row.key, (row) => line(here, row))}</ul></section>`;
}
