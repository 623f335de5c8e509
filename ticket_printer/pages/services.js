/**
 * "Wofür sind Sie da?": a button for each life situation and service, with how many wait, how long, and why it is
 * closed if it is. One touch asks for one service; after "Mehrere Anliegen" touches collect them.
 */

import { html, nothing, repeat } from "/static/lit.js";
import { phrase, pictogram } from "/static/phrase.js";
import { date, noWaitText, nobodyServes, timeOfDay, wait } from "/static/say.js";

/** With more services than this a search is offered. */
const MANY = 12;

export function serviceScreen(here) {
  const { words, board, needs } = here;
  return html`
    <div class="question"><div>
      <h1 tabindex="-1">${words.text(board.open ? "kiosk-question" : "kiosk-closed-title")}</h1>
      <p>${here.live.state === "live" || here.live.state === "connecting"
        ? words.text(board.open ? here.several ? "kiosk-touch-several" : "kiosk-touch" : "kiosk-closed-now") : nothing}
        ${learning(board)
        ? words.text("kiosk-learning") : nothing}</p></div>${ways(here)}</div>
    ${needs.length ? needsGiven(here) : nothing}
    ${problemNotice(here)}
    <div class="services ${shown(board) > 6 ? "many" : ""} ${pictured(board) ? "pictured" : ""}" role="group"
      aria-label=${words.text("kiosk-question")}
      tabindex=${here.live.state === "live" ? nothing : "0"}>
      ${here.several ? nothing : repeat(board.occasions, (one) => one.id, (one) => occasionButton(here, one))}
      ${repeat(board.services, (service) => service.id, (service) => serviceButton(here, service))}
    </div>
    ${more(here)} ${here.several ? collected(here) : nothing}`;
}

const shown = (board) => board.services.length + board.occasions.length;
const open = (board) => board.services.filter((one) => one.open).length;

/** Other ways to a service: several at once, and by its letters. */
function ways({ words, board, several, severally, go }) {
  const two = several || open(board) > 1;
  const many = board.services.length > MANY;
  return two || many ? html`<div class="ways">
    ${two ? html`<button type="button" class="button" data-act="several" aria-pressed=${several}
      @click=${severally}>${words.text("kiosk-several")}</button>` : nothing}
    ${many ? html`<button type="button" class="button" data-act="search"
      @click=${() => go("search")}>${words.text("kiosk-search")}</button>` : nothing}</div>` : nothing;
}

/** Shown while there is more below what is seen: nobody must guess that a list goes on.
 * @param {string} [says] its words */
export function more({ words, below, down }, says = "kiosk-below") {
  return below ? html`<button type="button" class="button below" data-act="down" @click=${down}>${
    words.text(says)}<span aria-hidden="true"> ▼</span></button>` : nothing;
}

function collected({ words, chosen, consider }) {
  return html`<div class="choices"><button type="button" class="button primary" data-act="collected"
    ?disabled=${!chosen.length} @click=${() => consider(chosen)}>${words.text("kiosk-chosen",
    { count: chosen.length })}</button></div>`;
}

function occasionButton(here, occasion) {
  const { words, board, touch, live, consider } = here;
  const services = occasion.services.map((id) => board.services.find((one) => one.id === id));
  const closed = services.some((one) => !one?.open);
  return html`<button type="button" class="service ticket edged occasion ${closed ? "closed" : ""}"
    data-occasion=${occasion.id} ?disabled=${closed || touch.busy || live.state !== "live"}
    @click=${() => consider(occasion.services)}>
    <span class="letter" aria-hidden="true">+</span> ${pictogram(occasion)}
    <span class="what"><b>${phrase(occasion.names, words)}</b>
      <span>${services.filter(Boolean).map((one, at) =>
    html`${at ? " · " : nothing}${phrase(one.names, words)}`)}</span>
    </span>
    <span class="wait">${closed ? words.text("kiosk-closed")
      : html`<small>${words.text("kiosk-one-ticket")}</small>`}</span>
  </button>`;
}

/** Whether a wait is shown that is not known well yet, because the office has finished too few tickets. */
const learning = (board) => board.services.some((service) => service.open && service.expected?.learning);

const pictured = (board) => [...board.services, ...board.occasions].some((service) => service.pictogram);

