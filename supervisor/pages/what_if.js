/**
 * What-if: while it is on, the moves that somebody presses are gathered instead of made. The server says what they
 * would change; then they are made as one set, or dropped.
 */

import { html, nothing, repeat } from "/static/lit.js";
import { may } from "/static/staff/may.js";
import { refusalText } from "/static/staff/staff.js";
import { minutesOn, serviceName } from "/static/staff/wording.js";
import { askWhatIf } from "./asked.js";
import { MOVES, effects, moveText, turned } from "./effect.js";
import { ADVISED, whyFor } from "./why_until.js";

const ACT = "what-if-apply";
const AGAIN_MS = 45_000; // the answer is worked out again while it is open: what it says follows from who waits now

/** A later move of the same kind on the same thing replaces the earlier one. */
function about({ type, counter, service, ticket, helper, ...rest }) {
  const kind = type === "assign_counter" ? type : type.replace(/^(open|close|pause|resume)_/, "");
  const what = helper ?? counter ?? service ?? ticket; // a helper has one place
  return type === "set_policy" ? type : `${kind}/${what ?? JSON.stringify(rest)}`;
}

const same = (one, other) => [...one].sort().join() === [...other].sort().join();

export class WhatIf {
  on = false;
  #here;
  #moves = []; // {key, command, before}: before: what the counter served when the move was chosen
  #seen = 0; // seq of the board on which the first move was chosen
  #minutes = "";
  #until = null; // the end of the advice, if there is one
  #reason = "";
  #timer;
  #found; // the server's answer about just these moves
  #trouble = ""; // why there is none
  #changed = null; // what others changed since; null: nothing
  #asking = false;
  #again = false;

  /** From now on, what the page sends goes through here. */
  constructor(here) {
    this.#here = here;
    const { send } = here;
    here.send = (id, label, ...commands) =>
      (this.on && commands.every(({ type }) => type in MOVES) ? this.#gather(commands) : send(id, label, ...commands));
  }

  /** Begins to gather moves. If there is an advice, with its moves; `seen`: the entry after which it was made; `until`:
   * when it ends. */
  begin(moves = [], seen = undefined, until = null) {
    this.on = true;
    this.#until = until;
    this.#minutes = until ? ADVISED : "";
    this.#timer = setInterval(() => this.#ask(true), AGAIN_MS);
    this.#gather(moves, seen);
    document.getElementById("what-if").focus();
  }

  /** A counter as it would be with the gathered moves. */
  planned(face) {
    const move = this.#moves.find((one) => one.key === `assign_counter/${face.id}`);
    return this.on && move ? { ...face, services: move.command.services } : face;
  }

  #gather(commands, seen = this.#here.live.seq) {
    if (!this.#moves.length) this.#seen = seen;
    for (const command of commands) {
      const key = about(command);
      const old = this.#moves.find((one) => one.key === key);
      const now = this.#here.board.counters.find((one) => one.id === command.counter)?.services ?? [];
      this.#moves = this.#moves.filter((one) => one !== old);
      const nothingNew = command.type === "assign_counter" && same(command.services, now);
      if (!nothingNew) this.#moves.push({ key, command, before: old?.before ?? now });
    }
    this.#ask();
  }

  #drop(key) {
    this.#moves = this.#moves.filter((one) => one.key !== key);
    this.#ask();
    document.getElementById("what-if").focus();
  }

