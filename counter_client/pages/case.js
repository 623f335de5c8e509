/**
 * The ticket that the clerk serves: what is known about it, and the services to tick as done.
 * Draws the board's `current`, or what to show while the counter is free, paused or closed.
 */

import { html, nothing, repeat } from "/static/lit.js";
import { named, running, span, timeOfDay } from "/static/say.js";
import { may } from "/static/staff/may.js";
import { marks, reasonName, serviceName, serviceNames, whyText } from "/static/staff/wording.js";
import { SECOND } from "/static/terms.js";
import { languageName } from "/static/words.js";
import { mine, mode } from "./acts.js";

/** The ticket that the counter holds; amber while it is being called. */
export function heldTicket(here) {
  const { words, board, live } = here;
  const { current } = board;
  const called = current.state === "called";
  return html`<section class="now ticket ${called ? "called" : ""}" aria-label=${words.text("counter-current")}>
    <h2 class="number">${current.number}</h2>
    <dl>${facts(here).map(([name, said]) => html`<div><dt>${words.text(name)}</dt><dd>${said}</dd></div>`)}</dl>
    <div class="side"><p class="clock"><b>${running(live.clock.since(current.since))}</b>
      <span>${words.text(called ? "counter-since-call" : "counter-at-counter")}</span></p>
      ${mode(board) === "taken" || !here.notes ? nothing : noteButton(here)}</div>
    ${called ? seenLine(here) : nothing}
  </section>`;
}

const noteButton = ({ words, board, askFor, keys }) => html`<p class="note"><button type="button" class="button plain"
  data-act="note" aria-keyshortcuts=${keys.shown("N")} @click=${() => askFor("note")}>${words.text(board.current.note
    ? "counter-act-note-change" : "counter-act-note")}<kbd aria-hidden="true">${keys.shown("N")}</kbd></button></p>`;

function facts({ words, board, language, live, zone }) {
  const { current } = board;
  const said = [
    ["counter-services", current.state === "called" ? serviceNames(board.services, current.services, language,
      current.quantities) : ""],
    ["counter-marks", marks(words, current).join(", ")],
    ["counter-language", current.language && current.language !== board.languages[0] ? languageName(current.language)
      : ""],
    ["counter-waited", span(words, current.waited * SECOND)],
    ["counter-why", whyText(words, current.why, live.clock.now(), zone)],
    ["counter-attempt", current.attempt > 1 ? words.text("counter-attempt-count", { count: current.attempt }) : ""],
    ["counter-note", current.note ?? ""],
  ];
  return said.filter(([, text]) => text);
}

/** Whether the call was seen and heard, and what to think of before pressing "not here". */
export function seenText({ words, board }) {
  const { seen_on: seen, displays, spoken, needs } = board.current;
  const parts = [];
  if (displays) parts.push(words.text("counter-seen", { seen: seen.length, displays }));
  if (spoken !== null) parts.push(words.text(spoken ? "counter-spoken" : "counter-not-spoken"));
  if (displays && !seen.length) parts.push(words.text("counter-nobody-saw"));
  if (needs.includes("visual_call")) parts.push(words.text("counter-mind-visual"));
  if (needs.includes("escort")) parts.push(words.text("counter-mind-escort"));
  return parts.join(" · ");
}

function seenLine(here) {
  const said = seenText(here);
  return said ? html`<p class="seen">${said}</p>` : nothing;
}

/** The services to tick as done. Services that this counter does not serve are listed too, without a box.
 * @param {unknown[]} more buttons of acts that belong to the case */
export function toTick(here, more) {
  const { words, board, unticked, askFor, changed, keys } = here;
  const own = mine(board);
  const toggle = (id, on) => {
    if (on) unticked.delete(id);
    else unticked.add(id);
    changed();
  };
  return html`<section class="card ticks">
    <h2 class="soft small" id="ticks">${words.text("counter-what-is-done")}</h2>
    <div role="group" aria-labelledby="ticks">
      ${repeat(board.current.services, (id) => id, (id) => tick(here, id, own.includes(id), toggle))}
    </div>
    ${own.every((id) => unticked.has(id)) ? html`<p class="small">${words.text("counter-nothing-done")}</p>` : nothing}
    <p class="also">${may(board, "set_services")
      ? html`<button type="button" class="button plain" data-act="services" aria-keyshortcuts=${keys.shown("E")}
      @click=${() => askFor("services")}>
      ${words.text("counter-add-service")}<kbd aria-hidden="true">${keys.shown("E")}</kbd></button>`
    : nothing}${more}</p>
  </section>`;
}