function needsGiven({ words, needs, go }) {
  const said = needs.map((need) => words.text(`kiosk-need-${need}`)).join(", ");
  return html`<div class="notice"><p>${words.text("kiosk-needs-given", { needs: said })}</p>
    <button type="button" class="button"
      @click=${() => go("needs")}>${words.text("kiosk-needs-change")}</button></div>`;
}

/** Why there is no number, and what to do. */
export function problemNotice(here) {
  const { words, problem, zone } = here;
  if (!problem) return nothing;
  const id = `problem-${problem.code}-until`;
  const text = problem.until && words.has(id) ? words.text(id, { until: timeOfDay(words, problem.until, zone) })
    : words.problem(problem);
  if (problem.code === "unknown_claim") return html`<div class="notice bad" role="alert"><p>${
    words.text("kiosk-mine-unknown")}</p></div>`;
  const silent = problem.code === "unanswered";
  return html`<div class="notice bad" role="alert"><p>${silent ? words.text("kiosk-unanswered") : text}</p></div>`;
}

export function serviceButton(here, service) {
  const { words, touch, live, consider, several, chosen, collect } = here;
  const taken = chosen.includes(service.id);
  const going = touch.going(service.id);
  const closed = !service.open;
  return html`<button type="button" class="service ticket edged ${closed ? "closed" : ""} ${going ? "going" : ""}"
    data-service=${service.id}
    ?disabled=${closed || touch.busy || live.state !== "live"} aria-busy=${going}
    aria-pressed=${several ? taken : nothing}
    @click=${() => (several ? collect(service.id) : consider([service.id]))}>
    <span class="letter" aria-hidden="true">${several && taken ? "✓" : service.letter}</span> ${pictogram(service)}
    <span class="what"><b>${phrase(service.names, words)}</b>
      <span>${closed ? closedText(here, service) : phrase(service.hints, words)}</span>
      ${online(words, service)}</span>
    <span class="wait">${closed ? words.text("kiosk-closed") : waitText(here, service)}</span>
  </button>`;
}

/** The wait of somebody with the needs that were given, if it differs. */
function waitOf({ needs }, service) {
  const covered = (one) => one.features.every((need) => needs.includes(need));
  const fits = (service.by_features ?? []).filter(covered);
  return fits.reduce((most, one) => (one.features.length > (most.features?.length ?? 0) ? one : most), service);
}

export function waitText(here, service) {
  const { words, needs, board } = here;
  if (board.alone) return nothing; // nobody's wait is known
  if (needs.includes("step_free") && !service.step_free)
    return html`<small>${words.text("kiosk-not-step-free")}</small>`;
  const { expected, expected_reason: reason } = waitOf(here, service);
  const unserved = nobodyServes(reason) ? noWaitText(words, reason) : "";
  const range = wait(words, expected);
  const reached = service.reachable_today && !unserved ? words.text(`kiosk-reached-${service.reachable_today}`) : "";
  return html`${range ? html`<b>${range}</b>` : nothing}<small>${words.text("kiosk-waiting",
    { count: service.waiting })}</small>
    ${unserved ? html`<small>${unserved}</small>` : nothing}
    ${reached ? html`<small>${reached}</small>` : nothing}`;
}

function online(words, service) {
  return service.online_url
    ? html`<span class="online">${words.text("kiosk-online",
    { address: service.online_url.replace(/^https?:\/\//, "") })}</span>` : nothing;
}

/** Why a service is closed, and when it opens again, in the office's time. */
function closedText({ words, zone, live, board }, service) {
  const code = service.reason ?? "closed";
  const id = [`kiosk-closed-${code}`, `staff-reason-${code}`].find((one) => words.has(one));
  const office = board.reasons.find((reason) => reason.id === code);
  const reason = office ? phrase(office.names, words) : id ? words.text(id) : "";
  if (!service.opens_at) return reason || words.text("kiosk-closed-closed");
  const time = timeOfDay(words, service.opens_at, zone);
  const day = date(words, service.opens_at, zone);
  const opens = day === date(words, live.clock.now(), zone) ? words.text("kiosk-opens-today", { time })
    : words.text("kiosk-opens-on", { day, time });
  return reason ? html`${reason}${words.text("kiosk-comma")} ${opens}` : opens;
}
