/**
 * The acts of the counter: one big button, the others beside it, and their keys. When the meaning of the big button
 * changes by a press, the same press again does nothing for a moment: a double press is one. Any other key works at
 * once. When somebody else changes it, every press waits, for nobody had time to read the new label.
 */

import { html, nothing } from "/static/lit.js";
import { lastPress } from "/static/staff/hand.js";
import { pressButton, tell } from "/static/staff/staff.js";
import { whyText } from "/static/staff/wording.js";
import { SETTLE_MS } from "/static/terms.js";
import { acts } from "./acts.js";
import { moreButton } from "./strip.js";

const OWN_MS = 3_000; // a change this soon after a press comes from that press

export class Acts {
  #here;
  #id; // the meaning of the big button: act and ticket
  #since = 0;
  #by; // the press that changed the meaning, of which a repeat waits; undefined: somebody else changed it
  #timer;
  #pressed; // the act that was sent and not answered yet

  constructor(here) {
    this.#here = here;
  }

  get all() {
    const { board, unticked, opening, ready } = this.#here;
    return acts(board, { unticked, ready, opening: board.counter.state === "closed" ? opening : null });
  }

  label(act) {
    return this.#here.words.text(`counter-act-${act.id}`);
  }

  /** [key, what it does] of each act, for the keyboard. */
  get keys() {
    return this.all.flatMap((act, index) => [act.key, act.also].filter(Boolean)
      .map((key) => [key, () => this.#perform(act, index === 0)]));
  }

  get #going() {
    return this.#here.pressing.going("act");
  }

  get #settled() {
    return performance.now() - this.#since >= SETTLE_MS;
  }

  get #tooSoon() {
    return !this.#settled && (this.#by === undefined || this.#by === lastPress());
  }

  /** Notes whether the meaning of the big button has changed; called before each drawing. */
  settle() {
    const id = `${this.all[0].id}/${this.#here.board.current?.ticket ?? ""}`;
    if (id === this.#id) return;
    const now = performance.now();
    const { made } = this.#here.pressing;
    this.#by = now - made.at < OWN_MS ? made.by : undefined;
    this.#since = this.#id === undefined ? -SETTLE_MS : now;
    this.#id = id;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#here.changed, SETTLE_MS + 10);
  }

  /** Only one act at a time: while one waits for its answer, another press does nothing. */
  async #perform(act, first) {
    if (act.off || (first && this.#tooSoon) || this.#going) return;
    const { words, board, pressing, askFor, soon } = this.#here;
    if (act.ask) return askFor(act.ask);
    if (act.turn) return act.turn();
    const number = board.current?.number;
    this.#pressed = act.id;
    const done = await pressing.press("act", this.label(act), ...act.send);
    this.#pressed = undefined;
    soon();
    if (done?.result?.ticket !== null) return;
    tell(words.text(number ? "counter-said-finished-nobody" : "counter-nobody-waits", { number: number ?? "" }));
  }

  /** Whether the big button waits now, if pressed again in the same way. */
  #pauses(act) {
    return !this.#settled && [undefined, "tap", act.key, act.also].includes(this.#by);
  }

  button(act, kind = "", first = false, more = nothing) {
    const going = this.#going && this.#pressed === act.id;
    return pressButton({
      pressing: { going: () => going }, id: act.id, label: this.label(act), kind,
      letter: this.#here.keys.shown(act.key),
      disabled: Boolean(act.off), act: () => this.#perform(act, first), more,
      waits: (first && this.#pauses(act)) || this.#going,
    });
  }

  bar() {
    const [first, ...others] = this.all;
    return html`<section class="acts" aria-label=${this.#here.words.text("counter-acts")}
      data-settled=${this.#settled && !this.#going}>
      ${this.button(first, `primary big ${this.#pauses(first) ? "pausing" : ""}`, true, this.#line(first))}
      ${others.filter((act) => !act.side && (this.#here.strip?.matches || !act.head)).map((act) => this.button(act))}
      ${this.#here.strip?.matches ? moreButton(this.#here) : nothing}
    </section>`;
  }

  /** A button of an act in a dialog, which closes with it. */
  elsewhere(act) {
    const press = () => {
      this.#here.ask.close();
      this.#perform(act, false);
    };
    return pressButton({ pressing: this.#here.pressing, id: act.id, label: this.label(act), kind: "plain",
      disabled: Boolean(act.off), act: press });
  }

  /** A line that says what the big button will do. */
  #line(act) {
    const { words, board, live, zone } = this.#here;
    if (!["next", "finish-next"].includes(act.id)) return nothing;
    if (!board.next) return html`<small>${words.text("counter-nobody-waits")}</small>`;
    return html`<small>${board.next.number}, ${whyText(words, board.next.why, live.clock.now(), zone)}</small>`;
  }
}
