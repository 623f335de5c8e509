/** The devices of the office: how each is, and the way to their dialogs. */

import { html, nothing, repeat } from "/static/lit.js";
import { span } from "/static/say.js";

const BAD = new Set(["offline", "late"]);
const MOST_DEVICES = 10;
const POOR = new Set(["paper_out", "cover_open", "cutter", "failed", "offline", "untrusted", "blocked"]);
const WORN = new Set(["paper_low", "signs_left_out", "numbers_not_taken"]);

export function devices(here) {
  const { words, board, short, askFor } = here;
  const sorted = [...board.devices].sort((one, other) => troubled(other) - troubled(one));
  return html`<section class="card" aria-labelledby="devices"><div class="head"><h2 id="devices"
    tabindex="-1">${words.text("supervisor-devices")}</h2>
    ${short.more("devices", sorted, MOST_DEVICES)}
    ${board.keeps_devices ? html`<button type="button" class="button" data-ask="pair"
      @click=${() => askFor("pair")}>${words.text("supervisor-device-pair")} …</button>` : nothing}</div>
    <div class="listed" tabindex="0" role="group" aria-labelledby="devices">
    <table class="devices"><thead class="visually-hidden"><tr><th scope="col">${words.text("supervisor-device")}</th>
      <th scope="col">${words.text("supervisor-state")}</th></tr></thead>
    <tbody>${repeat(short.of("devices", sorted, MOST_DEVICES), (one) => `${one.kind}/${one.id}`, (one) =>
      device(here, one))}</tbody></table></div></section>`;
}

/** Whether somebody must look after this device: such devices come first. */
const troubled = (one) => Number(BAD.has(one.state) || POOR.has(one.detail) || POOR.has(one.sound));

function device(here, one) {
  const { words, askFor } = here;
  const said = healthOf(here, one).filter((line) => line.short);
  const poor = POOR.has(one.detail) || POOR.has(one.sound);
  const kind = one.state === "offline" || poor ? "bad" : one.state === "late" || WORN.has(one.detail)
    ? "warn" : one.state === "online" ? "good" : "soft";
  const key = `${one.kind}/${one.id}`;
  return html`<tr><th scope="row"><button type="button" class="button plain" data-ask="device" data-device=${key}
      @click=${() => askFor("device", key)}>${one.name}</button>
    <span class="small soft">${words.text(`supervisor-kind-${one.kind}`)}</span></th>
    <td class="word ${kind}">${said.map((line) => line.text).join(", ")}</td></tr>`;
}

/** How a device is, line by line: {text, kind, short: whether the table says it too}. */
export function healthOf({ words, live }, one) {
  const lines = [{ text: words.text(`supervisor-device-${one.state}`), kind: BAD.has(one.state) ? "bad" : "",
    short: true }];
  const add = (text, short, kind = "") => lines.push({ text, short, kind });
  const bad = BAD.has(one.state);
  if (one.state === "online" && one.delay_ms !== null)
    add(words.text("supervisor-delay", { ms: one.delay_ms }), true);
  if (one.seen_at && (bad || one.state === "online"))
    add(words.text("supervisor-seen", { age: span(words, live.clock.since(one.seen_at)) }), bad);
  for (const said of [one.sound, one.detail]) if (said && words.has(`supervisor-says-${said}`))
    add(words.text(`supervisor-says-${said}`), true, POOR.has(said) ? "bad" : "");
  if (one.version) add(words.text(one.outdated ? "supervisor-device-outdated" : "supervisor-device-version",
    { version: one.version }), one.outdated, one.outdated ? "warn" : "");
  if (one.keeps) add(words.text(`supervisor-device-keeps-${one.keeps}`), false, one.keeps === "ready" ? "" : "warn");
  if (one.kind === "display" || one.kind === "kiosk")
    add(words.text(one.paired ? "supervisor-device-paired" : "supervisor-device-unpaired"), false);
  return lines;
}
