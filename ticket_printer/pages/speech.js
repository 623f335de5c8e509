/**
 * Reads aloud everything that stands on the screen, for whoever cannot see it (EN 301 549, 5.1.3). It begins when a
 * headset is plugged in, at a key of a tactile pad, or when the corner is held for two seconds. Arrows go from one text
 * to the next, Enter presses what was just said, Home says the screen again, plus and minus make it louder and softer,
 * Escape ends it.
 * The voices are the server's, because browsers of kiosks have none. A new key interrupts what is being said.
 */

import { SECOND } from "/static/terms.js";

const HOLD_MS = 2 * SECOND;
const CORNER = 120; // CSS pixels: more than 30 mm, so that a hand finds it
const SAID = "h1, h2, p, li, button, a.button, output, figcaption, .counted > span, img[alt]";
const STEP = .2;
const USUAL = .8;
const PAD = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
const LOUDER = { "+": STEP, "-": -STEP };

export class Speech {
  #root;
  #here;
  #changed;
  #on = false;
  #at = -1; // of the texts, the one that was said last
  #greets = false; // it still says what its keys do: the screen is read after that
  #last = ""; // the screen that was read last
  #reads = false; // a screen, from text to text
  #turn = 0; // a newer one ends what an older one still wants to say
  #volume = USUAL;
  #audio = new Audio(); // another one for each text: an event of the one before must not end it
  #sink = ""; // the headset, if one is plugged in
  #urls = new Map();
  #heads = undefined; // how many devices can be heard; a plug makes one more

