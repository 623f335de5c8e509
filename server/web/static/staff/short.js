/**
 * Every list on a staff page is bounded: it shows its first few rows, and all of them on demand in a box that scrolls,
 * so that nothing below is pushed away. A key and a link lead to each list.
 */

import { html, nothing } from "/static/lit.js";

export class ShortLists {
  #words;
  #changed;
  #whole = new Set(); // names of lists that show all rows

  constructor(words, changed) {
    this.#words = words;
    this.#changed = changed;
  }

  /** Whether the list shows all of its rows. */
  whole(name) {
    return this.#whole.has(name);
  }

  /** The rows to show. */
  of(name, rows, most) {
    return this.whole(name) ? rows : rows.slice(0, most);
  }

  /** The button below a list: show all rows, or fewer again. `total`: how many there are, if the board has not all. */
  more(name, rows, most, total = rows.length) {
    if (total <= most) return nothing;
    const whole = this.whole(name);
    const turn = () => {
      if (whole) this.#whole.delete(name);
      else this.#whole.add(name);
      this.#changed();
    };
    return html`<button type="button" class="button plain more-of" data-more=${name} aria-expanded=${whole}
      @click=${turn}>
      ${whole ? this.#words.text("staff-show-fewer") : this.#words.text("staff-show-all",
        { count: total })}</button>`;
  }
}

/** The same for boxes above everything else, each drawn by `draw`; there the button is below them. */
export function boxes(short, name, rows, most, draw) {
  if (!rows.length) return nothing;
  const whole = short.whole(name);
  return html`<div class="boxes ${whole ? "whole" : ""}" tabindex=${whole ? 0 : nothing}>${short.of(name, rows,
    most).map(draw)}</div>${short.more(name, rows, most)}`;
}

/** Links to long lists: [id of a heading, its text, how many, its key?]. A link moves the focus to the heading. */
export function skips(words, places) {
  return html`<nav class="skips" aria-label=${words.text("staff-lists")}>${places.map(([id, text, count, key]) => html`
    <a href="#${id}" aria-keyshortcuts=${key ?? nothing} @click=${(event) => go(event, id)}>${text}${count === null
      ? nothing : html` <b>${count}</b>`}
      ${key ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing}</a>`)}</nav>`;
}

function go(event, id) {
  event.preventDefault();
  lead(id);
}

/** Moves the focus to the heading of a list. */
export function lead(id) {
  const heading = document.getElementById(id);
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: "nearest" });
}
