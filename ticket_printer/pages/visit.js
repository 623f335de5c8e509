/**
 * How long a screen waits for its visitor. It warns, waits at least twenty seconds more, and then starts again for the
 * next person; one touch extends the time (EN 301 549, WCAG 2.2.1).
 */

import { SECOND } from "/static/terms.js";

const SECONDS = { home: 60, needs: 60, matter: 90, search: 60, mine: 90, code: 90, result: 40, screen: 120,
  asking: 90 };
const WARN = 20; // seconds

export class Visit {
  #over;
  #changed;
  #seconds = 0;
  #until; // by performance.now(); undefined: the screen does not end

  constructor(over, changed) {
    this.#over = over;
    this.#changed = changed;
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => this.#lengthen(), { capture: true });
  }

  /** Starts the time of a screen; `ends`: whether the screen has to end at all. */
  begin(kind, ends) {
    this.#seconds = SECONDS[kind];
    this.#until = ends ? performance.now() + this.#seconds * SECOND : undefined;
  }

  extend() {
    this.#lengthen();
    this.#changed();
  }

  /** Extends the time without drawing: the button under the finger must not disappear. */
  #lengthen() {
    if (this.#until !== undefined) this.#until = performance.now() + this.#seconds * SECOND;
  }

  /** Whole seconds until the end; Infinity if the screen does not end. */
  get left() {
    return this.#until === undefined ? Infinity : Math.max(0, Math.ceil((this.#until - performance.now()) / SECOND));
  }

  get warning() {
    return this.left <= WARN;
  }

  tick() {
    if (this.left === 0) this.end();
  }

  end() {
    this.#until = undefined;
    this.#over();
  }
}
