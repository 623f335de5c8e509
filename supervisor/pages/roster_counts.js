/** How many counters are on duty in each half hour, one row a day. Used by the supervisor's table and by the editor. */

import { html, nothing } from "/static/lit.js";
import { timeOfDay } from "/static/say.js";
import { HALVES, clockOf, minutesOf } from "./roster_day.js";

const USUAL = [12, 40]; // 06:00 to 20:00 are shown even if nobody works

/** The half hours to show: the usual ones, and all before and after in which somebody works. */
export function shownHalves(all) {
  const busy = all.flatMap((counts) => counts.flatMap((count, half) => (count ? [half] : [])));
  const first = Math.min(USUAL[0], ...busy);
  const last = Math.max(USUAL[1] - 1, ...busy);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** The half hour of the office's clock that runs now. */
const halfNow = (words, live, zone) =>
  Math.floor(minutesOf(timeOfDay(words, live.clock.now(), zone)) / 30) % HALVES;

/** @param {{name: unknown, counts: number[]}[]} days @param {number} [now] the half hour to mark */
export function countsTable(words, days, { now, title }) {
  const halves = shownHalves(days.map((day) => day.counts));
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${title}><table class="counts">
    <caption class="visually-hidden">${title}</caption>
    <thead><tr><th scope="col"><span class="visually-hidden">${words.text("supervisor-day")}</span></th>
      ${halves.map((half) => html`<th scope="col" class=${half === now ? "now" : nothing}>
        <span class="visually-hidden">${clockOf(half * 30)}</span>
        <span aria-hidden="true">${half % 2 ? nothing : half / 2}</span></th>`)}</tr></thead>
    <tbody>${days.map((day) => html`<tr><th scope="row">${day.name}</th>
      ${halves.map((half) => html`<td class="${half === now ? "now" : ""} ${day.counts[half] ? "" : "none"}"
        >${day.counts[half] || "·"}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** What the table shows of today. @param {() => void} open opens the editor */
export function rosterToday({ words, board, live, zone }, open) {
  const title = words.text("supervisor-roster-today");
  return html`<section class="card roster-today" aria-labelledby="roster"><div class="head"><h2 id="roster"
    tabindex="-1">${title}</h2>
    <button type="button" class="button" data-ask="roster"
      @click=${open}>${words.text("supervisor-roster-change")} …</button></div>
    ${board.roster
      ? countsTable(words, [{ name: words.text("supervisor-counter"), counts: board.roster.counts }],
        { now: halfNow(words, live, zone), title: words.text("supervisor-roster-counts") })
      : html`<p class="soft">${words.text("supervisor-roster-none")}</p>`}
  </section>`;
}
