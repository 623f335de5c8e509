/**
 * The page as a strip beside another program: what has no room there, the acts of the case and those of the page's
 * head, is in a dialog behind one button.
 */

import { html, nothing } from "/static/lit.js";
import { alarmButton } from "/static/staff/alarms.js";
import { may } from "/static/staff/may.js";
import { question } from "/static/staff/staff.js";

/** Opens a strip: the same page in a small window, which follows this one. */
export const openStrip = () => open(location.href, "aufruf-strip", "popup,width=400,height=120");

export function moreButton({ words, askFor }) {
  const name = words.text("counter-more");
  return html`<button type="button" class="button" data-act="more" title=${name} aria-label=${name}
    @click=${() => askFor("more")}>…</button>`;
}

/** Without keys: while a dialog is open, none of them presses an act.
 * @param {object} here with `acts`, `alarm`, and `others`: what else can be asked now, [name, its key and words] */
export function moreQuestion({ words, ask, board, acts, alarm, askFor, others, showHelp }) {
  const open = (name) => {
    ask.close();
    askFor(name);
  };
  const more = ([name, , label]) => html`<button type="button" class="button plain" data-act=${name}
    @click=${() => open(name)}>${words.text(label)}</button>`;
  const body = html`<p class="also">
    ${acts.all.filter((act) => act.side).map((act) => acts.elsewhere(act))} ${others().map(more)}
    ${may(board, "raise_alarm") ? alarmButton(words, alarm) : nothing}
    <button type="button" class="button plain" data-act="help" @click=${showHelp}>
      ${words.text("counter-help")}</button></p>`;
  return question({ words, ask, title: words.text("counter-more"), body });
}
