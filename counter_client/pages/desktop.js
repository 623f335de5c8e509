/**
 * Notifications of the desktop, for clerks who work in another program: somebody waits for an idle counter, a message
 * has come, a kiosk asks for help, an alarm. Only if this machine's user asked for them, and only while the page is not
 * the one that is looked at. They name numbers and places, as the page does.
 */

import { named } from "/static/say.js";
import { mode } from "./acts.js";

const KEPT = "aufruf-desktop";

/** Whether this browser can show any: it needs https, or the server's own machine. */
export const possible = () => "Notification" in globalThis && globalThis.isSecureContext;

export const wanted = () => possible() && localStorage.getItem(KEPT) === "on"
  && Notification.permission === "granted";

/** Asks the browser for leave, if it must; remembers what the clerk wants. */
export async function want(on) {
  if (on && Notification.permission !== "granted") await Notification.requestPermission();
  localStorage.setItem(KEPT, on ? "on" : "off");
}

/** Tells what is new on the board. @param {object|undefined} before the previous board */
export function notify({ words, board, language }, before) {
  if (!before || !wanted() || (document.visibilityState === "visible" && document.hasFocus())) return;
  for (const [tag, text] of found(words, before, board, language)) {
    const note = new Notification(`${board.counter.label}: ${text}`, { tag: `${board.counter.id}/${tag}` });
    note.onclick = () => globalThis.focus();
  }
}

function found(words, before, board, language) {
  const fresh = (name, key = "id") => board[name].filter((one) => !before[name].some((old) => old[key] === one[key]));
  const told = fresh("messages").map((note) =>
    [`message/${note.id}`, `${words.text("counter-message")} ${named(note.text, language)}`]);
  told.push(...fresh("help").filter((call) => !call.accepted_by).map((call) =>
    [`help/${call.id}`, words.text("staff-help", { device: call.name || call.device })]));
  told.push(...fresh("alarms", "place").map((one) =>
    [`alarm/${one.place}`, words.text("staff-alarm-at", { place: one.label || words.text("staff-desk") })]));
  if (mode(board) === "free" && board.next && !(mode(before) === "free" && before.next))
    told.push(["next", words.text("counter-desktop-next", { number: board.next.number })]);
  return told;
}
