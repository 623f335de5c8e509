/**
 * The grid of counters and services: a press on a cell gives the counter the service, or takes it away, if wanted for a
 * limited time. Arrow keys move between cells. A cell that cannot change says why when it is pressed.
 */

import { html, nothing, repeat } from "/static/lit.js";
import { named, span, timeOfDay } from "/static/say.js";
import { mayAt } from "/static/staff/may.js";
import { counterStands, minutesOn } from "/static/staff/wording.js";
import { whyFor } from "./why_until.js";

const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -99],
  End: [0, 99] };

/** Whether this cell is one of those that change back when a timed assignment ends. */
const changesAt = (given, id) => Boolean(given?.until) && given.services.includes(id) !== given.before.includes(id);

export class Grid {
  #here;
  #at = [0, 0]; // the cell that the tab key reaches
  #minutes = "";
  #reason = "";
  #explained = ""; // why the last pressed cell did nothing

  constructor(here) {
    this.#here = here;
  }

  draw() {
    const { words, board, whatIf } = this.#here;
    return html`<section class="card" aria-labelledby="grid"><div class="head"><h2 id="grid"
      tabindex="-1">${words.text("supervisor-grid")}</h2>
      ${whyFor(this.#here, ["why", "for"], { disabled: whatIf.on, chosen: (name, value) => this.#choose(name, value) })}
      </div>
      <div class="scroll"><table class="grid" role="grid" aria-labelledby="grid"
        @keydown=${(event) => this.#walk(event)}>
        <thead><tr><th scope="col">${words.text("supervisor-counter")}</th>
          ${board.services.map((service) =>
            html`<th scope="col"><abbr
            title=${named(service.names, this.#here.language)}>${service.letter}</abbr></th>`)}
          <th scope="col" class="since">${words.text("supervisor-since")}</th></tr></thead>
        <tbody>${repeat(board.counters, (face) => face.id, (face, index) =>
          this.#row(whatIf.planned(face), face, index))}</tbody></table></div>
      <p class="small soft" role="status">${this.#explained || words.text("supervisor-grid-how")}</p>
    </section>`;
  }

  #choose(name, value) {
    if (name === "why") this.#reason = value;
    else this.#minutes = value;
  }

  /** `face`: the counter with the moves that are gathered, `now`: as it is. */
  #row(face, now, index) {
    const { words, board, zone, language, live, askFor } = this.#here;
    return html`<tr class=${face.state}>
      <th scope="row"><button type="button" class="pick" data-counter=${face.id}
        @click=${() => askFor("counter", face.id)}>
        <b>${face.label}</b>
          <span class="soft">${counterStands(words, face, zone, board.break_reasons, language)}</span></button></th>
      ${board.services.map((service, column) => this.#cell(face, service, [index, column], now))}
      <td class="since">${face.since ? span(words, live.clock.since(face.since)) : nothing}</td>
    </tr>`;
  }

  #cell(face, service, place, now) {
    const { words, board, zone, pressing, language } = this.#here;
    const on = face.services.includes(service.id);
    const planned = on !== now.services.includes(service.id);
    const can = on || face.skills.includes(service.id);
    const fixed = !can || !mayAt(board, face.id, "assign_counter");
    const until = changesAt(board.assignments[face.id], service.id)
      ? timeOfDay(words, board.assignments[face.id].until, zone) : "";
    const id = `cell-${face.id}-${service.id}`;
    const name = `${face.label}, ${named(service.names,
      language)}: ${words.text(`supervisor-cell-${on ? "on" : can ? "can" : "no"}`)}${until
      ? `, ${words.text("supervisor-until", { time: until })}` : ""}${planned
      ? `, ${words.text("supervisor-what-if-planned")}` : ""}`;
    return html`<td><button type="button" class="cell ${on ? "on" : can ? "can" : "no"} ${until ? "timed" : ""} ${
      planned ? "planned" : ""}"
      data-cell=${place.join("/")}
      aria-label=${name} aria-pressed=${on} aria-disabled=${fixed} aria-busy=${pressing.going(id)}
      tabindex=${place.join() === this.#at.join() ? 0 : -1} @focus=${() => { this.#at = place; }}
      @click=${() => this.#press(id, face, service, on, can)}>${until || (on ? "✓" : can ? "+" : "–")}</button></td>`;
  }

  #press(id, face, service, on, can) {
    const { words, live, send, language, changed, whatIf } = this.#here;
    const services = on ? face.services.filter((one) => one !== service.id) : [...face.services, service.id];
    const names = { counter: face.label, service: named(service.names, language) };
    this.#explained = this.#why(face, can, services, names);
    if (this.#explained) return changed();
    if (whatIf.on) return send(id, "", { type: "assign_counter", counter: face.id, services });
    const until = this.#minutes ? { until: minutesOn(live.clock, Number(this.#minutes)) } : {};
    const reason = this.#reason ? { reason: this.#reason } : {};
    return send(id, words.text("supervisor-assign", names),
      { type: "assign_counter", counter: face.id, services, ...until, ...reason });
  }

  /** Why a press on a cell changes nothing; empty if it does. */
  #why(face, can, services, names) {
    const { words, board } = this.#here;
    if (!can) return words.text("supervisor-cannot", names);
    if (!mayAt(board, face.id, "assign_counter")) return words.text("supervisor-fixed");
    return services.length ? "" : words.text("supervisor-last-service", names);
  }

  #walk(event) {
    const step = STEPS[event.key];
    if (!step || !event.target.dataset.cell) return;
    event.preventDefault();
    const { board, changed } = this.#here;
    const within = (value, most) => Math.max(0, Math.min(most - 1, value));
    this.#at = [within(this.#at[0] + step[0], board.counters.length),
      within(this.#at[1] + step[1], board.services.length)];
    changed();
    document.querySelector(`[data-cell="${this.#at.join("/")}"]`).focus();
  }
}
