/**
 * Parts of every page of staff: presses and refusals, the notice of a lost connection, ten seconds to take a press
 * back, one live region for screen readers. Used by the counter page and the supervisor's table.
 */

import { millis } from "/static/clock.js";
import { html, nothing, vars } from "/static/lit.js";
import { Refused } from "/static/presses.js";
import { span, timeOfDay } from "/static/say.js";
import { SECOND } from "/static/terms.js";
import { lastPress } from "./hand.js";
import { may } from "./may.js";

const PARTS = ["until", "number", "next_free"]; // details that a refusal may have besides its code

/** The text of a refusal: `problem-<code>-<part>` if there is one, else `problem-<code>`. */
export function refusalText(words, problem, zone) {
  const id = `problem-${problem.code}`;
  if (problem.code === "unanswered" && problem.seconds) return words.text("staff-press-given-up", problem);
  const part = PARTS.find((name) => problem[name] && words.has(`${id}-${name}`));
  if (!part) return words.problem(problem);
  const said = part === "number" ? problem.number : timeOfDay(words, problem[part], zone);
  return words.text(`${id}-${part}`, { [part]: said });
}

/** Presses that wait for an answer, by the id of their button; the last refusal stays until the next press. */
export class Pressing {
  refusal = null; // {label, text, problem}
  made = { by: "", at: -Infinity }; // the last press: with which key or "tap", and when
  #live;
  #say;
  #changed;
  #soon;
  #going = new Set();

  /** @param {(problem: object) => string} say text of a refusal @param {() => void} changed draws the page again
   * @param {() => void} soon draws it with the next frame at the latest */
  constructor(live, say, changed, soon) {
    this.#soon = soon;
    this.#live = live;
    this.#say = say;
    this.#changed = changed;
  }

  /** Whether the button `id` waits for its answer. */
  going(id) {
    return this.#going.has(id);
  }

  get busy() {
    return this.#going.size > 0;
  }

