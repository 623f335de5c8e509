/** The table of a city: every office that this account may supervise, the worst first. Draws the board `offices`. */

import { html, nothing, repeat } from "/static/lit.js";
import { named, noWaitText, span, wait } from "/static/say.js";
import { staffPage } from "/static/staff/page.js";

const KINDS = { away: "bad", no_counter: "bad", needs: "bad", over_target: "bad", tight: "warn", on_target: "good" };
const COLUMNS = ["state", "counters", "waiting", "longest", "expected", "alerts"];

const here = await staffPage({ board: "offices", draw, news });
const { words } = here;

function longest(row) {
  return row.longest_wait ? span(words, here.live.clock.since(row.longest_wait)) : "–";
}

/** The wait of somebody who comes now, for the service that decides the state, and its target; or why it is unknown. */
function expected(row) {
  if (!row.service) return "–";
  const soft = (text) => html`<span class="small soft">${text}</span>`;
  if (!row.expected) return soft(noWaitText(words, row.expected_reason) || words.text("supervisor-no-estimate"));
  return html`${wait(words, row.expected)} ${row.expected.learning ? soft(words.text("common-learning")) : nothing}
    ${soft(words.text("offices-target", { target: row.target }))}`;
}

function state(row) {
  const service = row.service ? named(row.names, here.language) : "";
  const kind = KINDS[row.state] ?? "soft";
  return html`<span class="word ${kind}">${words.text(`offices-state-${row.state}`)}</span>
    ${service ? html`<span class="small soft">${service}</span>` : nothing}`;
}

function alerts(row) {
  if (!row.alerts) return "–";
  return html`<span class="word bad">${row.alerts}</span>
    <span class="small soft">${words.text(`offices-alert-${row.alert}`)}</span>`;
}

const CELLS = {
  state, expected, alerts, longest, waiting: (row) => row.waiting,
  counters: (row) => words.text("offices-open", { open: row.counters_open, all: row.counters }),
};

function office(row) {
  return html`<tr data-office=${row.office}>
    <th scope="row"><a href="/supervisor/${row.office}">${row.name || row.office}</a></th>
    ${COLUMNS.map((name) => html`<td class=${name} data-label=${words.text(`offices-${name}`)}><span>${
      CELLS[name](row)}</span></td>`)}</tr>`;
}

function draw() {
  const { offices, offices_total: total } = here.board;
  const more = total - offices.length;
  return html`<main class="offices"><h1>${words.text("offices-title")}</h1>
    <table><thead><tr><th scope="col">${words.text("offices-office")}</th>
      ${COLUMNS.map((name) => html`<th scope="col">${words.text(`offices-${name}`)}</th>`)}</tr></thead>
    <tbody>${repeat(offices, (row) => row.office, office)}</tbody></table>
    ${more ? html`<p class="soft">${words.text("staff-and-more", { count: more })}</p>` : nothing}</main>`;
}

/** What a screen reader says: an office that became worse. */
function news(before) {
  document.title = words.text("offices-title");
  const old = new Map((before?.offices ?? []).map((row) => [row.office, row]));
  return here.board.offices
    .filter((row) => KINDS[row.state] === "bad" && old.has(row.office) && old.get(row.office).state !== row.state)
    .map((row) => `${row.name}: ${words.text(`offices-state-${row.state}`)}`).join(". ");
}
