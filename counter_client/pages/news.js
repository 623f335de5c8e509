/** What a screen reader says when the counter's board has changed: my ticket, my counter, what others did to it. */

import { author, serviceNames } from "/static/staff/wording.js";
import { mode } from "./acts.js";

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
  const names = ({ assignment }) => assignment && serviceNames(board.services, assignment.services, language);
  const now = names(board);
  return now && now !== names(before) ? words.text("counter-assigned",
    { who: author({ words, board, language }, board.assignment.by), services: now }) : "";
}