  /** Sends commands one after another, each when the one before was accepted. Meanwhile, a second press of the same
   * button does nothing. @returns {Promise<object|undefined>} the last answer */
  async press(id, label, ...commands) {
    if (this.#going.has(id)) return undefined;
    this.refusal = null;
    this.made = { by: lastPress(), at: performance.now() };
    this.#going.add(id);
    try {
      let done;
      for (const command of commands) {
        const answer = this.#live.press(command);
        this.#changed(); // after it was sent: the server works while the page is drawn
        done = await answer;
      }
      return done;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refusal = { label, text: this.#say(error.problem), problem: error.problem };
      return undefined;
    } finally {
      this.#going.delete(id);
      this.#soon();
    }
  }

  /** Tells what did not work although it is no command. */
  refuse(label, problem) {
    this.refusal = { label, text: this.#say(problem), problem };
    this.#changed();
  }

  forget() {
    this.refusal = null;
    this.#changed();
  }
}

/** A button that sends a press, with its label, its key if it has one, and its state. `waits`: a press now does
 * nothing. */
export function pressButton({ pressing, id, label, letter, kind = "", disabled = false, waits = false, name, act,
  more = nothing }) {
  const going = pressing.going(id);
  return html`<button type="button" class="button ${kind}" data-act=${id} aria-busy=${going} ?disabled=${disabled}
    aria-disabled=${waits ? "true" : nothing}
    aria-label=${name ?? nothing} aria-keyshortcuts=${letter ?? nothing} @click=${act}>
    <span class="label">${label}${more}</span>${letter
      ? html`<kbd aria-hidden="true">${letter === "Enter" ? "↵" : letter}</kbd>` : nothing}
  </button>`;
}

/** The last refusal in plain words, shown until the next press or until it is closed. */
export function refusalNotice(words, pressing) {
  if (!pressing.refusal) return html`<div class="refusal" role="alert"></div>`;
  const { label, text } = pressing.refusal;
  return html`<div class="refusal notice bad" role="alert">
    <p><b>${words.text("staff-refused", { act: label })}</b> ${text}</p>
    <button type="button" class="button plain" @click=${() => pressing.forget()}>${words.text("common-close")}</button>
  </div>`;
}

/** The notice about the connection: nothing while it works. */
export function lineBanner(words, live, refusal) {
  if (live.state === "refused") return refusedBanner(words, refusal);
  if (live.state !== "stale") return nothing;
  const age = live.age === null ? words.text("common-data-none")
    : words.text("common-data-age", { age: span(words, live.age) });
  const kept = live.unanswered ? words.text("staff-presses-kept", { count: live.unanswered, seconds: live.keptFor })
    : words.text("staff-case-kept");
  return html`<div class="alert line" role="alert"><b>${words.text("common-disconnected")}.</b> ${age}. ${kept}</div>`;
}

function refusedBanner(words, refusal) {
  const code = refusal?.reason === "origin_refused" ? refusal.reason : refusal?.code ?? "not_allowed";
  const link = code === "not_signed_in"
    ? html`<a class="button"
      href="/sign-in?next=${encodeURIComponent(location.pathname)}">${words.text("staff-sign-in")}</a>` : nothing;
  return html`<div class="alert line" role="alert"><span>${words.text(`staff-line-${code}`)}</span> ${link}</div>`;
}

/** The bar to take the last press back, shown while that is possible. @param {string} text what was done */
export function undoBar(words, live, pressing, board, text, letter = "U") {
  const undo = may(board, "undo") ? board.undo : null;
  const left = undo ? millis(undo.until) - live.clock.now() : 0;
  if (left <= 0) return nothing;
  const act = () => undoPress(words, pressing, undo);
  return html`<section class="undo" aria-label=${words.text("staff-undo")}>
    <b>${text}</b>
    ${pressButton({ pressing, id: "undo", label: words.text("staff-undo"), letter, act })}
    <span class="bar" aria-hidden="true"
      ${vars({ "--part": Math.min(1, left / (millis(undo.until) - millis(undo.at))) })}><i></i></span>
    <span class="left">${words.text("common-span-seconds", { seconds: Math.ceil(left / SECOND) })}</span>
  </section>`;
}

export const undoPress = (words, pressing, undo) =>
  pressing.press("undo", words.text("staff-undo"), { type: "undo", key: undo.key });

/** Lets screen readers say a text once, even if it is the same text as before. */
export function tell(text) {
  const said = document.getElementById("said");
  said.textContent = said.textContent === text ? `${text}\u00a0` : text;
}

/** One dialog at a time. `open(draw)` shows what `draw` returns, and calls it again whenever the page is drawn. */
export class Ask {
  #element;
  #render;
  #draw;

  constructor(element, render) {
    this.#element = element;
    this.#render = render;
    element.addEventListener("close", () => this.#closed());
  }

  get isOpen() {
    return this.#element.open;
  }

  open(draw) {
    this.#draw = draw;
    this.redraw();
    if (!this.#element.open) this.#element.showModal();
  }

  redraw() {
    if (this.#draw) this.#render(this.#draw(), this.#element);
  }

  close() {
    this.#element.close();
  }

  #closed() {
    if (this.#element.open) return; // the next question is already open
    this.#draw = undefined;
    this.#render(nothing, this.#element);
  }
}

/** The frame of a question: title, fields, a button that does it, and one that cancels. */
export function question({ words, ask, title, body, verb, act, danger = false }) {
  const submit = (event) => {
    event.preventDefault();
    const form = new FormData(event.target, event.submitter);
    ask.close();
    act(form);
  };
  return html`<form class="question" @submit=${submit}>
    <h2 id="ask-title">${title}</h2>
    ${body}
    <p class="choose">
      ${verb ? html`<button class="button ${danger ? "danger" : "primary"}">${verb}</button>` : nothing}
      <button type="button" class="button"
        @click=${() => ask.close()}>${words.text(verb ? "common-back" : "common-close")}</button>
    </p>
  </form>`;
}
