/** What a screen reader says when the counter's board has changed: my ticket, my counter, what others did to it. */

import { mode } from "./acts.js";
import { assignedText } from "./notices.js";

/** One sentence, or an empty text. @param {object|undefined} before the previous board */
export function news(words, before, board, language) {
  if (!before) return "";
  return [held(words, before, board), counter(words, before, board), given(words, before, board, language)]
    .filter(Boolean).join(" ");
}

function held(words, before, { current }) {
  const old = before.current;
  if (!current) return old ? words.text("counter-said-gone", { number: old.number }) : "";
  const { number } = current;
  if (old?.ticket !== current.ticket || old.state !== current.state)
    return words.text(`counter-said-${current.state}`, { number });
  return old.attempt !== current.attempt ? words.text("counter-said-repeated", { number }) : "";
}

function counter(words, before, board) {
  if (mode(before) === mode(board) || board.current || before.current) return "";
  return words.text(`counter-said-mode-${mode(board)}`);
}

function given(words, before, board, language) {
  const said = (one) => one.assignment
    && assignedText({ words, board: one, language, zone: one.time_zone }, one.assignment);
  const now = said(board);
  return now && now !== said(before) ? now : "";
}
