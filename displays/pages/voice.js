/**
 * Plays the announcements of the room on this page: in order, one at a time, never twice, none older than 30 s, and
 * only while this page holds the zone's lease. If a file is not ready within 4 s, only the gong is played. If many
 * wait, they are said briefly after one gong. Used by wall.js.
 *
 *   const voice = new Voice(live, { onSound: (sound) => ... });   // "off" | "ready" | "playing" | "blocked"
 *   voice.zones(["hall"]); voice.allow(); voice.heed(board, seq);
 */

import { millis } from "/static/clock.js";
import { LEASE_MS, RENDER_MS, SPOKEN_FOR_MS, TOGETHER, TOGETHER_OVER } from "/static/terms.js";
import { GONG, SILENCE } from "./sounds.js";

const PLAY_MS = 25_000; // no announcement is longer; after this time a player counts as hanging
const RENEW_MS = LEASE_MS * 0.4; // one question may be lost
const REMEMBERED = 500;
const FINAL = ["NotAllowedError", "silenced"]; // after these nothing more can be played

const within = (ms, promise) =>
  Promise.race([promise, new Promise((_, no) => setTimeout(no, ms, new Error("too long")))]);

export class Voice {
  sound = "off";
  #live;
  #onSound;
  #player = new Audio();
  #zones = [];
  #held = new Map(); // zone → until, by server time
  #line = []; // announcements to be spoken, oldest first
  #spoken = new Set();
  #since = 0; // calls from before this connection are not played
  #busy = false;
  #silent = []; // zones in which somebody wants silence
  #stop = () => {};
  #rendered = () => {};

  constructor(live, { onSound }) {
    this.#live = live;
    this.#onSound = onSound;
    this.#player.preload = "auto";
    live.addEventListener("welcome", ({ detail }) => this.#connected(detail));
    live.addEventListener("lease", ({ detail }) => this.#leased(detail));
    live.addEventListener("announcement", ({ detail }) => this.#heard(detail));
    live.addEventListener("state", ({ detail }) => detail.state !== "live" && this.#forget());
    setInterval(() => this.#ask(), RENEW_MS);
  }

  /** Sets the zones this display speaks for; the first time it also tests whether the browser allows sound. */
  zones(zones) {
    if (zones.join() === this.#zones.join()) return;
    this.#zones = [...zones];
    if (!zones.length) return this.#become("off");
    if (this.sound === "off") this.allow();
    else this.#ask();
  }

  /** Tries to make sound (with a silent file): at the start, and when somebody taps. */
  async allow() {
    if (this.#busy) return;
    await this.#play(SILENCE).then(
      () => this.#become("ready"),
      (error) => this.#become(error.name === "NotAllowedError" ? "blocked" : "ready"),
    );
    this.#ask();
    this.#next();
  }

  /** Drops what the board of entry `seq` does not list any more; silence that is wanted ends what plays, at once. */
  heed({ said, silent }, seq) {
    this.#silent = silent ?? [];
    if (said) this.#line = this.#line.filter((one) => one.begun || one.seq > seq || said.includes(one.id));
    if (this.#line.some((one) => one.begun && this.#silent.includes(one.zone))) this.#stop();
  }

  #connected(welcome) {
    this.#since = millis(welcome.server_time);
    this.#ask();
  }

  #ask() {
    if (this.sound !== "ready" && this.sound !== "playing") return;
    for (const zone of this.#zones) this.#live.speak(zone);
  }

  #leased({ zone, held, until }) {
    if (held) this.#held.set(zone, millis(until));
    else this.#held.delete(zone);
    this.#next();
  }

  #heard(frame) {
    const known = this.#line.find((one) => one.id === frame.id);
    if (known) {
      known.audio = frame.audio ?? known.audio;
      return this.#rendered();
    }
    if (this.#spoken.has(frame.id) || millis(frame.at) < this.#since || !this.#zones.includes(frame.zone))
      return undefined;
    this.#line.push({ ...frame });
    return this.#next();
  }

  #forget() {
    this.#line = [];
    this.#held.clear();
  }

  #may(one) {
    return (this.#held.get(one.zone) ?? 0) > this.#live.clock.now();
  }

  async #next() {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#line.length) {
      const many = this.#line.filter((one) => one.brief_audio && this.#fit(one)).slice(0, TOGETHER);
      await (many.length > TOGETHER_OVER ? this.#sayTogether(many) : this.#say(this.#line[0]));
    }
    this.#busy = false;
  }

  #fit(one) {
    return this.#live.clock.since(one.at) <= SPOKEN_FOR_MS && this.#may(one) && !this.#silent.includes(one.zone);
  }

  /** One gong, then each briefly. What cannot be played is failed; the others are said. */
  async #sayTogether(many) {
    this.#become("playing");
    for (const one of many) this.#begin(one);
    let stopped = await this.#play(GONG, many[0].volume).catch((error) => error);
    for (const one of many) {
      if (!FINAL.includes(stopped?.name))
        stopped = await this.#play(one.brief_audio, one.volume).catch((error) => error);
      if (!stopped) this.#end(one, "spoken");
      else this.#cut(one, stopped);
    }
  }

  /** Why it was not heard to its end. Without the right to sound, all that waits is forgotten. */
  #cut(one, { name }) {
    if (name === "silenced") return this.#end(one, "skipped", "silenced");
    if (name !== "NotAllowedError") return this.#end(one, "failed", "audio");
    this.#end(one, "failed", "blocked", "blocked");
    return this.#forget();
  }

