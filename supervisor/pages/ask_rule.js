/**
 * The dialog in which a standing rule is written as one sentence with fields, tried on the last day, and then switched
 * on. A rule of the office file can be tried and switched on here, not changed. A rule that is there is tried at once.
 */

import { html, nothing } from "/static/lit.js";
import { named, timeOfDay } from "/static/say.js";
import { may } from "/static/staff/may.js";
import { question, refusalText } from "/static/staff/staff.js";
import { serviceName } from "/static/staff/wording.js";

const USUAL = { over_minutes: 40, under_minutes: 20 };
const MOST_ACTS = 5;

export class RuleQuestion {
  #here;
  #id; // of a rule that is there already
  #fixed; // a rule of the office file, or one that cannot be written now
  #on; // whether it is on already
  #rule; // the text as it is now
  #tried = null; // {found} or {trouble}: what this rule would have done on the last day
  #trying = false;

  constructor(here, rule) {
    this.#here = here;
    this.#id = rule?.id;
    this.#fixed = !may(here.board, "set_rule") || (rule !== undefined && !rule.written);
    this.#on = rule?.on ?? false;
    const first = here.board.services[0]?.id;
    this.#rule = { service: rule?.service ?? first, over_minutes: rule?.over_minutes ?? USUAL.over_minutes,
      under_minutes: rule?.under_minutes ?? USUAL.under_minutes, counters: [...(rule?.counters ?? [])],
      take: [...(rule?.take ?? [first])] };
    if (this.#ready) this.#try();
  }

