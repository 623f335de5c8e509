/**
 * What somebody chose, before the last touch: what to bring, how many, how many people, and what can be done from home.
 * "Ich komme wieder" draws the number too: it is away until the papers are here, and keeps its place.
 */

import { html, nothing } from "/static/lit.js";
import { laterToday } from "/static/later.js";
import { marks, phrase, pictogram } from "/static/phrase.js";
import { named, timeOfDay } from "/static/say.js";
import { helpButton } from "./help.js";
import { more, problemNotice, waitText } from "./services.js";

const MOST_PERSONS = 9;

const papersOf = ({ words }, service) => named(service.papers, words.language) || [];
const chosenOf = ({ board, chosen }) => chosen.map((id) => board.services.find((one) => one.id === id)).filter(Boolean);

/** The time today that is offered instead of waiting, if the wait is long. */
const later = (here) => laterToday(chosenOf(here).map((one) => one.expected), here.live.clock.now());

/** Whether there is something to say or to ask before the number. */
export function asks(here) {
  const services = chosenOf(here);
  return services.length > 1 || services.some((one) => papersOf(here, one).length || one.online_url || one.most > 1
    || one.asks_persons) || Boolean(later(here));
}

/** The fields of the command that follow from what was asked. */
export function asked({ chosen, quantities, persons }) {
  const many = Object.fromEntries(chosen.filter((id) => quantities[id] > 1).map((id) => [id, quantities[id]]));
  return { ...(persons > 1 ? { persons } : {}), ...(Object.keys(many).length ? { quantities: many } : {}) };
}

export function matterScreen(here) {
  const { words, touch, live, go, issue } = here;
  const services = chosenOf(here);
  const bring = services.some((one) => papersOf(here, one).length);
  const closed = services.length !== here.chosen.length || services.some((one) => !one.open);
  const stopped = closed || touch.busy || live.state !== "live";
  const leave = () => {
    if (!here.several) here.chosen = [];
    go("home");
  };
  return html`
    <div class="question"><h1 tabindex="-1">${services.map((one, at) => html`${at ? " · " : nothing}${
      phrase(one.names, words)}`)}</h1>
      ${bring ? html`<p>${words.text("kiosk-bring")}</p>` : nothing}</div>
    ${problemNotice(here)}
    <div class="matters" tabindex="0" role="region" aria-label=${words.text("kiosk-matter")}>
      ${services.map((service) => matter(here, service))}
      ${services.some((one) => one.asks_persons) ? counted(here, "persons", words.text("kiosk-persons"), here.persons,
    MOST_PERSONS, (value) => { here.persons = value; }) : nothing}</div>
    ${more(here, "kiosk-goes-on")}
    <div class="choices">
      <button type="button" class="button primary" data-act="have" ?disabled=${stopped}
        aria-busy=${touch.going(here.chosen.join("+"))} @click=${() => issue(here.chosen)}>${
    words.text(bring ? "kiosk-have" : "kiosk-draw")}</button>
      ${bring && here.board.away_minutes ? html`<button type="button" class="button" data-act="come-back"
        ?disabled=${stopped} @click=${() => issue(here.chosen, true)}><span>${words.text("kiosk-come-back")}
        <small>${words.text("kiosk-come-back-means", { minutes: here.board.away_minutes })}</small></span></button>`
    : nothing}
      ${laterButton(here, stopped)}
      <button type="button" class="button" data-act="back" @click=${leave}>${words.text("common-back")}</button>
      ${helpButton(here)}
    </div>`;
}

/** "Lieber heute 11:30 bis 11:50": the number is drawn now, and called then. */
function laterButton(here, stopped) {
  const { words, zone, issue } = here;
  const offer = later(here);
  if (!offer || here.board.alone) return nothing;
  const [from, to] = [offer.from, offer.to].map((at) => timeOfDay(words, at, zone));
  return html`<button type="button" class="button" data-act="later" ?disabled=${stopped}
    @click=${() => issue(here.chosen, offer)}><span>${words.text("kiosk-later", { from, to })}
    <small>${words.text("kiosk-later-means", { from })}</small></span></button>`;
}

function matter(here, service) {
  const { words, page, board } = here;
  const papers = papersOf(here, service);
  const { lang, dir } = marks(service.papers, words);
  const only = here.chosen.length === 1; // then its name is the title
  return html`<section class="matter" data-matter=${service.id}>
    ${only && board.alone ? nothing : html`<div class="head">${pictogram(service)}
      <h2>${only ? words.text("kiosk-wait-now") : phrase(service.names, words)}</h2>
      <p class="wait">${waitText(here, service)}</p></div>`}
    ${papers.length ? html`<ul lang=${lang} dir=${dir}>${papers.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
    ${service.most > 1 ? counted(here, service.id, words.text("kiosk-how-many"), here.quantities[service.id] ?? 1,
    service.most, (value) => { here.quantities = { ...here.quantities, [service.id]: value }; }) : nothing}
    ${service.online_url ? html`<div class="from-home"><p>${words.text("kiosk-online",
    { address: service.online_url.replace(/^https?:\/\//, "") })}</p>
      <img src="/online/${page.office}/${encodeURIComponent(service.id)}.svg" alt=${words.text("kiosk-online-alt")}
        @error=${(event) => { event.target.hidden = true; }}></div>` : nothing}
  </section>`;
}

/** A number with a button on each side. */
function counted({ words, changed }, id, label, value, most, set) {
  const step = (by) => {
    set(Math.min(most, Math.max(1, value + by)));
    changed();
  };
  return html`<div class="counted" role="group" aria-label=${label} data-count=${id}><span>${label}</span>
    <button type="button" class="button" data-act="less" ?disabled=${value <= 1} aria-label=${words.text("kiosk-less")}
      @click=${() => step(-1)}>−</button>
    <output aria-live="polite">${value}</output>
    <button type="button" class="button" data-act="more" ?disabled=${value >= most} aria-label=${
  words.text("kiosk-more")} @click=${() => step(1)}>+</button></div>`;
}
