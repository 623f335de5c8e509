/** How each room sounds, silence at once and its end, a test; and which voice speaks which language. */

import { html, nothing, repeat } from "/static/lit.js";
import { named, timeOfDay } from "/static/say.js";
import { languageName } from "/static/words.js";
import { may } from "/static/staff/may.js";
import { pressButton, question } from "/static/staff/staff.js";
import { untilField, untilOf } from "./why_until.js";

const FULL = 100;

export function sound(here) {
  const { words, board } = here;
  if (!board.sound?.length) return nothing;
  return html`<section class="card" aria-labelledby="sound"><div class="head"><h2 id="sound" tabindex="-1">
    ${words.text("supervisor-sound")}</h2></div>
    <ul class="lines">${repeat(board.sound, (zone) => zone.zone, (zone) => row(here, zone))}</ul>
    <p class="soft small">${(board.speakers ?? []).map((one) => speaker(here, one)).join(" · ")}</p></section>`;
}

const nameOf = ({ language }, zone) => named(zone.names, language) || zone.zone;

function row(here, zone) {
  const { words, board, pressing, askFor } = here;
  const name = nameOf(here, zone);
  const press = (id, label, command) => pressButton({ pressing, id: `${id}-${zone.zone}`, label,
    name: `${label}: ${name}`, act: () => pressing.press(`${id}-${zone.zone}`, `${label}: ${name}`, command) });
  const kind = zone.silent || zone.heard === false ? "bad" : zone.quiet_until ? "warn" : zone.heard ? "good" : "soft";
  const state = stateOf(here, zone);
  const more = words.text("supervisor-sound-more");
  return html`<li data-zone=${zone.zone}><span>${name} <span class="small word ${kind}">${state}</span></span>
    <span class="head-acts">${zone.silent && may(board, "end_silence")
      ? press("end-silence", words.text("supervisor-silence-end"), { type: "end_silence", zone: zone.zone }) : nothing}
    ${!zone.silent && may(board, "silence_zone")
      ? press("silence", words.text("supervisor-silence-now"), { type: "silence_zone", zone: zone.zone }) : nothing}
    ${may(board, "silence_zone") ? html`<button type="button" class="button" data-ask="sound" data-zone=${zone.zone}
      aria-label="${more}: ${name}" @click=${() => askFor("sound", zone.zone)}>${more} …</button>` : nothing}
    </span></li>`;
}

function stateOf({ words, zone: timeZone }, zone) {
  const until = (instant) => ({ time: timeOfDay(words, instant, timeZone) });
  const loud = zone.volume === FULL ? "" : `, ${words.text("supervisor-sound-volume", { percent: zone.volume })}`;
  if (zone.silent) return zone.until
    ? words.text("supervisor-silent-until", until(zone.until)) : words.text("supervisor-silent");
  if (zone.quiet_until) return words.text("supervisor-quiet-until", until(zone.quiet_until));
  if (zone.heard === null) return words.text("supervisor-sound-none");
  return words.text(zone.heard ? "supervisor-sound-good" : "supervisor-sound-mute") + loud;
}

function speaker({ words }, one) {
  const name = languageName(one.language);
  const who = one.voice ?? words.text("supervisor-voice-none");
  if (!one.passed) return `${name}: ${who}`;
  const why = one.why === "not installed" ? words.text("supervisor-voice-missing") : one.why;
  return `${name}: ${who} (${words.text("supervisor-voice-passed", { voice: one.passed, why })})`;
}

/** Silence for a time, and what is played to hear the room. */
export function soundQuestion(here, id) {
  const { words, board, ask, live, send } = here;
  const zone = board.sound.find((one) => one.zone === id);
  const name = nameOf(here, zone);
  const label = words.text("supervisor-silence-now");
  const act = (form) => send(`silence-${id}`, `${label}: ${name}`,
    { type: "silence_zone", zone: id, ...untilOf(form, live.clock) });
  const test = (tone) => {
    const text = words.text(tone ? "supervisor-sound-tone" : "supervisor-sound-test");
    const play = () => {
      ask.close();
      send(`test-${id}`, `${text}: ${name}`, { type: "test_call", zone: id, ...(tone ? { tone } : {}) });
    };
    return html`<button type="button" class="button" @click=${play}>${text}</button>`;
  };
  const body = html`<p>${stateOf(here, zone)}</p>
    ${may(board, "test_call") && !zone.silent ? html`<p class="offers">${test(false)} ${test(true)}</p>
      <p class="soft small">${words.text("supervisor-sound-tone-means")}</p>` : nothing}
    ${untilField(words, words.text("supervisor-until-further"))}`;
  return question({ words, ask, title: `${words.text("supervisor-sound")}: ${name}`, body, verb: label, act });
}
