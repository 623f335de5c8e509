/** Services and their targets: how many wait, how long, and the expected wait of a new ticket; word first, colour
 * second. */

import { html, nothing, repeat, vars } from "/static/lit.js";
import { named, span, timeOfDay, wait } from "/static/say.js";
import { reasonText } from "/static/staff/wording.js";

const NEAR = 0.75; // share of the target
const ROOM = 1.5; // length of the bar in targets
const MARK = 1 / ROOM;

/** State of a service: closed, unserved, bad, warn, good or so-far, and the filled part of its bar. Only with an
 * estimate can it be "in the target"; a service that nobody serves is never good. */
export function standing(service, clock) {
  const waited = service.longest_wait ? clock.since(service.longest_wait) / 60_000 : 0;
  const part = service.target ? waited / service.target : 0;
  return { how: stands(service, part), part: Math.min(1, part / ROOM), minutes: Math.floor(waited) };
}

function stands(service, part) {
  if (!service.served && (service.open || service.waiting)) return "unserved";
  if (!service.open) return "closed";
  if (part > 1) return "bad";
  if (part >= NEAR) return "warn";
  return service.expected ? "good" : "so-far";
}

const KINDS = { unserved: "bad", "so-far": "soft" };

export function services(here) {
  const { words, board } = here;
  return html`<section class="card" aria-labelledby="services"><h2 id="services"
    tabindex="-1">${words.text("supervisor-services")}</h2>
    <table class="services"><thead><tr>
      <th scope="col">${words.text("supervisor-service")}</th><th scope="col">${words.text("supervisor-waits")}</th>
      <th scope="col">${words.text("supervisor-longest-short")}</th><th
        scope="col">${words.text("supervisor-expected")}</th>
      <th scope="col" class="wide">${words.text("supervisor-target")}</th><th scope="col"><span
        class="visually-hidden">${words.text("supervisor-move")}</span></th>
    </tr></thead>
    <tbody>${repeat(board.services, (service) => service.id, (service) => row(here, service))}</tbody></table>
  </section>`;
}

function row(here, service) {
  const { words, live, language, askFor } = here;
  const { how, part, minutes } = standing(service, live.clock);
  const kind = KINDS[how] ?? how;
  const name = named(service.names, language);
  return html`<tr data-service=${service.id}>
    <th scope="row"><span class="named"><span class="letter">${service.letter}</span> ${name}</span></th>
    <td class="n" data-label=${words.text("supervisor-waits")}>${service.waiting}</td>
    <td class="span" data-label=${words.text("supervisor-longest-short")}>${service.longest_wait
      ? span(words, live.clock.since(service.longest_wait)) : "–"}</td>
    <td data-label=${words.text("supervisor-expected")}>${range(words, service.expected)
      ?? html`<span class="small soft">${words.text("supervisor-no-estimate")}</span>`}</td>
    <td class="state"><span class="bar ${kind}" aria-hidden="true"
      ${vars({ "--part": part, "--mark": MARK })}><i></i><s></s></span>
      <span class="word ${kind}">${standsText(here, service, how, minutes)}</span></td>
    <td class="act"><button type="button" class="button" data-ask="service"
      aria-label="${name}: ${words.text("supervisor-change")}"
      @click=${() => askFor("service", service.id)}>${words.text("supervisor-change")}</button></td>
  </tr>`;
}

/** The wait of who draws now; and that it is not known well yet, under 200 finished tickets. */
function range(words, expected) {
  const text = wait(words, expected);
  if (!text || !expected.learning) return text;
  return html`${text} <span class="small soft">${words.text("common-learning")}</span>`;
}

function standsText(here, service, how, minutes) {
  const { words } = here;
  if (how === "closed") return closedText(here, service);
  if (how === "so-far")
    return service.waiting ? words.text("supervisor-stands-so-far", { minutes, target: service.target })
    : words.text("supervisor-stands-nobody");
  const said = words.text(`supervisor-stands-${how}`);
  return how === "unserved" && !service.open ? `${closedText(here, service)}, ${said}` : said;
}

function closedText({ words, zone, board, language }, service) {
  const reason = service.reason ? reasonText(words, board, service.reason, language) : "";
  const until = service.until ? words.text("supervisor-closed-until", { time: timeOfDay(words, service.until, zone) })
    : words.text("supervisor-closed");
  return [until, reason].filter(Boolean).join(": ");
}