  #begin(one) {
    one.begun = true;
    this.#tell(one, "started");
  }

  async #say(one) {
    if (this.#live.clock.since(one.at) > SPOKEN_FOR_MS) return this.#end(one, "dropped", "too_old");
    if (!this.#may(one)) return this.#end(one, "skipped", "no_lease");
    if (this.#silent.includes(one.zone)) return this.#end(one, "skipped", "silenced");
    if (!one.audio) await this.#wait();
    if (!this.#line.includes(one)) return undefined; // withdrawn meanwhile
    this.#become("playing");
    this.#begin(one);
    return this.#play(one.audio ?? GONG, one.volume).then(
      () => this.#end(one, "spoken", one.audio ? undefined : "gong_only"),
      (error) => this.#failed(one, error),
    );
  }

  /** Waits until the file comes or 4 s are over. */
  #wait() {
    return within(RENDER_MS, new Promise((resolve) => (this.#rendered = resolve))).catch(() => {});
  }

  #failed(one, error) {
    if (FINAL.includes(error.name) || !one.audio) return this.#cut(one, error);
    return this.#play(GONG, one.volume).catch(() => {}).then(() => this.#cut(one, error));
  }

  #end(one, state, reason, sound = "ready") {
    this.#line = this.#line.filter((other) => other !== one);
    this.#spoken.add(one.id);
    if (this.#spoken.size > REMEMBERED) this.#spoken.delete(this.#spoken.values().next().value);
    this.#tell(one, state, reason);
    if (this.sound === "playing") this.#become(sound);
  }

  #tell(one, state, reason) {
    this.#live.report({ kind: "announcement", announcement: one.id, state, reason });
  }

  /** @param {number} [volume] percent of full amplitude */
  #play(source, volume = 100) {
    const player = this.#player;
    const over = new Promise((resolve, reject) => {
      player.onended = () => resolve();
      player.onerror = () => reject(new Error("audio"));
      this.#stop = () => reject(Object.assign(new Error("silenced"), { name: "silenced" }));
    });
    player.volume = volume / 100;
    player.src = source;
    return within(PLAY_MS, Promise.all([player.play(), over])).then(() => undefined).finally(() => {
      player.onended = player.onerror = null;
      this.#stop = () => {};
      player.pause();
    });
  }

  #become(sound) {
    if (sound === this.sound) return;
    this.sound = sound;
    this.#onSound(sound);
  }
}
