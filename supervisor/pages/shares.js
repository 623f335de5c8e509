/** What is kept for people who just come on one day: the shares that are set, and the fields for one more. */

import { html, nothing, repeat } from "/static/lit.js";
import { may } from "/static/staff/may.js";
import { serviceName } from "/static/staff/wording.js";

const HOURS = Array.from({ length: 25 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);
const MOST = 48; // shares of one day that the server takes

/** @param {string} day @param {{percent: number, from: string, to: string, services: string[]}[]} kept @param
 * {(command: object) => void} press */
export function shares(here, day, kept, press) {
  const { words, board, language } = here;
  const set = (rows) => press({ type: "set_walk_ins", date: day, shares: rows });
  const can = may(board, "set_walk_ins");
  const whose = (ids) => ids.map((id) => serviceName(board.services, id, language)).join(", ")
    || words.text("supervisor-shares-all");
  const row = (share, place) => html`<li>${words.text("supervisor-shares-one",
    { percent: share.percent, from: share.from, to: share.to, services: whose(share.services) })}
    ${can ? html`<button type="button" class="button" data-offer="share-remove"
      aria-label="${words.text("supervisor-shares-remove")} ${place + 1}"
      @click=${() => set(kept.length > 1 ? kept.toSpliced(place, 1) : null)}
      >${words.text("supervisor-shares-remove")}</button>` : nothing}</li>`;
  const add = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const service = form.get("service");
    set([{ percent: Number(form.get("percent")), from: form.get("from"), to: form.get("to"),
      services: service ? [service] : [] }, ...kept]);
  };
  const hour = (name, text, chosen) => html`<label>${words.text(text)}<select name=${name}>
    ${HOURS.map((one) => html`<option ?selected=${one === chosen}>${one}</option>`)}</select></label>`;
  return html`<section class="shares" aria-labelledby="shares-title"><h3 id="shares-title"
    >${words.text("supervisor-shares")}</h3>
    <p class="small soft">${words.text("supervisor-shares-means")}</p>
    ${kept.length ? html`<ul>${repeat(kept, (_, place) => place, row)}</ul>` : nothing}
    ${can && kept.length < MOST ? html`<form class="fill" @submit=${add}>
      <label>${words.text("supervisor-shares-percent")}<input type="number" name="percent" min="0" max="100" value="50"
        required></label>
      ${hour("from", "supervisor-roster-from", "08:00")} ${hour("to", "supervisor-roster-to", "12:00")}
      <label>${words.text("supervisor-shares-service")}<select name="service">
        <option value="">${words.text("supervisor-shares-all")}</option>
        ${board.services.map((one) => html`<option value=${one.id}
          >${serviceName(board.services, one.id, language)}</option>`)}</select></label>
      <button class="button" data-offer="share-add">${words.text("supervisor-shares-add")}</button></form>`
      : nothing}</section>`;
}
