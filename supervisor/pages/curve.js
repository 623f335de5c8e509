/** Today's waits and arrivals, and how they go on: a plot, one sentence, the figures as a table; below it how fair the
 * day is. What is not known yet is said, never drawn. */

import { html, nothing } from "/static/lit.js";
import { timeOfDay } from "/static/say.js";
import { SECOND } from "/static/terms.js";

const seconds = (instant) => Date.parse(instant) / SECOND;
const rounded = (value) => (value === null || value === undefined ? null : Math.round(value));

export class Curve {
  #here;
  #box = document.createElement("div");
  #drawn = ""; // what the plot shows
  #plot = null;

  constructor(here) {
    this.#here = here;
    this.#box.className = "plot";
    this.#box.setAttribute("aria-hidden", "true"); // the table says the same
    new ResizeObserver(() => this.#refresh()).observe(this.#box);
  }

  draw() {
    const { words, board } = this.#here;
    const { curve } = board;
    const known = curve && curve.past.length + curve.ahead.length > 1;
    if (known) queueMicrotask(() => this.#refresh());
    return html`<section class="card curve" aria-labelledby="curve"><h2 id="curve"
      tabindex="-1">${words.text("supervisor-curve")}</h2>
      ${known ? html`${this.#box}<p class="small">${this.#sentence(curve)}</p>`
        : html`<p class="soft">${words.text("supervisor-curve-none")}</p>`}
      <div class="also">${known ? this.#table(curve) : nothing} ${fairness(this.#here)}</div></section>`;
  }

  #sentence({ past, ahead }) {
    const { words, zone } = this.#here;
    const now = [...past].reverse().find((one) => one.waits !== null);
    const said = now ? words.text("supervisor-curve-now", { minutes: rounded(now.waits) }) : "";
    const known = ahead.filter((one) => one.median !== null); // in the others nobody is expected
    if (!known.length) return `${said} ${words.text("supervisor-curve-no-ahead")}`.trim();
    const worst = known.reduce((most, one) => (one.median > most.median ? one : most));
    return `${said} ${words.text("supervisor-curve-ahead", { time: timeOfDay(words, worst.at, zone),
      low: rounded(worst.low), high: rounded(worst.high) })}`.trim();
  }

  #table({ past, ahead }) {
    const { words, zone } = this.#here;
    const cell = (value) => (value === null || value === undefined ? "–" : rounded(value));
    const row = (one, wait) => html`<tr><th scope="row">${timeOfDay(words, one.at, zone)}</th><td>${wait}</td>
      <td>${cell(one.arrivals)}</td></tr>`;
    return html`<details><summary>${words.text("supervisor-curve-figures")}</summary>
      <div class="scroll list" tabindex="0" role="group" aria-label=${words.text("supervisor-curve-figures")}>
      <table><thead><tr>${["time", "wait", "arrivals"].map((id) =>
        html`<th scope="col">${words.text(`supervisor-curve-${id}`)}</th>`)}</tr></thead>
      <tbody>${past.map((one) => row(one, cell(one.waits)))}
        ${ahead.map((one) => row(one, one.median === null ? "–"
          : `${cell(one.median)} (${cell(one.low)}–${cell(one.high)})`))}</tbody>
      </table></div></details>`;
  }

  /** Draws the plot again if its figures, its size or the theme have changed. */
  async #refresh() {
    const { words, board, zone } = this.#here;
    const { clientWidth: width, clientHeight: height } = this.#box;
    if (!board?.curve || !width) return;
    const { theme = "" } = document.documentElement.dataset;
    const wanted = JSON.stringify([board.curve, width, height, theme]);
    if (wanted === this.#drawn) return;
    this.#drawn = wanted;
    const { plotOf } = await import("./curve_plot.js");
    if (wanted !== this.#drawn) return; // it changed while the library was loaded
    this.#plot?.destroy();
    this.#plot = plotOf(this.#box, columns(board.curve), { width, height,
      said: { wait: words.text("supervisor-curve-wait"), arrivals: words.text("supervisor-curve-arrivals"),
        now: words.text("supervisor-curve-mark") },
      time: (second) => timeOfDay(words, second * SECOND, zone) });
  }
}

/** Columns for the plot: time, arrivals, wait so far, expected wait with its lower and upper end. */
function columns({ past, ahead }) {
  const none = (list) => list.map(() => null);
  const last = past.at(-1)?.waits ?? null;
  const joined = (name) => [...past.slice(0, -1).map(() => null), ...(past.length ? [last] : []),
    ...ahead.map((one) => one[name])]; // what is expected begins where the past ends
  return { now: past.length ? seconds(past.at(-1).at) : null, data: [
    [...past, ...ahead].map((one) => seconds(one.at)), [...past, ...ahead].map((one) => one.arrivals ?? null),
    [...past.map((one) => one.waits), ...none(ahead)], joined("median"), joined("low"), joined("high")] };
}

function fairness({ words, board }) {
  const found = board.fairness;
  if (!found) return nothing;
  const share = found.over_60 === null ? words.text("supervisor-fair-few")
    : words.text("supervisor-fair-over", { percent: Math.round(100 * found.over_60) });
  return html`<p class="small fairness">${[
    words.text("supervisor-fair-longest", { minutes: rounded(found.longest_wait) ?? 0 }), share,
    words.text("supervisor-fair-overtakings", { count: found.overtakings, called: found.called })].join(" · ")}</p>`;
}
