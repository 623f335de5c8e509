/** Shows the number, huge, and whether paper comes; without paper also the QR code for the phone. Stays until somebody
 * could read it. */

import { html, nothing } from "/static/lit.js";
import { marks, phrase, pictogram } from "/static/phrase.js";
import { named, noWaitText, nobodyServes, timeOfDay, wait } from "/static/say.js";

const FAILED = new Set(["failed", "unknown"]);
const WELL = new Set(["ok", "paper_low", "no_status"]); // the last one: a printer that never reports its state

/** Whether a printer in this state prints. */
export const givesPaper = (printer) => WELL.has(printer);

/** Whether paper still comes: the printer worked at the touch, and nothing has gone wrong since. */
function paperComes({ result, board }) {
  const printed = board.prints.find((print) => print.ticket === result.id);
  return result.paper && givesPaper(board.printer) && !FAILED.has(printed?.state);
}

export function resultScreen(here, visit) {
  const { words, result, board } = here;
  const paper = paperComes(here);
  if (result.paper && !paper) {
    result.paper = false;
    visit.begin("screen", true); // now there is more to read, and a code to photograph
  }
  const services = board.services.filter((service) => result.services.includes(service.id));
  return html`
    <section class="now ticket" aria-labelledby="number">
      <p>${words.text("kiosk-your-number")}</p>
      <h1 id="number" class="number" tabindex="-1">${result.number}</h1>
      <p>${services.map((service, at) => html`${at ? " · " : nothing}${pictogram(service)}
        ${phrase(service.names, words)}`)}</p>
    </section>
    <p class="take" role="status">${words.text(paper ? "kiosk-take-paper" : "kiosk-no-paper")}</p>
    <div class="more">
      <div class="ahead">${result.away ? html`<p>${backText(here)}</p>` : nothing}
        ${aheadText(words, result, services.map((service) => service.expected_reason)
        .find(Boolean))}</div>
      ${paper || !result.secret ? nothing : phoneCode(words, result)}
      ${paper || !result.code ? nothing : html`<p class="own-code">${words.text("kiosk-own-code")}
        <b>${result.code}</b></p>`}
    </div>
    ${papers(words, services)}
    ${closing(here, visit)}`;
}

/** When to be back; whoever took a time today reads until when they are called. */
function backText({ words, result, zone }) {
  const time = timeOfDay(words, result.away, zone);
  return result.until ? words.text("kiosk-later-taken", { from: time, to: timeOfDay(words, result.until, zone) })
    : words.text("kiosk-back-by", { time });
}

function aheadText(words, result, reason) {
  const range = wait(words, result.expected);
  const why = result.expected ? null : result.expected_reason ?? reason;
  const next = result.ahead === 0 && nobodyServes(why); // nobody is "next" if nobody serves
  const unserved = result.ahead === 0 && !next ? "" : noWaitText(words, why);
  return html`${typeof result.ahead === "number" && !next
    ? html`<p>${words.text("kiosk-ahead", { count: result.ahead })}</p>` : nothing}
    ${unserved ? html`<p>${unserved}</p>` : nothing}
    ${range ? html`<p>${words.text("kiosk-expected")} <b>${range}</b></p>` : nothing}
    <p>${words.text("kiosk-called-how")}</p>`;
}

/** The link of the ticket as a QR code; a server without a public address has no link. */
function phoneCode(words, result) {
  const gone = (event) => { event.target.closest("figure").hidden = true; };
  return html`<figure><img src="/t/${encodeURIComponent(result.secret)}/qr.svg" alt=${words.text("kiosk-qr-alt")}
    @error=${gone}>
    <figcaption>${words.text("kiosk-qr")}</figcaption></figure>`;
}

function papers(words, services) {
  const needed = services.filter((service) => named(service.papers, words.language).length);
  if (!needed.length) return nothing;
  return html`<section class="papers"><h2>${words.text("kiosk-papers")}</h2>${needed.map((service) => {
    const { lang, dir } = marks(service.papers, words);
    return html`<ul lang=${lang} dir=${dir}>${named(service.papers, words.language).map((one) =>
      html`<li>${one}</li>`)}</ul>`;
  })}</section>`;
}

function closing({ words }, visit) {
  return html`<div class="choices">
    <button type="button" class="button primary" data-act="done"
      @click=${() => visit.end()}>${words.text("kiosk-done")}</button>
    ${visit.warning
      ? html`<button type="button" class="button" data-act="longer"
      @click=${() => visit.extend()}>${words.text("kiosk-longer")}</button>
      <p role="timer">${words.text("kiosk-ends-in", { seconds: visit.left })}</p>` : nothing}
  </div>`;
}
