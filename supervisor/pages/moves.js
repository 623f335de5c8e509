/** Sets of moves in force that the shift book does not list: what each changed, until when, and a button that takes it
 * back. */

import { html, nothing, repeat } from "/static/lit.js";
import { timeOfDay } from "/static/say.js";
import { may } from "/static/staff/may.js";
import { pressButton } from "/static/staff/staff.js";
import { reasonText, serviceNames } from "/static/staff/wording.js";

const MOST = 5;

export function moves(here) {
  const { words, board, short } = here;
  const listed = new Set(board.shift_book.map((row) => row.key));
  const sets = board.moves.filter((set) => !listed.has(set.key));
  if (!sets.length) return nothing;
  return html`<section class="card" aria-labelledby="moves"><div class="head"><h2 id="moves"
    tabindex="-1">${words.text("supervisor-moves")}</h2>
    ${short.more("moves", sets, MOST)}</div>
    <ul class="lines">${repeat(short.of("moves", sets, MOST), (set) => set.key, (set) =>
      line(here, set))}</ul></section>`;
}

function line({ words, board, pressing, language, zone }, set) {
  const label = words.text("supervisor-moves-revert");
  const counters = set.counters.map((id) => board.counters.find((face) => face.id === id)?.label ?? id);
  const services = set.services.length ? [serviceNames(board.services, set.services, language)] : [];
  const what = [...counters, ...services, ...(set.policy ? [words.text("supervisor-order")] : [])].join(", ")
    || words.text("supervisor-moves-tickets");
  const since = words.text("supervisor-moves-since", { time: timeOfDay(words, set.at, zone) });
  const until = set.until ? words.text("supervisor-until", { time: timeOfDay(words, set.until, zone) }) : "";
  const reason = set.reason ? reasonText(words, board, set.reason, language) : "";
  const act = () => pressing.press(`revert-${set.key}`, `${label}: ${what}`, { type: "revert_moves", key: set.key });
  return html`<li><span>${what} <span class="small soft">${[since, until, reason].filter(Boolean)
    .join(", ")}</span></span>
    ${may(board, "revert_moves")
      ? pressButton({ pressing, id: `revert-${set.key}`, label, name: `${label}: ${what}`, act }) : nothing}</li>`;
}
