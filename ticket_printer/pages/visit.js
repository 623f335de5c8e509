/**
 * How long a screen waits for somebody: it warns, waits at least twenty seconds more, is extended by one touch, and
 * then begins anew for the next person (EN 301 549, WCAG 2.2.1).
 */

const SECONDS = { home: 60, needs: 60, code: 90, result: 40, screen: 120, asking: 90 };
const WARN = 20; // seconds

export class Visit {
  #over;
  #changed;
  #seconds = 0;
  #until; // by performance.now(); undefined: nothing to end

  constructor(over, changed) {
    this.#over = over;
    this.#changed = changed;
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => this.#lengthen(), { capture: true });
  }

  /** A screen has begun; `ends`: whether there is anything to begin anew. */
  begin(kind, ends) {
    this.#seconds = SECONDS[kind];
    this.#until = ends ? performance.now() + this.#seconds * 1000 : undefined;
  }

  extend() {
    this.#lengthen();
    this.#changed();
  }

  /** Without drawing: what is being touched must not go away under the finger. */
  #lengthen() {
    if (this.#until !== undefined) this.#until = performance.now() + this.#seconds * 1000;
  }

  /** Whole seconds until the end; Infinity when nothing ends. */
  get left() {
    return this.#until === undefined ? Infinity : Math.max(0, Math.ceil((this.#until - performance.now()) / 1000));
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
