/**
 * Who waits and who is somewhere else: the queue in the order of call, parked, not here, away; my lines and colleagues.
 * Every number opens its card; what can be done with one press stands beside it.
 */

import { html, nothing, repeat } from "/static/lit.js";
import { named, numberClass, span } from "/static/say.js";
import { pressButton } from "/static/staff/staff.js";
import { counterStands, marks, serviceNames, since, whyText } from "/static/staff/wording.js";

export function lists(here) {
  const { words, board } = here;
  return html`<aside class="lists" aria-label=${words.text("counter-lists")}>
    ${list(here, "queue", words.text("counter-queue", { count: board.waiting }), board.queue, "waiting_since")}
    ${list(here, "parked", words.text("counter-parked"), board.parked, "since", resumeAct)}
    ${list(here, "missed", words.text("counter-missed"), board.missed, "since", returnAct)}
    ${list(here, "away", words.text("counter-away"), board.away, "since", returnAct)}
    ${lines(here)} ${colleagues(here)}
  </aside>`;
}

function list(here, name, title, rows, from, act) {
  if (!rows.length && name !== "queue") return nothing;
  return html`<section class="list" aria-labelledby="list-${name}">
    <h2 class="soft small" id="list-${name}">${title}</h2>
    ${rows.length ? html`<ul>${repeat(rows, (line) => line.id, (line) => row(here, line, from, act))}</ul>`
    : html`<p class="soft">${here.words.text("counter-nobody-waits")}</p>`}
  </section>`;
}

function row(here, line, from, act) {
  const { words, board, live, zone, language, openCard } = here;
  const more = marks(words, line).join(", ");
  const why = line.why_order && line.why_order.code !== "longest_wait" ? whyText(words, line.why_order, live.clock.now(), zone) : "";
  return html`<li>
    <button type="button" class="row" data-ticket=${line.id} @click=${() => openCard(line)}>
      <span class=${numberClass(line.number)}>${line.number}</span>
      <span class="soft">${serviceNames(board.services, line.services, language)}</span>
      <span class="time">${since(words, live.clock, line[from] ?? line.waiting_since)}</span>
      ${more ? html`<span class="more">${more}</span>` : nothing}
      ${why ? html`<span class="more why">${why}</span>` : nothing}
      ${notBefore(here, line)}
    </button>
    ${act ? act(here, line) : nothing}
  </li>`;
}

/** A pause before the next call counts down where everybody can see it. */
function notBefore({ words, live }, line) {
  const left = line.not_before ? Date.parse(line.not_before) - live.clock.now() : 0;
  return left > 0 ? html`<span class="more">${words.text("counter-not-before", { left: span(words, left) })}</span>` : nothing;
}

function resumeAct({ words, pressing, board }, line) {
  const label = words.text("counter-act-resume-ticket");
  const act = () => pressing.press(`resume-${line.id}`, label, { type: "resume_ticket", counter: board.counter.id, ticket: line.id });
  return pressButton({ pressing, id: `resume-${line.id}`, label, name: `${line.number}: ${label}`, disabled: Boolean(board.current), act });
}

function returnAct({ words, pressing }, line) {
  const label = words.text("counter-act-return");
  const act = () => pressing.press(`return-${line.id}`, label, { type: "return_ticket", ticket: line.id });
  return pressButton({ pressing, id: `return-${line.id}`, label, name: `${line.number}: ${label}`, act });
}

function lines({ words, board, live, language }) {
  if (!board.lines.length) return nothing;
  return html`<section class="list" aria-labelledby="list-lines">
    <h2 class="soft small" id="list-lines">${words.text("counter-my-lines")}</h2>
    <ul class="plain">${board.lines.map((line) => html`<li><span>${line.letter} ${named(line.names, language)}</span>
      <span class="soft">${line.waiting ? words.text("counter-line", { count: line.waiting, longest: since(words, live.clock, line.longest_wait) })
    : words.text("counter-line-none")}</span></li>`)}</ul>
  </section>`;
}

function colleagues({ words, board, zone, language }) {
  if (!board.colleagues.length) return nothing;
  return html`<section class="list" aria-labelledby="list-colleagues">
    <h2 class="soft small" id="list-colleagues">${words.text("counter-colleagues")}</h2>
    <ul class="plain">${board.colleagues.map((face) => html`<li><span>${face.label}</span>
      <span class="soft">${counterStands(words, face, zone, board.break_reasons, language)}</span></li>`)}</ul>
  </section>`;
}
