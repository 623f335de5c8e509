/** Services against their targets: how many wait, how long, what whoever comes now must expect; word first, colour second. */

import { html, nothing, repeat, vars } from "/static/lit.js";
import { named, span, timeOfDay, wait } from "/static/say.js";
import { reasonText } from "/static/staff/wording.js";

const NEAR = 0.75; // of the target
const ROOM = 1.5; // the bar is this many targets long
const MARK = 1 / ROOM;

/** How a service stands: closed, good, warn or bad, and the part of the bar it fills. */
export function standing(service, clock) {
  const waited = service.longest_wait ? clock.since(service.longest_wait) / 60_000 : 0;
  const part = service.target ? waited / service.target : 0;
  const how = !service.open ? "closed" : part > 1 ? "bad" : part >= NEAR ? "warn" : "good";
  return { how, part: Math.min(1, part / ROOM) };
}

export function services(here) {
  const { words, board } = here;
  return html`<section class="card" aria-labelledby="services"><h2 id="services">${words.text("supervisor-services")}</h2>
    <table class="services"><thead><tr>
      <th scope="col">${words.text("supervisor-service")}</th><th scope="col">${words.text("supervisor-waits")}</th>
      <th scope="col">${words.text("supervisor-longest-short")}</th><th scope="col">${words.text("supervisor-expected")}</th>
      <th scope="col" class="wide">${words.text("supervisor-target")}</th><th scope="col"><span class="visually-hidden">${words.text("supervisor-move")}</span></th>
    </tr></thead>
    <tbody>${repeat(board.services, (service) => service.id, (service) => row(here, service))}</tbody></table>
  </section>`;
}

function row(here, service) {
  const { words, live, language, askFor } = here;
  const { how, part } = standing(service, live.clock);
  const name = named(service.names, language);
  return html`<tr data-service=${service.id}>
    <th scope="row"><span class="named"><span class="letter">${service.letter}</span> ${name}</span></th>
    <td class="n" data-label=${words.text("supervisor-waits")}>${service.waiting}</td>
    <td class="span" data-label=${words.text("supervisor-longest-short")}>${service.longest_wait ? span(words, live.clock.since(service.longest_wait)) : "–"}</td>
    <td data-label=${words.text("supervisor-expected")}>${wait(words, service.expected) ?? html`<span class="small soft">${words.text("supervisor-no-estimate")}</span>`}</td>
    <td class="state"><span class="bar ${how}" aria-hidden="true" ${vars({ "--part": part, "--mark": MARK })}><i></i><s></s></span>
      <span class="word ${how}">${standsText(here, service, how)}</span></td>
    <td class="act"><button type="button" class="button" data-ask="service" aria-label="${name}: ${words.text("supervisor-change")}"
      @click=${() => askFor("service", service.id)}>${words.text("supervisor-change")}</button></td>
  </tr>`;
}

function standsText({ words, zone, board, language }, service, how) {
  if (how !== "closed") return words.text(`supervisor-stands-${how}`);
  const reason = service.reason ? reasonText(words, board, service.reason, language) : "";
  const until = service.until ? words.text("supervisor-closed-until", { time: timeOfDay(words, service.until, zone) }) : words.text("supervisor-closed");
  return [until, reason].filter(Boolean).join(": ");
}
