/** Dialogs for devices: how one is, what it is called, where it is, what it shall do; and pairing a new one. */

import { html, nothing, repeat } from "/static/lit.js";
import { selectField } from "/static/staff/fields.js";
import { question } from "/static/staff/staff.js";
import { languageName } from "/static/words.js";
import { healthOf } from "./devices.js";

const SCREENS = ["display", "kiosk"]; // devices that are a browser: they are paired at /pair, and load a page
const NAMED = [...SCREENS, "announcer"]; // devices that show or say their name
const LONGEST_NAME = 60;

/** Asks the server; a refusal is shown as that of a press. @returns {Promise<boolean>} whether it was done */
async function sent(here, label, method, path, body) {
  const { words, pressing, board } = here;
  let problem = { code: "store_unavailable" };
  try {
    const answer = await fetch(`/api/v1/offices/${encodeURIComponent(board.office)}/${path}`, {
      method, headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body),
    });
    if (answer.ok) problem = undefined;
    else problem = await answer.json();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error; // no connection, or no answer
  }
  const own = problem && `supervisor-device-${problem.code}`; // the table has other words for some of them than a kiosk
  const text = problem && (words.has(own) ? words.text(own) : words.problem(problem));
  pressing.refusal = problem ? { label, text, problem } : null;
  here.changed();
  return !problem;
}

const pathOf = (one) => `devices/${encodeURIComponent(`${one.kind}:${one.id}`)}`;

/** @param {string} key kind and id, "display/hall" */
export function deviceQuestion(here, key) {
  const { words, board, ask } = here;
  const one = board.devices.find((it) => `${it.kind}/${it.id}` === key);
  if (!one) return question({ words, ask, title: key, body: nothing });
  const mine = board.keeps_devices;
  const act = (form) => {
    const [name, to] = [String(form.get("name")).trim(), String(form.get("to"))];
    const change = { ...(name !== one.name ? { name } : {}), ...(to ? { to } : {}) };
    if (Object.keys(change).length) sent(here, words.text("supervisor-device-change"), "PATCH", pathOf(one), change);
  };
  const body = html`
    <ul class="health">${repeat(healthOf(here, one), (line) => html`<li class=${line.kind}>${line.text}</li>`)}</ul>
    ${mine ? html`<p class="offers">${asks(here, one)}</p>` : nothing}
    ${one.kind === "printer" ? ticketPreview(here, one) : nothing}
    ${mine && one.paired ? html`<fieldset>
      <p class="field"><label for="name">${words.text("supervisor-device-name")}</label>
        <input id="name" name="name" maxlength=${LONGEST_NAME} value=${one.name}></p>
      ${selectField("to", words.text("supervisor-device-move"), words.text("supervisor-device-stay"),
        board.devices.filter((it) => it.kind === one.kind && it.id !== one.id).map((it) => [it.id, it.name]))}
    </fieldset>` : nothing}`;
  const title = `${one.name} (${words.text(`supervisor-kind-${one.kind}`)})`;
  const verb = mine && one.paired ? words.text("supervisor-device-change") : undefined;
  return question({ words, ask, title, body, verb, act });
}

/** What its tickets look like, in each language of the office; drawn when somebody opens it. */
function ticketPreview({ words, board }, one) {
  const address = (language) => `/api/v1/offices/${encodeURIComponent(board.office)}/printers/${
    encodeURIComponent(one.id)}/preview?language=${encodeURIComponent(language)}`;
  const choose = ({ target }) => {
    target.closest("details").querySelector("img").src = address(target.value);
  };
  return html`<details class="paper"><summary>${words.text("supervisor-printer-preview")}</summary>
    <p class="field"><label for="preview">${words.text("common-language")}</label>
      <select id="preview" @change=${choose}>${board.languages.map((language) => html`
        <option value=${language}>${languageName(language)}</option>`)}</select></p>
    <img loading="lazy" src=${address(board.languages[0])} alt=${words.text("supervisor-printer-sample")}>
  </details>`;
}

/** The buttons that ask the device for something at once. */
function asks(here, one) {
  const { words, ask } = here;
  const button = (name, method, path, kind = "") => {
    const label = words.text(`supervisor-device-${name}`);
    const act = () => {
      ask.close();
      sent(here, `${one.name}: ${label}`, method, path);
    };
    return html`<button type="button" class="button ${kind}" data-offer=${name} @click=${act}>${label}</button>`;
  };
  return html`
    ${NAMED.includes(one.kind) ? button("identify", "POST", `${pathOf(one)}/identify`) : nothing}
    ${SCREENS.includes(one.kind) ? button("reload", "POST", `${pathOf(one)}/reload`) : nothing}
    ${one.paired ? button("away", "DELETE", pathOf(one), "danger") : nothing}`;
}

/** A new device shows a code, a box with a printer or a loudspeaker too: which one is it? */
export function pairQuestion(here) {
  const { words, board, ask } = here;
  const act = (form) => {
    const [kind, id] = String(form.get("device")).split("/");
    const code = encodeURIComponent(String(form.get("code")).trim());
    sent(here, words.text("supervisor-device-pair"), "POST", `pairings/${code}`,
      { kind, id, name: String(form.get("name")).trim() });
  };
  const body = html`
    <p>${words.text("supervisor-device-pair-how", { address: `${location.host}/pair` })}</p>
    <p class="field"><label for="code">${words.text("supervisor-device-code")}</label>
      <input id="code" name="code" required autocomplete="off" autocapitalize="characters" spellcheck="false"
        maxlength="9"></p>
    <p class="field"><label for="device">${words.text("supervisor-device-which")}</label>
      <select id="device" name="device" required>${board.devices.map((one) => html`
        <option value=${`${one.kind}/${one.id}`}>${words.text(`supervisor-kind-${one.kind}`)}: ${one.name}</option>`)}
      </select></p>
    <p class="field"><label for="name">${words.text("supervisor-device-name")}</label>
      <input id="name" name="name" maxlength=${LONGEST_NAME}></p>`;
  const verb = words.text("supervisor-device-pair");
  return question({ words, ask, title: verb, body, verb, act });
}
