/**
 * The last board of this display, kept in the browser: after a reload or a restart without the server it is shown with
 * its age. The age is by the device's clock; if that clock was set back, the age is unknown. Used by wall.js.
 */

const BOARD = "wall board";
const PROVED = "wall proved";
const DAY_MS = 86_400_000;

export class Last {
  #own;

  constructor(office, id) {
    this.#own = `${office}/${id}`;
  }

  /**
   * Keeps a board that the server has just sent. A screen that has become another one keeps nothing of the earlier
   * one.
   */
  keep(board) {
    this.#try(() => {
      const foreign = (name) => name.startsWith(`${BOARD} `) && !name.startsWith(`${BOARD} ${board.office}/`);
      for (const name of Object.keys(localStorage).filter(foreign)) localStorage.removeItem(name);
      localStorage.setItem(`${BOARD} ${this.#own}`, JSON.stringify(board));
    });
    this.proved(0);
  }

  /** Notes that what is shown was right `age` ms ago. */
  proved(age) {
    this.#try(() => localStorage.setItem(`${PROVED} ${this.#own}`, String(Date.now() - age)));
  }

  forget() {
    this.#try(() => [BOARD, PROVED].forEach((name) => localStorage.removeItem(`${name} ${this.#own}`)));
  }

  /** @returns {{board: object, age: number} | null} nothing of another day, for it was another day's room */
  read() {
    return this.#try(() => {
      const board = JSON.parse(localStorage.getItem(`${BOARD} ${this.#own}`));
      const age = Date.now() - Number(localStorage.getItem(`${PROVED} ${this.#own}`));
      return board && age >= 0 && age < DAY_MS ? { board, age } : null;
    });
  }

  /** A browser may refuse to store anything, or be full; then there is no last board. */
  #try(work) {
    try {
      return work() ?? null;
    } catch {
      return null;
    }
  }
}
