/**
 * One key per act: listens for the letters that are shown on the buttons. Not while somebody types, not with a
 * modifier, not for a key that is held down. Can be switched off; this machine remembers the choice. Each user may have
 * other letters: this machine remembers them, under a number made from who is signed in.
 */

const KEPT = "aufruf-keys";
const FIXED = ["Enter", "Tab", "Escape", "?", " "]; // these stay what they are
const TYPING = "input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]";

export class Keys {
  #acts; // () => Map of key name → function
  #shielded; // () => true while a dialog is open

  constructor(acts, shielded) {
    this.#acts = acts;
    this.#shielded = shielded;
    addEventListener("keydown", (event) => this.#heard(event));
  }

  get on() {
    return localStorage.getItem(KEPT) !== "off";
  }

  set on(wanted) {
    localStorage.setItem(KEPT, wanted ? "on" : "off");
  }

  /** The letter that presses what is pressed with `key` by default; an own one, if the user has chosen one. */
  shown(key) {
    return this.#own[key] ?? key;
  }

  /** Takes another letter for `key`; who has that letter now gets the old one. @param {string[]} all default keys */
  change(key, letter, all) {
    if (FIXED.includes(letter)) return;
    const own = this.#own;
    const other = all.find((one) => this.shown(one) === letter);
    if (other) own[other] = this.shown(key);
    own[key] = letter;
    localStorage.setItem(owner(), JSON.stringify(own));
  }

  /** All letters as they are by default. */
  reset() {
    localStorage.removeItem(owner());
  }

  /** Calls `learned` with the next key that is pressed; with nothing, if it is Escape. */
  learn(learned) {
    addEventListener("keydown", (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      learned(event.key === "Escape" ? undefined : nameOf(event));
    }, { capture: true, once: true });
  }

  get #own() {
    try {
      return JSON.parse(localStorage.getItem(owner())) ?? {};
    } catch {
      return {};
    }
  }

  /** What a pressed key means: the default key whose letter it is; nothing, if its own meaning has moved away. */
  #meant(name) {
    const own = this.#own;
    return Object.keys(own).find((key) => own[key] === name) ?? (name in own ? undefined : name);
  }

  #heard(event) {
    if (event.defaultPrevented || event.repeat || event.isComposing || this.#shielded()) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(TYPING)) return;
    const name = nameOf(event);
    if (name !== "?" && !this.on) return;
    if (name === "Enter" && event.target.closest?.("button, a, summary")) return; // the browser presses it itself
    const act = this.#acts().get(this.#meant(name));
    if (!act) return;
    event.preventDefault();
    act();
  }
}

const nameOf = ({ key }) => (key.length === 1 ? key.toUpperCase() : key);

/** Where the letters of who is signed in are kept: a number, so that no name stays on a shared machine. */
function owner() {
  const who = document.querySelector(".who > span")?.textContent ?? "";
  return `aufruf-letters-${[...who].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 2 ** 32, 7)}`;
}
