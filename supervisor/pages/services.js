/** Services, the one in most trouble first, each against its target: said in words, and only then by colour. */

import { html, nothing, repeat, vars } from "/static/lit.js";
import { named, span, timeOfDay, wait } from "/static/say.js";
import { reasonText } from "/static/staff/wording.js";
import { MINUTE } from "/static/terms.js";
import { setOn } from "./set_on.js";

const WORST_FIRST = ["no_counter", "needs", "over_target", "tight", "unknown", "on_target", "closed"];
const KINDS = { no_counter: "bad", needs: "bad", over_target: "bad", tight: "warn", unknown: "soft",
  on_target: "good", closed: "closed" };
const ROOM = 1.5; // length of the bar in targets
const MARK = 1 / ROOM;

const waited = (service, clock) => (service.longest_wait ? clock.since(service.longest_wait) / MINUTE : 0);
const filled = (service, clock) =>
  (service.target ? Math.min(1, waited(service, clock) / service.target / ROOM) : 0);

/** The services in the order of their trouble; equal ones by how near the target their longest wait is. The order does
 * not change with every second: a full minute must have passed. */
function ordered(board, clock) {
  const near = (service) => (service.target ? Math.floor(waited(service, clock)) / service.target : 0);
  const rank = ({ trouble: { code, count } }) => // without a counter, and nobody waits: it hurts nobody yet
    (code === "no_counter" && !count ? WORST_FIRST.indexOf("unknown") : WORST_FIRST.indexOf(code));
  return [...board.services].sort((one, other) => rank(one) - rank(other) || near(other) - near(one));
}

export function services(here) {
  const { words, board, live } = here;
  return html`<section class="card" aria-labelledby="services"><h2 id="services"
    tabindex="-1">${words.text("supervisor-services")}</h2>
    <table class="services"><thead><tr>
      <th scope="col">${words.text("supervisor-service")}</th><th scope="col">${words.text("supervisor-waits")}</th>
      <th scope="col">${words.text("supervisor-longest-short")}</th><th
        scope="col">${words.text("supervisor-expected")}</th>
      <th scope="col" class="wide">${words.text("supervisor-target")}</th>
    </tr></thead>
    <tbody>${repeat(ordered(board, live.clock), (service) => service.id,
      (service) => row(here, service))}</tbody></table>
  </section>`;
}

function row(here, service) {
  const { words, live, language, askFor } = here;
  const kind = KINDS[service.trouble.code];
  const name = named(service.names, language);
  return html`<tr data-service=${service.id}>
    <th scope="row"><button type="button" class="pick named" data-ask="service"
      aria-label="${name}: ${words.text("supervisor-change")}" @click=${() => askFor("service", service.id)}><span
      class="letter">${service.letter}</span> <span>${name}</span></button></th>
    <td class="n" data-label=${words.text("supervisor-waits")}>${service.waiting}</td>
    <td class="span" data-label=${words.text("supervisor-longest-short")}>${service.longest_wait
      ? span(words, live.clock.since(service.longest_wait)) : "–"}</td>
    <td class="expected" data-label=${words.text("supervisor-expected")}>${range(words, service.expected)
      ?? html`<span class="small soft">${words.text("supervisor-no-estimate")}</span>`}</td>
    <td class="state"><span class="bar ${kind}" aria-hidden="true"
      ${vars({ "--part": filled(service, live.clock), "--mark": MARK })}><i></i><s></s></span>
      <span class="word ${kind}">${standsText(here, service)}</span>${planned(words, service)}</td>
  </tr>${setOn(here, service)}`;
}

/**
 * The wait of somebody who draws a ticket now; with fewer than 200 finished tickets also a note that it is not known
 * well yet.
 */
function range(words, expected) {
  const text = wait(words, expected);
  if (!text) return null;
  const said = html`<span class="range">${text}</span>`;
  return expected.learning ? html`${said} <span class="small soft">${words.text("common-learning")}</span>` : said;
}

/**
 * Before closing: the last person who is surely served today, and how many wait after them. Without a roster nobody
 * goes home before all are served: then it says who is called before closing.
 */
function planned(words, { reachable_today: reachable = null, last_reached: number = null, beyond = 0 }) {
  if (reachable === "yes" || (!reachable && !beyond)) return nothing;
  const until = reachable ? "reached" : "before-closing";
  const text = number !== null ? words.text(`supervisor-${until}-last`, { number, beyond })
    : beyond ? words.text(`supervisor-${until}-none`, { beyond }) : words.text(`kiosk-reached-${reachable}`);
  return html` <span class="small soft">${text}</span>`;
}

function standsText(here, service) {
  const { words, live } = here;
  const { code, need, count } = service.trouble;
  const said = {
    no_counter: () => words.text("supervisor-stands-unserved"),
    needs: () => words.text("supervisor-stands-needs", { count, need: words.text(`staff-need-${need}`) }),
    closed: () => "",
    unknown: () => (service.waiting ? words.text("supervisor-stands-so-far",
      { minutes: Math.floor(waited(service, live.clock)), target: service.target })
      : words.text("supervisor-stands-nobody")),
    over_target: () => words.text("supervisor-stands-bad"),
    tight: () => words.text("supervisor-stands-warn"),
    on_target: () => words.text("supervisor-stands-good"),
  }[code]();
  return [service.open ? "" : closedText(here, service), said].filter(Boolean).join(", ");
}

function closedText({ words, zone, board, language }, service) {
  const reason = service.reason ? reasonText(words, board, service.reason, language) : "";
  const until = service.until ? words.text("supervisor-closed-until", { time: timeOfDay(words, service.until, zone) })
    : words.text("supervisor-closed");
  return [until, reason].filter(Boolean).join(": ");
}
