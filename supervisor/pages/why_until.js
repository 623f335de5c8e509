/**
 * Why a move is made, and when it ends by itself: two fields of a dialog, and the command with what was chosen in them.
 * A command without such fields is sent as a set of one move, because a set can end and is then taken back. While moves
 * are gathered, the whole set has one reason and one end.
 */

import { html, nothing } from "/static/lit.js";
import { span, timeOfDay } from "/static/say.js";
import { instantOf, minutesField, selectField } from "/static/staff/fields.js";
import { may } from "/static/staff/may.js";
import { reasonText } from "/static/staff/wording.js";
import { MINUTE } from "/static/terms.js";

const SPANS = [15, 30, 60, 120, 240];
const LENGTHS = [30, 60, 120, 240];
export const ADVISED = "advised";
const REASONS = ["system_down", "staff_short", "meeting", "evacuation", "full"]; // if the office file has no reasons
const OWN = { close_service: ["reason", "until"], assign_counter: ["reason", "until"], boost_service: ["until"],
  set_policy: ["until"], call_helper: ["reason", "until"] };

/** The office's reasons, or ours if it has none. */
const reasonCodes = (board) => (board.reasons.length ? board.reasons.map((one) => one.id) : REASONS);

export const untilField = (words, none) => minutesField(words, "until", words.text("supervisor-until-label"), none,
  SPANS, (length) => words.text("supervisor-in", { span: length }));

/** {until} from a form, or {}. */
export const untilOf = (form, clock) => instantOf(form, "until", "until", clock);

/** @param {string} name of the field of the reason: another one where the dialog asks for the reason of a break too
 * @param {string} [none] what no end means */
export function whyUntil({ words, board, language, whatIf }, name = "reason", none = "supervisor-until-further") {
  if (whatIf.on || !may(board, "apply_moves")) return nothing;
  return html`${whyField({ words, board, language }, name)} ${untilField(words, words.text(none))}`;
}

/** The first of the two alone. */
export const whyField = ({ words, board, language }, name = "reason") =>
  selectField(name, words.text(name === "why" ? "supervisor-why" : "supervisor-reason"),
    words.text("supervisor-reason-none"),
    reasonCodes(board).map((code) => [code, reasonText(words, board, code, language)]));

/** The same two outside of a dialog, in one line. @param {string[]} names of the fields of reason and length
 * @param {(name: string, value: string) => void} [chosen] called with what somebody chose
 * @param {string} [until] the end of an advice, offered first (`ADVISED`) */
export function whyFor({ words, board, language, zone }, names, { chosen, minutes = "", until, disabled } = {}) {
  const [why, length] = names;
  const change = ({ target }) => chosen?.(target.name, target.value);
  return html`<label class="for">${words.text("supervisor-why")}
      <select class="entry" name=${why} ?disabled=${disabled} @change=${change}>
        <option value="">${words.text("supervisor-reason-none")}</option>
        ${reasonCodes(board).map((code) =>
          html`<option value=${code}>${reasonText(words, board, code, language)}</option>`)}</select></label>
    <label class="for">${words.text("supervisor-for")}
      <select class="entry" name=${length} ?disabled=${disabled} @change=${change}>${until
        ? html`<option value=${ADVISED} ?selected=${minutes === ADVISED}>${words.text("supervisor-until",
          { time: timeOfDay(words, until, zone) })}</option>` : nothing}${["", ...LENGTHS].map((one) =>
        html`<option value=${one} ?selected=${String(one) === minutes}>${one
          ? span(words, one * MINUTE) : words.text("supervisor-for-good")}</option>`)}</select></label>`;
}

/** The command with the reason and the end of this form. */
export function withWhy({ live, whatIf }, form, command, name = "reason") {
  if (whatIf.on) return command;
  const why = form.get(name) ? { reason: String(form.get(name)) } : {};
  const chosen = { ...untilOf(form, live.clock), ...why };
  const own = OWN[command.type] ?? [];
  if (Object.keys(chosen).every((field) => own.includes(field))) return { ...command, ...chosen };
  const { until, ...bare } = command; // the set ends then, and the move with it
  return { type: "apply_moves", moves: [bare], ...(until ? { until } : {}), ...chosen };
}

/** The form of a button in a dialog, for a press that does not submit it. */
export const formOf = (event) => new FormData(event.target.closest("form"));
