/** Colleagues of the office's list who may be called in: who is here since and until when, and the question that calls
 * one, or keeps them longer. */

import { html, nothing, repeat } from "/static/lit.js";
import { named, timeOfDay } from "/static/say.js";
import { instantOf, minutesField, reasonOf, selectField } from "/static/staff/fields.js";
import { may } from "/static/staff/may.js";
import { question } from "/static/staff/staff.js";
import { whyField } from "./why_until.js";

const STAYS = [30, 60, 120, 240];

function stands({ words, board, zone }, helper) {
  const time = (instant) => timeOfDay(words, instant, zone);
  const where = board.counters.find((face) => face.id === helper.counter)?.label;
  return [where, words.text("supervisor-helper-here", { since: time(helper.since) }),
    helper.until && words.text("supervisor-until", { time: time(helper.until) })].filter(Boolean).join(", ");
}

/** Calls somebody in, or keeps them longer, or elsewhere, if they are there. */
function callQuestion(here, id) {
  const { words, board, ask, live, language, send, whatIf } = here;
  const helper = board.helpers.find((one) => one.id === id);
  const there = helper.since !== null;
  const name = named(helper.names, language);
  const title = words.text(`supervisor-helper-${there ? "keep" : "call"}-who`, { helper: name });
  const act = (form) => send(`helper-${id}`, title, { type: "call_helper", helper: id,
    ...instantOf(form, "until", "until", live.clock), ...reasonOf(form),
    ...(form.get("counter") ? { counter: String(form.get("counter")) } : {}) });
  const body = html`
    ${selectField("counter", words.text("supervisor-helper-where"), words.text("supervisor-helper-anywhere"),
      board.counters.map((face) => [face.id, face.label]), helper.counter ?? "")}
    ${minutesField(words, "until", words.text("supervisor-helper-until"), words.text("supervisor-helper-planned"),
      STAYS, (length) => (there ? words.text("supervisor-helper-more", { span: length }) : length))}
    ${whatIf.on ? nothing : whyField(here)}`;
  return question({ words, ask, title, body, verb: words.text(`supervisor-helper-${there ? "keep" : "call"}`), act });
}

function caller(here, helper) {
  const { words, board, ask, language } = here;
  const name = named(helper.names, language);
  if (!may(board, "call_helper")) return html`<span>${name}</span>`;
  const label = words.text("supervisor-helper-call-who", { helper: name });
  return html`<button type="button" class="button" data-helper=${helper.id} aria-label=${label}
    @click=${() => ask.open(() => callQuestion(here, helper.id))}>${label} …</button>`;
}

function line(here, helper) {
  const { words, board, ask, language } = here;
  const name = named(helper.names, language);
  return html`<li><span>${name} <span class="small soft">${stands(here, helper)}</span></span>
    ${may(board, "call_helper") ? html`<button type="button" class="button" data-helper=${helper.id}
      aria-label=${words.text("supervisor-helper-keep-who", { helper: name })}
      @click=${() => ask.open(() => callQuestion(here, helper.id))}>${words.text("supervisor-helper-keep")} …</button>`
      : nothing}</li>`;
}

export function helpers(here) {
  const { words, board } = here;
  if (!board.helpers.length) return nothing;
  const [away, there] = [true, false].map((gone) => board.helpers.filter((one) => (one.since === null) === gone));
  return html`<section class="card callable" aria-labelledby="helpers"><div class="head"><h2 id="helpers"
    tabindex="-1">${words.text("supervisor-helpers")}</h2>
    <span class="head-acts">${repeat(away, (one) => one.id, (one) => caller(here, one))}</span></div>
    ${there.length ? html`<ul class="lines">${repeat(there, (one) => one.id, (one) => line(here, one))}</ul>`
      : nothing}</section>`;
}
