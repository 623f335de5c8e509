/** What is wrong now, the worst first, as the board says it: a short list below the figures. */

import { html, nothing, repeat } from "/static/lit.js";
import { date, timeOfDay } from "/static/say.js";
import { serviceName } from "/static/staff/wording.js";

const MOST = 3;

/** The name of the place: a service, counter, zone, printer, or a device (`display:hall`). */
function placeName({ board, language }, { code, place }) {
  if (place === null) return board.name;
  const kinds = { printer: "printer", mute: "announcer" };
  const [kind, id] = code in kinds ? [kinds[code], place] : place.split(":");
  const device = board.devices.find((one) => one.kind === kind && one.id === id);
  const counter = code === "idle_counter" && board.counters.find((face) => face.id === place);
  return device?.name ?? (counter ? counter.label : serviceName(board.services, place, language));
}

function line(here, alert) {
  const { words, zone } = here;
  const { count, target } = alert;
  const minutes = alert.minutes ?? 0;
  const text = words.text(`supervisor-alert-${alert.code}`, { place: placeName(here, alert), count, minutes, target });
  return html`<li><b>${text}</b> <span class="small soft">${words.text("supervisor-moves-since",
    { time: timeOfDay(words, alert.since, zone) })}</span>${visits(here, alert)}</li>`;
}

/** The bookings that find no room any more: whoever calls these people knows them by code and time. */
function visits({ words, zone, board, language }, alert) {
  const one = (visit) => html`<li><b>${date(words, visit.start, zone)}, ${timeOfDay(words, visit.start, zone)}</b>
    ${visit.services.map((id) => serviceName(board.services, id, language)).join(", ")}
    <code translate="no">${visit.code}</code>
    <span class="small soft">${words.text(`supervisor-overbooked-${visit.reason}`)}</span></li>`;
  return alert.visits?.length ? html`<ul class="visits">${repeat(alert.visits, (visit) => visit.appointment, one)}</ul>
    <a href="/appointments/${encodeURIComponent(document.body.dataset.office)}">${
  words.text("supervisor-overbooked-all")}</a>` : nothing;
}

export function alerts(here) {
  const { words, board, short } = here;
  const told = new Set(board.worries.map((one) => one.code)); // these codes have a notice of their own, which says more
  const listed = board.alerts.filter((one) => !told.has(one.code));
  if (!listed.length) return nothing;
  const unlisted = board.alerts_total - board.alerts.length;
  return html`<section class="alerts" aria-label=${words.text("supervisor-alerts")}>
    <div role="alert"><ul>${repeat(short.of("alerts", listed, MOST), (one) => one.id, (one) => line(here, one))}
      ${unlisted > 0 ? html`<li>${words.text("supervisor-alerts-more", { count: unlisted })}</li>` : nothing}</ul></div>
    ${short.more("alerts", listed, MOST)}</section>`;
}