  /** The same moves on the board as it is now. */
  #lookAgain() {
    const { board, live } = this.#here;
    this.#changed = null;
    this.#seen = live.seq;
    this.#moves = this.#moves.map((one) => {
      if (one.command.type !== "assign_counter") return one;
      const now = board.counters.find((face) => face.id === one.command.counter)?.services ?? [];
      const added = one.command.services.filter((id) => !one.before.includes(id) && !now.includes(id));
      const kept = now.filter((id) => one.command.services.includes(id) || !one.before.includes(id));
      return { ...one, before: now, command: { ...one.command, services: [...kept, ...added] } };
    });
    this.#ask();
    document.getElementById("what-if").focus();
  }

  #end() {
    this.on = false;
    clearInterval(this.#timer);
    this.#moves = [];
    this.#found = undefined;
    this.#trouble = "";
    this.#changed = null;
    this.#minutes = this.#reason = "";
    this.#until = null;
    this.#here.changed();
    document.querySelector("[data-what-if]")?.focus();
  }

  get #set() {
    const until = this.#minutes === ADVISED ? this.#until
      : this.#minutes && minutesOn(this.#here.live.clock, Number(this.#minutes));
    return { moves: this.#moves.map((one) => one.command), ...(until ? { until } : {}) };
  }

  /** Asks what these moves would change; if they change meanwhile, again, and only the last answer is shown. `same`:
   * they are the moves that were asked about before, so the older answer stays until the new one is there. */
  async #ask(same = false) {
    if (same && (this.#asking || this.#changed !== null)) return;
    if (!same) {
      this.#found = undefined;
      this.#trouble = "";
    }
    this.#again = true;
    this.#here.changed();
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#again && this.#moves.length) {
        this.#again = false;
        const answer = await askWhatIf(this.#here.board.office, this.#set);
        if (!this.#again) this.#keep(answer);
      }
    } finally {
      this.#asking = false;
      this.#here.changed();
    }
  }

  #keep({ found, problem }) {
    const { words, zone } = this.#here;
    this.#found = found;
    this.#trouble = "";
    if (problem === undefined) return;
    const why = problem === null ? words.text("supervisor-what-if-offline") : refusalText(words, problem, zone);
    this.#trouble = this.#ofMove(problem, why);
  }

  /** A refusal with the move that it is about. */
  #ofMove(problem, why) {
    const { words } = this.#here;
    const move = this.#moves[problem?.move];
    if (!move) return why;
    return words.text("supervisor-what-if-refused", { move: moveText(this.#here, move.command), why });
  }

  async #apply() {
    const { words, pressing } = this.#here;
    const { longest } = this.#found ?? {};
    const told = longest ? { told: { ...turned(longest.diff), chance: longest.chance } } : {};
    const reason = this.#reason ? { reason: this.#reason } : {};
    const done = await pressing.press(ACT, words.text("supervisor-apply"),
      { type: "apply_moves", ...this.#set, seen_seq: this.#seen, ...reason, ...told });
    if (done) return this.#end();
    const { text, problem } = pressing.refusal ?? {};
    if (problem?.code === "overtaken") this.#changed = problem.changed ?? [];
    else if (problem) this.#trouble = this.#ofMove(problem, text);
    return pressing.forget();
  }

  draw() {
    if (!this.on) return nothing;
    const { words, board, pressing } = this.#here;
    const going = pressing.going(ACT);
    return html`<section class="what-if card" aria-labelledby="what-if"><div class="head"><h2 id="what-if"
      tabindex="-1">${words.text("supervisor-what-if")}</h2>${this.#choices()}</div>
      ${this.#moves.length
        ? html`<ul class="lines">${repeat(this.#moves, (one) => one.key, (one) => this.#line(one))}</ul>`
        : html`<p>${words.text("supervisor-what-if-how")}</p>`}
      <div role="status">${this.#said()}</div>
      <p class="choose"><button type="button" class="button primary" aria-busy=${going}
          ?disabled=${!may(board, "apply_moves") || !this.#moves.length || this.#changed !== null}
          @click=${() => this.#apply()}>${words.text("supervisor-apply")}</button>
        <button type="button" class="button" @click=${() => this.#end()}>${words.text("supervisor-drop")}</button></p>
    </section>`;
  }

  #choices() {
    const chosen = (name, value) => {
      if (name === "set-why") this.#reason = value;
      else this.#minutes = value;
      if (name === "set-for") this.#ask();
    };
    return whyFor(this.#here, ["set-why", "set-for"], { chosen, minutes: this.#minutes, until: this.#until });
  }

  #line({ key, command }) {
    const { words } = this.#here;
    const text = moveText(this.#here, command);
    const label = words.text("supervisor-what-if-remove");
    return html`<li><span>${text}</span><button type="button" class="button" aria-label=${`${label}: ${text}`}
      @click=${() => this.#drop(key)}>${label}</button></li>`;
  }

  #said() {
    const { words } = this.#here;
    if (this.#changed !== null) return html`<p class="notice warn">${this.#overtaken()}
      <button type="button" class="button" @click=${() =>
        this.#lookAgain()}>${words.text("supervisor-what-if-again")}</button></p>`;
    if (this.#trouble) return html`<p class="notice bad">${this.#trouble}</p>`;
    if (this.#found && this.#moves.length) return effects(this.#here, this.#found);
    return this.#asking ? html`<p class="soft">${words.text("supervisor-what-if-asking")}</p>` : nothing;
  }

  #overtaken() {
    const { words, board, language } = this.#here;
    const names = { counter: (id) => board.counters.find((one) => one.id === id)?.label,
      service: (id) => serviceName(board.services, id, language), ticket: (number) => number };
    const what = this.#changed.map((thing) => thing.split(":")).map(([kind, id]) => names[kind]?.(id)).filter(Boolean);
    return words.text(`supervisor-what-if-overtaken${what.length ? "-by" : ""}`, { what: what.join(", ") });
  }
}
