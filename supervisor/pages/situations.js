/** Situations of the office file, such as an evacuation: chosen and confirmed, and ended with one press. */

import { html, nothing, repeat } from "/static/lit.js";
import { named, timeOfDay } from "/static/say.js";
import { may } from "/static/staff/may.js";
import { pressButton, question } from "/static/staff/staff.js";
import { untilField, untilOf } from "./why_until.js";

function startQuestion(here, id) {
  const { words, board, ask, live, language, send } = here;
  const name = named(board.situations.find((one) => one.id === id).names, language);
  const act = (form) =>
    send(`situation-${id}`, name, { type: "start_situation", situation: id, ...untilOf(form, live.clock) });
  const body = html`<p>${words.text("supervisor-situation-means")}</p>
    ${untilField(words, words.text("supervisor-until-further"))}`;
  const verb = words.text("supervisor-situation-start");
  return question({ words, ask, title: name, body, verb, act, danger: true });
}

function running({ words, board, pressing, zone }, one, name) {
  const label = words.text("supervisor-situation-end");
  const act = () => pressing.press(`revert-${one.key}`, `${label}: ${name}`, { type: "revert_moves", key: one.key });
  const times = [
    one.since && words.text("supervisor-moves-since", { time: timeOfDay(words, one.since, zone) }),
    one.until && words.text("supervisor-until", { time: timeOfDay(words, one.until, zone) })];
  const button = may(board, "revert_moves")
    ? pressButton({ pressing, id: `situation-end-${one.id}`, label, name: `${label}: ${name}`, act }) : nothing;
  return html`<li><b>${name} <span class="small">${times.filter(Boolean).join(", ")}</span></b> ${button}</li>`;
}

function starter(here, one) {
  const { words, board, ask, language } = here;
  const name = named(one.names, language);
  if (!may(board, "start_situation")) return html`<span>${name}</span>`;
  return html`<button type="button" class="button" data-situation=${one.id}
    aria-label="${words.text("supervisor-situation-start")}: ${name}"
    @click=${() => ask.open(() => startQuestion(here, one.id))}>${name} …</button>`;
}

export function situations(here) {
  const { words, board, language } = here;
  if (!board.situations?.length) return nothing;
  const [on, off] = [true, false].map((runs) => board.situations.filter((one) => (one.key !== null) === runs));
  return html`<section class="card callable" aria-labelledby="situations"><div class="head"><h2 id="situations"
    tabindex="-1">${words.text("supervisor-situations")}</h2>
    <span class="head-acts">${repeat(off, (one) => one.id, (one) => starter(here, one))}</span></div>
    ${on.length ? html`<ul class="lines">${repeat(on, (one) => one.id, (one) =>
      running(here, one, named(one.names, language)))}</ul>` : nothing}</section>`;
}