function tick({ words, board, language, unticked }, id, own, toggle) {
  const name = serviceName(board.services, id, language);
  if (!own) return html`<p class="tick other">${name}
    <span class="soft small">${then(words, board, language, id)}</span></p>`;
  return html`<label class="tick"><input type="checkbox" name=${id} .checked=${!unticked.has(id)}
    @change=${(event) => toggle(id, event.target.checked)}><span>${name}</span></label>`;
}

/** Where a service that is not done here is done next: at a station that gives it, else at another counter. */
function then(words, board, language, id) {
  const station = board.stations.find((one) => one.services.includes(id));
  return station ? words.text("counter-elsewhere-station", { station: named(station.names, language) })
    : words.text("counter-elsewhere");
}

/** Shown in place of the ticket while there is none. */
export function noTicket(here) {
  const { words, board, live, zone, language } = here;
  const { counter, next } = board;
  const stands = mode(board);
  const lines = {
    taken: () => takenLine(here),
    closed: () => words.text("counter-closed-line"),
    wrap_up: () => words.text("counter-wrap-up-line"),
    paused: () => pauseLine(here),
    free: () => words.text(here.ready.on ? "counter-ready-line" : "counter-nobody-waits"),
  };
  const clock = ["paused", "wrap_up"].includes(stands) && counter.since;
  return html`<section class="now empty ticket edged" aria-label=${words.text("counter-current")}>
    ${stands === "free" && next ? nextUp(words, next, live, zone, board, language) : html`<h2>${lines[stands]()}</h2>`}
    ${clock ? html`<p class="clock"><b>${running(live.clock.since(counter.since))}</b></p>` : nothing}
  </section>`;
}

/** Who has this counter, and since when. */
export const takenLine = ({ words, board, zone }) =>
  words.text("counter-taken", { time: board.counter.since ? timeOfDay(words, board.counter.since, zone) : "" });

function nextUp(words, next, live, zone, board, language) {
  return html`<div class="next-up"><p class="soft">${words.text("counter-next-up")}</p>
    <h2 class="number">${next.number}</h2>
    <p>${serviceNames(board.services, next.services, language)}</p>
    <p class="soft">${whyText(words, next.why, live.clock.now(), zone)}</p></div>`;
}

function pauseLine({ words, board, zone, language }) {
  const { reason, back_at: back } = board.counter;
  const name = reason ? reasonName(board.break_reasons, reason, language) : words.text("counter-pause");
  return back ? words.text("counter-paused-until", { reason: name, time: timeOfDay(words, back, zone) }) : name;
}

/** The profiles that name something this counter can serve: a press ticks their services and no others. */
function profiles({ board, language, chooseOpening }, chosen) {
  const { skills } = board.counter;
  const found = board.profiles.map((one) => [one, skills.filter((skill) => one.services.includes(skill))])
    .filter(([, services]) => services.length);
  if (!found.length) return nothing;
  const same = (services) => services.length === chosen.length && services.every((id) => chosen.includes(id));
  return html`<p class="offers" role="group" aria-labelledby="opens">${found.map(([one, services]) => html`<button
    type="button" class="button" data-profile=${one.id} aria-pressed=${same(services)}
    @click=${() => chooseOpening(services)}>${named(one.names, language)}</button>`)}</p>`;
}

/** The services to open with: a tick box for each service that the counter can serve. */
export function toOpenWith(here) {
  const { words, board, language, opening, chooseOpening } = here;
  const chosen = opening ?? board.counter.services;
  const toggle = (id, on) =>
    chooseOpening(board.counter.skills.filter((skill) => (skill === id ? on : chosen.includes(skill))));
  return html`<section class="card ticks">
    <h2 class="soft small" id="opens">${words.text("counter-open-with")}</h2>
    ${profiles(here, chosen)}
    <div role="group" aria-labelledby="opens">
      ${repeat(board.counter.skills, (id) => id, (id) => html`<label class="tick"><input type="checkbox" name=${id}
        .checked=${chosen.includes(id)} @change=${(event) => toggle(id, event.target.checked)}>
        <span>${named(board.services.find((service) => service.id === id)?.names, language) || id}</span></label>`)}
    </div>
  </section>`;
}