  get #ready() {
    return this.#rule.counters.length > 0;
  }

  /** Whether there is something to switch on. */
  get #offers() {
    return this.#ready && may(this.#here.board, "set_rule") && !(this.#fixed && this.#on);
  }

  draw() {
    const { words, ask } = this.#here;
    const title = words.text(this.#id ? "supervisor-rule" : "supervisor-rule-new");
    const ready = this.#ready;
    // no forecast and no day to try it on are answers too: else such an office could switch nothing on
    const verb = this.#offers && this.#tried !== null ? words.text("supervisor-rule-turn-on") : undefined;
    return question({ words, ask, title, verb, act: (form) => this.#write(form.get("off") === null),
      body: html`${this.#id ? nothing : html`<p class="small soft">${words.text("supervisor-rule-what")}</p>`}
        ${this.#sentence()}
        ${this.#fixed ? html`<p class="small soft">${words.text("supervisor-rule-of-file")}</p>` : nothing}
        <p class="offers"><button type="button" class="button" data-offer="try" aria-busy=${this.#trying}
            ?disabled=${!ready}
            @click=${() => this.#try()}>${words.text("supervisor-rule-try")}</button>
          ${this.#fixed ? nothing : html`<button class="button" name="off" value="yes"
            ?disabled=${!ready} data-offer="off">${words.text("supervisor-rule-write")}</button>`}
          ${this.#id && !this.#fixed ? html`<button type="button" class="button danger" data-offer="remove"
            @click=${() => this.#remove()}>${words.text("supervisor-rule-remove")}</button>` : nothing}</p>
        <div role="status">${this.#said()}</div>` });
  }

  /** "Wartezeit bei [Auto] über [40] Minuten: [Schalter 5], [Schalter 6] bedienen Auto, bis sie unter [20] ist." */
  #sentence() {
    const { words, board, language } = this.#here;
    const { service, counters, take } = this.#rule;
    const fits = board.counters.filter((face) => take.every((id) => [...face.skills, ...face.services].includes(id)));
    const choose = (event) => this.#change({ service: event.target.value, take: [event.target.value], counters: [] });
    const tick = (id) => (event) => this.#change({
      counters: event.target.checked ? [...counters, id] : counters.filter((one) => one !== id) });
    const also = take.map((id) => serviceName(board.services, id, language)).join(", ");
    const choices = board.services.map((one) =>
      html`<option value=${one.id} ?selected=${one.id === service}>${named(one.names, language)}</option>`);
    const box = (face) => html`<label class="tick"><input type="checkbox" name="counters" value=${face.id}
      .checked=${counters.includes(face.id)} ?disabled=${this.#fixed} @change=${tick(face.id)}><span>${face.label}
      ${face.services.includes(service) ? html`<span class="soft">${words.text("supervisor-rule-already")}</span>`
        : nothing}</span></label>`;
    return html`<p class="sentence"><label for="rule-service">${words.text("supervisor-rule-wait")}</label>
        <select class="entry" id="rule-service" name="service" ?disabled=${this.#fixed}
          @change=${choose}>${choices}</select>
        <label for="rule-over">${words.text("supervisor-rule-over")}</label> ${this.#minutes("over_minutes", 1, 480)}
        ${words.text("supervisor-rule-minutes")}:</p>
      <fieldset class="bounded"><legend>${words.text("supervisor-rule-counters", { take: also })}</legend>
        ${fits.length ? fits.map(box)
          : html`<p class="soft">${words.text("supervisor-rule-nobody")}</p>`}</fieldset>
      <p class="sentence"><label for="rule-under">${words.text("supervisor-rule-under")}</label>
        ${this.#minutes("under_minutes", 0, this.#rule.over_minutes - 1)}
        ${words.text("supervisor-rule-minutes-end")}</p>`;
  }

  #minutes(name, least, most) {
    const id = `rule-${name.split("_")[0]}`;
    return html`<input class="entry" id=${id} name=${name} type="number" required min=${least} max=${most}
      .value=${String(this.#rule[name])} ?disabled=${this.#fixed}
      @change=${(event) => this.#change({ [name]: Number(event.target.value) })}>`;
  }

  #change(changes) {
    this.#rule = { ...this.#rule, ...changes };
    this.#tried = null;
    this.#here.changed();
  }

  #write(on) {
    const { words, board, send } = this.#here;
    if (!this.#ready) return;
    if (this.#fixed) {
      send(`rule-${this.#id}`, words.text("supervisor-rule"), { type: "set_rule", rule: this.#id, on });
      return;
    }
    const taken = new Set(board.rules.map((one) => one.id));
    const free = Array.from({ length: taken.size + 1 }, (_, at) => `rule-${at + 1}`).find((id) => !taken.has(id));
    const rule = this.#id ?? free;
    send(`rule-${rule}`, words.text("supervisor-rule"), { type: "set_rule", rule, on, says: this.#rule });
  }

  #remove() {
    const { words, ask, send } = this.#here;
    ask.close();
    send(`rule-${this.#id}`, words.text("supervisor-rule-remove"),
      { type: "set_rule", rule: this.#id, on: false, remove: true });
  }

  /** Asks what this rule would have changed on the last day. If it is written anew meanwhile, the answer is dropped. */
  async #try() {
    const { changed } = this.#here;
    const asked = this.#rule;
    this.#trying = true;
    changed();
    const tried = await this.#answer(asked);
    this.#trying = false;
    if (asked === this.#rule) this.#tried = tried;
    changed();
  }

  async #answer(rule) {
    const { words, board, zone } = this.#here;
    try {
      const answer = await fetch(`/api/v1/offices/${encodeURIComponent(board.office)}/rule-trial`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(rule),
      });
      const said = await answer.json();
      if (answer.ok) return { found: said };
      const none = said.code === "log_trimmed";
      return { trouble: none ? words.text("supervisor-rule-no-day") : refusalText(words, said, zone) };
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error; // no connection, or no answer
      return { trouble: words.text("supervisor-what-if-offline") };
    }
  }

  #said() {
    const { words } = this.#here;
    if (this.#trying) return html`<p class="soft">${words.text("supervisor-what-if-asking")}</p>`;
    if (this.#tried === null)
      return this.#offers ? html`<p class="soft">${words.text("supervisor-rule-try-first")}</p>` : nothing;
    if (this.#tried.trouble) return html`<p class="notice bad">${this.#tried.trouble}</p>`;
    return this.#effect(this.#tried.found);
  }

  #effect({ day, people, acts, longest, service, others }) {
    const { words, board, language, zone } = this.#here;
    const date = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", day: "numeric",
      month: "numeric", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
    const about = words.text("supervisor-rule-day", { date, people });
    const limits = html`<p class="small soft">${words.text("supervisor-rule-limits")}</p>`;
    if (!acts.length)
      return html`<div class="notice"><p>${about} ${words.text("supervisor-rule-idle")}</p>${limits}</div>`;
    const spans = acts.slice(0, MOST_ACTS).map((act) =>
      `${timeOfDay(words, act.from, zone)}–${timeOfDay(words, act.until, zone)}`).join(", ");
    const rest = acts.length > MOST_ACTS ? ` ${words.text("staff-and-more", { count: acts.length - MOST_ACTS })}` : "";
    const said = (what, pair) => (pair ? html`<li>${words.text("supervisor-rule-effect",
      { what, without: Math.round(pair.without), with: Math.round(pair.with) })}</li>` : nothing);
    const mine = words.text("supervisor-rule-mean-of",
      { service: serviceName(board.services, this.#rule.service, language) });
    return html`<div class="notice">
      <p>${about} ${words.text("supervisor-rule-acts", { count: acts.length, spans })}${rest}</p>
      <ul>${said(words.text("supervisor-effect-longest"), longest)} ${said(mine, service)}
        ${said(words.text("supervisor-rule-mean-others"), others)}</ul>${limits}</div>`;
  }
}