  /** @param {HTMLElement} root what is read
   * @param {object} here the kiosk's data: words, page
   * @param {() => void} changed draws again, and gives the visitor more time */
  constructor(root, here, changed) {
    this.#root = root;
    this.#here = here;
    this.#changed = changed;
    addEventListener("keydown", (event) => this.#key(event), { capture: true });
    this.#holdCorner();
    this.#watchPlug();
  }

  get on() {
    return this.#on;
  }

  /** Whether there is something left to hear: then the screen does not end. */
  get speaking() {
    return this.#on && !this.#audio.paused && !this.#audio.ended;
  }

  begin() {
    if (this.#on) return;
    this.#on = true;
    this.#greets = true;
    this.#say([{ text: this.#here.words.text("kiosk-speech-on") }], () => this.screen(true));
    this.#changed();
  }

  /** The next person finds it silent, and as loud as always. */
  end() {
    this.#turn += 1;
    this.#audio.pause();
    [this.#on, this.#greets, this.#at, this.#last, this.#volume] = [false, false, -1, "", USUAL];
  }

  /** A screen was drawn: it is read if it is another one, and a notice that is new on it. */
  screen(again = false) {
    if (!this.#on || (this.#greets && !again)) return;
    this.#greets = false;
    const texts = this.#texts();
    const key = `${this.#here.screen} ${texts[0]?.text}`;
    const told = texts.filter(({ node }) => node.closest("[role=alert], [role=status]"));
    const alerts = told.map(({ text }) => text).join();
    if (!again && key + alerts === this.#last) return;
    const other = again || !this.#last.startsWith(key);
    this.#last = key + alerts;
    if (other) this.#at = -1;
    if (other) this.#say(texts);
    else if (told.length) this.#say([...told, ...this.#left(texts, told)]); // a notice that went away stops nothing
  }

  /** What was still to be read when a notice came. */
  #left(texts, told) {
    return this.#reads ? texts.slice(this.#at + 1).filter((one) => !told.includes(one)) : [];
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = PAD[event.key];
    if (!this.#on) return step && !event.repeat ? this.#take(event, () => this.begin()) : undefined;
    if (step) return this.#take(event, () => this.#go(step));
    if (event.key === "Home") return this.#take(event, () => this.screen(true));
    if (event.key === "Escape") return this.#take(event, () => { this.end(); this.#changed(); });
    if (LOUDER[event.key]) return this.#take(event, () => this.#louder(LOUDER[event.key]));
    if (event.key === "Enter") this.#press(event);
    return undefined;
  }

  #take(event, act) {
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }

  /** The next text in this direction; what can be pressed also gets the focus, so that a switch presses it. */
  #go(step) {
    this.#greets = false;
    const texts = this.#texts();
    this.#at = Math.min(texts.length - 1, Math.max(0, this.#at + step));
    const found = texts[this.#at];
    if (!found) return;
    if (found.node.matches("button, a")) found.node.focus();
    found.node.scrollIntoView({ block: "nearest" });
    this.#say([found]);
  }

  #press(event) {
    const node = this.#texts()[this.#at]?.node;
    if (node?.matches("button:not(:disabled), a") && document.activeElement !== node)
      this.#take(event, () => node.click());
  }

  #louder(by) {
    this.#volume = Math.min(1, Math.max(STEP, this.#volume + by));
    this.#say([{ text: this.#here.words.text("kiosk-speech-volume", { percent: Math.round(this.#volume * 100) }) }]);
  }

  /** Everything that stands on the screen, in the order in which it is read. */
  #texts() {
    return [...this.#root.querySelectorAll(SAID)].filter((node) => node.checkVisibility()
      && !node.closest("[aria-hidden=true]") && !node.parentElement.closest("p, li, button, a"))
      .map((node) => ({ node, text: this.#text(node) })).filter(({ text }) => text);
  }

  #text(node) {
    const copy = node.cloneNode(true);
    for (const hidden of copy.querySelectorAll("[aria-hidden=true]")) hidden.remove();
    for (const part of copy.querySelectorAll("b, span, small, p, li")) {
      part.prepend(" ");
      part.append(", ");
    }
    const said = (node.getAttribute("alt") ?? node.getAttribute("aria-label") ?? "")
      || copy.textContent.replace(/\s+/g, " ").replace(/( ?,)+ ?/g, ", ").replace(/[,\s]+$/, "").trim();
    if (node.matches("output") && copy.textContent.trim()) return `${said}: ${[...copy.textContent.trim()].join(" ")}`;
    return [said, ...this.#state(node)].filter(Boolean).join(", ");
  }

  #state(node) {
    const { words } = this.#here;
    if (!node.matches("button")) return [];
    return [node.getAttribute("aria-pressed") === "true" ? words.text("kiosk-speech-chosen") : "",
      node.disabled ? words.text("kiosk-speech-off") : ""];
  }

  /** Says these one after another, until something else is to be said. */
  async #say(texts, then) {
    const turn = this.#turn += 1;
    this.#reads = texts.length > 1;
    this.#audio.pause();
    const { language } = this.#here.words;
    let coming = texts.length ? this.#url(texts[0].text, language) : undefined;
    for (const [at, { node }] of texts.entries()) {
      const url = await coming;
      if (turn !== this.#turn) return;
      coming = texts[at + 1] ? this.#url(texts[at + 1].text, language) : undefined;
      if (node && texts.length > 1) this.#at = this.#texts().findIndex((one) => one.node === node);
      await this.#play(url, turn);
      if (turn !== this.#turn) return;
    }
    this.#reads = false;
    if (then) then();
  }

  /** Where a text can be heard. A ticket's number is spelled: its letters and digits stand apart. */
  async #url(text, language) {
    const said = text.replace(/\b([A-Z]{1,2})(\d{2,4})\b/g, "$1 $2").slice(0, 400);
    const office = encodeURIComponent(this.#here.page.office);
    const path = `/audio/say/${office}/${language}?text=${encodeURIComponent(said)}`;
    if (!this.#urls.has(path)) {
      if (this.#urls.size > 200) this.#urls.clear();
      this.#urls.set(path, fetch(path).then((answer) => (answer.ok ? answer.json() : {})).then(({ url }) => url)
        .catch(() => undefined));
    }
    return this.#urls.get(path);
  }

  async #play(url, turn) {
    if (!url) return undefined;
    const audio = this.#audio = new Audio(url);
    audio.volume = this.#volume;
    if (this.#sink) await audio.setSinkId(this.#sink).catch(() => undefined);
    if (turn !== this.#turn) return undefined; // a key came meanwhile: else two voices would speak at once
    return new Promise((over) => {
      for (const end of ["ended", "error", "pause"]) audio.addEventListener(end, over, { once: true });
      audio.play().catch(over);
    });
  }

  #holdCorner() {
    let held;
    const stop = () => clearTimeout(held);
    addEventListener("pointerdown", ({ clientX, clientY }) => {
      if (clientX > CORNER || clientY < innerHeight - CORNER) return;
      held = setTimeout(() => (this.#on ? this.end() : this.begin()), HOLD_MS);
    }, { capture: true });
    for (const kind of ["pointerup", "pointercancel", "pointerleave"]) addEventListener(kind, stop, { capture: true });
  }

  /** A headset that is plugged in begins, and only it is heard; pulled out, it ends. */
  async #watchPlug() {
    const devices = navigator.mediaDevices;
    if (!devices) return; // without https browsers do not tell of plugs: pad and corner begin all the same
    const heard = async () => (await devices.enumerateDevices()).filter(({ kind }) => kind === "audiooutput");
    this.#heads = (await heard()).map(({ deviceId }) => deviceId);
    devices.addEventListener("devicechange", async () => {
      const now = (await heard()).map(({ deviceId }) => deviceId);
      const plugged = now.find((id) => !this.#heads.includes(id)) ?? (now.length > this.#heads.length ? "" : undefined);
      const pulled = now.length < this.#heads.length;
      this.#heads = now;
      if (pulled) {
        this.#sink = "";
        return this.end();
      }
      if (plugged === undefined) return undefined;
      this.#sink = this.#audio.setSinkId ? plugged : "";
      return this.begin();
    });
  }
}
