/**
 * The editor of the roster: first one row a day, then one row a half hour of the chosen day. It reads the board
 * `roster` when it opens and after each press; what was changed and not saved is kept until it is saved or dropped.
 */

import { html, nothing, repeat } from "/static/lit.js";
import { date } from "/static/say.js";
import { may } from "/static/staff/may.js";
import { refusalText } from "/static/staff/staff.js";
import { Asked } from "./asked.js";
import { effects } from "./effect.js";
import { countsTable, shownHalves } from "./roster_counts.js";
import { HALVES, RosterDay, clockOf, minutesOf } from "./roster_day.js";
import { shares } from "./shares.js";

const NEXT = { off: "on", on: "break", break: "off", part: "on" };
const SIGNS = { on: "✓", off: "", part: "½" };
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -999],
  End: [0, 999] };
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const A_MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;
const MANY = 400; // spans of one day that the server takes

const weekdayOf = (day) => WEEKDAYS[(new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7];

export class RosterEditor {
  #here;
  #read; // the board as it was read last
  #drafts = new Map(); // by day: {day, minutes, seen}
  #day; // the chosen day
  #at = [0, 0]; // the cell that the tab key reaches
  #said = null; // {text, bad}
  #asked; // what the changed plan would do to today

  constructor(here) {
    this.#here = here;
    this.#asked = new Asked(here);
  }

  open() {
    this.#day = undefined;
    this.#said = null;
    this.#here.ask.open(() => this.#draw());
    this.#load();
  }

  async #load() {
    const { words, changed } = this.#here;
    try {
      const answer = await fetch(`/api/v1/offices/${encodeURIComponent(this.#here.board.office)}/boards/roster`);
      if (!answer.ok) throw new TypeError(String(answer.status));
      this.#read = await answer.json();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch throws one too if there is no connection
      this.#said = { text: words.text("supervisor-roster-unread"), bad: true };
    }
    changed();
  }

  #kept(day) {
    return this.#read.days.find((one) => one.day === day);
  }

  /** The plan that holds on this day: its own, else its weekday's. */
  #holds(day) {
    const weekday = WEEKDAYS.includes(day) ? undefined : this.#kept(weekdayOf(day));
    return this.#kept(day)?.duty ?? weekday?.duty ?? [];
  }

  #name(day) {
    const { words } = this.#here;
    const at = WEEKDAYS.indexOf(day);
    if (at < 0) return date(words, `${day}T12:00:00Z`, "UTC");
    return new Intl.DateTimeFormat(words.lang, { weekday: "long", timeZone: "UTC" }).format(A_MONDAY + at * DAY_MS);
  }

  #draw() {
    const { words, ask } = this.#here;
    const body = !this.#read ? html`<p>${this.#said ? nothing : words.text("common-connecting")}</p>`
      : this.#day ? this.#grid() : this.#list();
    const name = this.#day ? html`: ${this.#name(this.#day)}` : nothing;
    return html`<div class="question roster"><h2 id="ask-title">${words.text("supervisor-roster")}${name}</h2>
      <div role="alert" class=${this.#said ? `notice ${this.#said.bad ? "bad" : ""}` : nothing}
        >${this.#said ? html`<p>${this.#said.text}</p>` : nothing}</div>
      ${body} ${this.#effect()}
      <p class="choose">${this.#day ? this.#verbs() : nothing}
        <button type="button" class="button" data-offer="close"
          @click=${() => ask.close()}>${words.text("common-close")}</button></p></div>`;
  }

  #list() {
    const { words } = this.#here;
    const drafts = [...this.#drafts.keys()].filter((day) => !this.#kept(day));
    const days = [...this.#read.days.map((one) => one.day), ...drafts];
    const rows = days.map((day) => ({ name: this.#pick(day), counts: this.#drafts.get(day)?.minutes.counts()
      ?? this.#kept(day).counts }));
    const plan = (event) => {
      const { value } = event.target.closest("p").querySelector("input");
      if (value >= this.#read.today) this.#choose(value);
    };
    return html`<p class="small soft">${words.text("supervisor-roster-means")}</p>
      ${countsTable(words, rows, { title: words.text("supervisor-roster-counts") })}
      <p class="field row-field"><label for="roster-date">${words.text("supervisor-roster-single")}</label>
        <input id="roster-date" type="date" min=${this.#read.today} value=${this.#read.today}>
        <button type="button" class="button" data-offer="plan"
          @click=${plan}>${words.text("supervisor-roster-plan")}</button></p>`;
  }

  #pick(day) {
    const { words } = this.#here;
    const kept = this.#kept(day);
    const how = this.#drafts.has(day) ? "unsaved" : !kept?.duty ? "empty" : kept.changed ? "changed" : "file";
    return html`<button type="button" class="pick" data-day=${day} @click=${() => this.#choose(day)}>
      <b>${this.#name(day)}</b> <span class="small soft">${words.text(`supervisor-roster-is-${how}`)}</span></button>`;
  }

  #choose(day) {
    this.#day = day;
    this.#said = null;
    this.#at = [0, 0];
    this.#ask();
    this.#scroll();
  }

  /** The list of half hours begins where somebody is on duty; the hours before are above. */
  #scroll() {
    const box = document.querySelector(".halves");
    const first = box?.querySelector("tr:has(.cell:not(.off))");
    if (first) box.scrollTop = first.offsetTop - box.querySelector("thead").offsetHeight;
  }

  /** Whether the chosen plan is the one that holds today. */
  get #isToday() {
    const { today } = this.#read;
    return this.#day === today || (this.#day === weekdayOf(today) && !this.#kept(today)?.duty);
  }

  /** Asks what the changed plan would do today, before it is saved. */
  #ask() {
    const draft = this.#drafts.get(this.#day);
    const seen = draft?.theirs ?? draft?.seen;
    this.#asked.ask(draft && this.#isToday ? [this.#command({ duty: this.#duty(draft), seen })] : []);
    this.#here.changed();
  }

  #effect() {
    const { words, zone } = this.#here;
    const { going, found, problem } = this.#asked;
    if (!this.#drafts.has(this.#day) || !this.#isToday) return nothing;
    const why = () => (problem === null ? words.text("supervisor-what-if-offline") : refusalText(words, problem, zone));
    return html`<section class="day-effect" aria-labelledby="roster-effect"><h3 id="roster-effect"
      >${words.text("supervisor-roster-effect")}</h3><div role="status">${going
      ? html`<p class="soft">${words.text("supervisor-what-if-asking")}</p>`
      : found ? effects(this.#here, found)
      : problem === undefined ? nothing : html`<p class="notice bad">${why()}</p>`}</div></section>`;
  }

  #command(what) {
    const named = WEEKDAYS.includes(this.#day) ? { weekday: this.#day } : { date: this.#day };
    return { type: "set_roster", ...named, ...what };
  }

  /** The changed plan as it is saved: a counter may have left the office file. */
  #duty(draft) {
    const known = new Set(this.#read.counters.map((one) => one.id));
    return draft.minutes.spans().filter((one) => known.has(one.counter));
  }

  /** The chosen day with what was changed and not saved. */
  #shown() {
    const known = this.#drafts.get(this.#day);
    return known ?? { minutes: new RosterDay(this.#holds(this.#day)), seen: this.#kept(this.#day)?.version ?? "" };
  }

  #grid() {
    const { words } = this.#here;
    const { minutes } = this.#shown();
    const { counters } = this.#read;
    const touched = Array.from({ length: HALVES }, (_, half) =>
      Number(counters.some((one) => minutes.state(one.id, half) !== "off")));
    const halves = shownHalves([touched]);
    const states = Object.fromEntries(["on", "break", "off", "part"].map((state) =>
      [state, words.text(`supervisor-roster-${state}`)]));
    const row = (half, index) => html`<tr><th scope="row">${clockOf(half * 30)}</th>
      <td class="count">${minutes.count(half)}</td>
      ${counters.map((counter, column) => this.#cell(minutes, counter, half, [index, column], states))}</tr>`;
    return html`${this.#fields(states)}
      <div class="scroll halves"><table class="grid" role="grid" aria-labelledby="ask-title"
        @keydown=${(event) => this.#walk(event, halves.length, counters.length)}>
        <thead><tr><th scope="col">${words.text("supervisor-roster-from")}</th>
          <th scope="col">${words.text("supervisor-roster-count")}</th>
          ${counters.map((one) => html`<th scope="col"><abbr title=${one.label}>${one.id}</abbr></th>`)}</tr></thead>
        <tbody>${repeat(halves, (half) => half, row)}</tbody></table></div>
      <p class="small soft">${words.text("supervisor-roster-how")}</p>
      ${WEEKDAYS.includes(this.#day) ? nothing : shares(this.#here, this.#day, this.#shares(),
        (command) => this.#share(command))}`;
  }

  /** What is kept for people who just come on the chosen date. */
  #shares() {
    return this.#read.walk_ins?.find((one) => one.day === this.#day)?.shares ?? [];
  }

  async #share(command) {
    const { words, pressing, send } = this.#here;
    const label = `${words.text("supervisor-shares")}: ${this.#name(this.#day)}`;
    const done = await send("roster", label, command);
    const refusal = done ? undefined : pressing.refusal?.text;
    if (refusal) pressing.forget(); // the dialog says it
    await this.#load();
    this.#said = done ? { text: words.text("supervisor-roster-saved"), bad: false }
      : refusal ? { text: refusal, bad: true } : this.#said;
    this.#here.changed();
  }

  #cell(minutes, counter, half, place, states) {
    const state = minutes.state(counter.id, half);
    const part = state === "part" ? ` ${minutes.within(counter.id, half)}` : "";
    const sign = state === "break" ? this.#here.words.text("supervisor-roster-sign-break") : SIGNS[state];
    const press = () => this.#change(({ minutes: mine }) => mine.set(counter.id, half, NEXT[state]));
    return html`<td><button type="button" class="cell ${state === "off" ? "can" : "on"} ${state}"
      data-half=${place.join("/")} tabindex=${place.join() === this.#at.join() ? 0 : -1}
      aria-label="${counter.label}, ${clockOf(half * 30)}: ${states[state]}${part}"
      @focus=${() => { this.#at = place; }} @click=${press}>${sign}</button></td>`;
  }

  /** Fields that set a whole span at once, to the minute; and the plan of another day to begin from. */
  #fields(states) {
    const { words } = this.#here;
    const others = this.#read.days.filter((one) => one.duty?.length && one.day !== this.#day);
    const copy = (event) => {
      const found = this.#kept(event.target.value);
      event.target.value = "";
      if (found) this.#change((draft) => { draft.minutes = new RosterDay(found.duty); });
    };
    return html`<form class="fill" @submit=${(event) => this.#fill(event)}>
      <label>${words.text("supervisor-counter")}<select name="counter">
        <option value="">${words.text("supervisor-roster-all")}</option>
        ${this.#read.counters.map((one) => html`<option value=${one.id}>${one.label}</option>`)}</select></label>
      <label>${words.text("supervisor-roster-from")}<input type="time" name="from" value="08:00" required></label>
      <label>${words.text("supervisor-roster-to")}<input type="time" name="to" value="16:00" required></label>
      <label>${words.text("supervisor-state")}<select name="state">
        ${["on", "break", "off"].map((one) => html`<option value=${one}>${states[one]}</option>`)}</select></label>
      <button class="button" data-offer="fill">${words.text("supervisor-roster-fill")}</button>
      ${others.length ? html`<label>${words.text("supervisor-roster-copy")}<select name="copy" @change=${copy}>
        <option value="">–</option>
        ${others.map((one) => html`<option value=${one.day}>${this.#name(one.day)}</option>`)}</select></label>`
        : nothing}</form>`;
  }

  #fill(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const start = minutesOf(form.get("from"));
    const end = minutesOf(form.get("to")) || HALVES * 30; // 00:00 as an end is midnight
    if (end <= start) return this.#say("supervisor-roster-backwards");
    const chosen = form.get("counter") ? [form.get("counter")] : this.#read.counters.map((one) => one.id);
    return this.#change(({ minutes }) => chosen.forEach((id) => minutes.fill(id, start, end, form.get("state"))));
  }

  #change(act) {
    const draft = this.#shown();
    act(draft);
    this.#drafts.set(this.#day, draft);
    this.#said = null;
    this.#ask();
  }

  #say(id, more) {
    this.#said = { text: this.#here.words.text(id, more), bad: true };
    this.#here.changed();
  }

  #verbs() {
    const { words, board, pressing } = this.#here;
    const draft = this.#drafts.get(this.#day);
    const can = may(board, "set_roster");
    const going = pressing.going("roster");
    const kept = this.#kept(this.#day);
    const offer = (id, kind, act) => html`<button type="button" class="button ${kind}" data-offer=${id}
      aria-busy=${going} @click=${act}>${words.text(`supervisor-roster-${id}`)}</button>`;
    return html`${draft && can ? offer(draft.theirs ? "save-mine" : "save", "primary", () => this.#save()) : nothing}
      ${draft ? offer("drop", "", () => this.#drop()) : nothing}
      ${kept?.changed && !draft && can ? offer("remove", "danger", () => this.#remove()) : nothing}
      ${offer("days", "", () => this.#choose(undefined))}`;
  }

  #drop() {
    this.#drafts.delete(this.#day);
    this.#choose(this.#day);
  }

  async #save() {
    const draft = this.#shown();
    const duty = this.#duty(draft);
    if (duty.length > MANY) return this.#say("supervisor-roster-many", { count: MANY });
    return this.#press({ duty, seen: draft.theirs ?? draft.seen });
  }

  #remove() {
    return this.#press({ duty: null, seen: this.#kept(this.#day).version });
  }

  /**
   * Saves the chosen day. If that is refused, the draft stays; if somebody else changed the day, a second press saves
   * over it.
   */
  async #press(what) {
    const { words, pressing, send } = this.#here;
    const day = this.#day;
    const draft = this.#drafts.get(day);
    const done = await send("roster", `${words.text("supervisor-roster")}: ${this.#name(day)}`, this.#command(what));
    if (done && this.#drafts.get(day) === draft) this.#drafts.delete(day);
    const refusal = done ? undefined : pressing.refusal?.text;
    if (refusal) pressing.forget(); // the dialog says it
    await this.#load();
    const version = this.#kept(day)?.version ?? "";
    if (!done && draft && version !== what.seen) {
      draft.theirs = version;
      this.#ask();
      return this.#say("supervisor-roster-overtaken");
    }
    this.#said = done ? { text: words.text("supervisor-roster-saved"), bad: false }
      : refusal ? { text: refusal, bad: true } : this.#said;
    return this.#here.changed();
  }

  #walk(event, rows, columns) {
    const step = STEPS[event.key];
    if (!step || !event.target.dataset.half) return;
    event.preventDefault();
    const within = (value, most) => Math.max(0, Math.min(most - 1, value));
    this.#at = [within(this.#at[0] + step[0], rows), within(this.#at[1] + step[1], columns)];
    this.#here.changed();
    document.querySelector(`[data-half="${this.#at.join("/")}"]`).focus();
  }
}
