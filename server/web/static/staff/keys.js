/**
 * One key per act: listens for the letters that are shown on the buttons. Not while somebody types, not with a
 * modifier, not for a key that is held down. Can be switched off; this machine remembers the choice.
 */

const KEPT = "aufruf-keys";
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

  #heard(event) {
    if (event.defaultPrevented || event.repeat || event.isComposing || this.#shielded()) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(TYPING)) return;
    const name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    if (name !== "?" && !this.on) return;
    if (name === "Enter" && event.target.closest?.("button, a, summary")) return; // the browser presses it itself
    const act = this.#acts().get(name);
    if (!act) return;
    event.preventDefault();
    act();
  }
}
