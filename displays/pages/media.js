/**
 * Pictures and videos of the office on a wall, while nobody is called: a call hides them at once, and they go on when
 * it is gone. Never with sound. Who taps them, or presses their button, holds them; who wants less motion sees no
 * videos. Used by wall.js.
 */

import { monotonic } from "/static/clock.js";
import { named } from "/static/say.js";
import { MINUTE, SECOND } from "/static/terms.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Media {
  #asked = -Infinity;
  #changed;
  #held = false;
  #on = false;
  #place = 0;
  #slides = [];
  #timer;
  #until = null; // when the next picture comes
  #words;

  /** `box`: where they are shown, with a button in it; `address`: who knows what to show; `changed`: is called then. */
  constructor(box, address, changed) {
    Object.assign(this, { box, address, button: box.querySelector("button") });
    this.#changed = changed;
    box.addEventListener("click", () => this.#hold());
  }

  /** Asks what to show now, at most once a minute: the schedule is the server's, and files come and go. */
  async ask() {
    if (monotonic() - this.#asked < MINUTE * 0.9) return;
    this.#asked = monotonic();
    const answer = await fetch(this.address, { cache: "no-store" }).catch(() => null);
    const found = answer?.ok ? await answer.json().catch(() => []) : [];
    const now = this.#slides[this.#place]?.address;
    this.#slides = found.filter((slide) => slide.kind === "picture" || !calm.matches);
    this.#place = Math.max(0, this.#slides.findIndex((slide) => slide.address === now));
    this.#changed();
  }

  /** `free`: whether the place is free for them. @returns whether they are shown */
  show(free, words) {
    this.#words = words;
    this.#on = Boolean(free) && this.#slides.length > 0;
    this.box.hidden = !this.#on;
    this.#draw();
    return this.#on;
  }

  get #shown() {
    return this.box.querySelector("img, video");
  }

  #draw() {
    clearTimeout(this.#timer);
    if (!this.#on || this.#held) this.#until = null;
    if (!this.#on) return this.#shown?.pause?.();
    const slide = this.#slides[this.#place];
    if (this.#shown?.dataset.address !== slide.address) {
      this.#shown?.remove();
      this.box.prepend(this.#made(slide));
    }
    const text = named(slide.text, this.#words.language);
    if (slide.kind === "video") this.#shown.ariaLabel = text;
    else this.#shown.alt = text;
    this.button.textContent = this.#words.text(this.#held ? "wall-media-go-on" : "wall-media-hold");
    if (this.#held) return this.#shown.pause?.();
    if (slide.kind === "picture") {
      this.#until ??= monotonic() + slide.seconds * SECOND;
      this.#timer = setTimeout(() => this.#next(), Math.max(0, this.#until - monotonic()));
    }
    return this.#shown.play?.().catch(() => {}); // it was hidden again before it began
  }

  #made({ address, kind }) {
    const made = document.createElement(kind === "video" ? "video" : "img");
    if (kind === "video") Object.assign(made, { muted: true, playsInline: true, disableRemotePlayback: true });
    made.dataset.address = address;
    made.addEventListener("ended", () => this.#next());
    made.addEventListener("error", () => this.#leaveOut(address));
    made.src = address;
    return made;
  }

  #next() {
    this.#place = (this.#place + 1) % this.#slides.length;
    this.#until = null;
    this.#draw();
  }

  /** What cannot be shown is left out until the server is asked again. */
  #leaveOut(address) {
    this.#slides = this.#slides.filter((slide) => slide.address !== address);
    this.#place %= Math.max(1, this.#slides.length);
    this.#changed();
  }

  #hold() {
    this.#held = !this.#held;
    this.#draw();
  }
}
