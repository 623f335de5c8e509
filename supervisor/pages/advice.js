/** The bar with the one move that is worth making now, or why there is none. Its button begins to ask "what if". */

import { html, nothing } from "/static/lit.js";
import { timeOfDay } from "/static/say.js";
import { may } from "/static/staff/may.js";
import { pressButton } from "/static/staff/staff.js";
import { lastEffect } from "./book.js";
import { chanceText, changeText, moveText, turned } from "./effect.js";

export function advice(here) {
  const { words, board, whatIf } = here;
  if (whatIf.on || !may(board, "apply_moves")) return nothing;
  const { advice: found } = board;
  const ask = () => whatIf.begin(found?.moves, found?.seq, found?.until);
  const said = found ? advised(here, found) : html`<p class="soft">${unadvised(here)} ${lastEffect(here)}</p>`;
  return html`<section class="advice ${found ? "found" : ""}" aria-label=${words.text("supervisor-advice")}>
    <div role="status">${said}</div>
    <span class="head-acts">${found ? nothing : lookButton(here)}<button type="button" class="button" data-what-if
      @click=${ask}>${words.text("supervisor-what-if")}</button>
      ${found ? applyButton(here, found) : nothing}</span></section>`;
}

/** Nothing helps, counters were moved too lately to be moved again, nobody waits long, or nobody looked lately. */
function unadvised({ words, board, adviceLook, zone }) {
  if (adviceLook.going) return words.text("supervisor-what-if-asking");
  const { advice_none: none, advice_short: short, advice_rests: rests } = board;
  const said = [none && words.text("supervisor-advice-none"), short && words.text("supervisor-advice-short"),
    rests && words.text("supervisor-advice-rests", { time: timeOfDay(words, rests, zone) })].filter(Boolean).join(" ");
  return adviceLook.trouble || said || words.text("supervisor-advice-unknown");
}

function lookButton({ words, adviceLook }) {
  return html`<button type="button" class="button" data-look aria-busy=${adviceLook.going}
    @click=${() => adviceLook.now()}>${words.text("supervisor-advice-look")}</button> `;
}

function advised(here, found) {
  const { words, zone } = here;
  const what = found.moves.map((move) => moveText(here, move)).join(", ");
  const gain = changeText(words, words.text("supervisor-effect-longest"), turned(found.gain));
  const away = Math.round(found.turned ?? 0);
  return html`<p><b>${what}.</b> ${gain}</p>
    <p class="small soft">${[chanceText(words, found.chance),
      words.text("supervisor-advice-horizon", { minutes: Math.round(found.minutes) }),
      away > 0 && words.text("supervisor-effect-away", { count: away }),
      found.until && words.text("supervisor-advice-until", { time: timeOfDay(words, found.until, zone) }),
      lastEffect(here)]
    .filter(Boolean).join(" ")}</p>`;
}

function applyButton({ words, pressing, send, live }, found) {
  const { low, median, high } = found.gain;
  const label = words.text("supervisor-apply");
  const act = () => send("advice", label, {
    type: "apply_moves", moves: found.moves, until: found.until, seen_seq: found.seq ?? live.seq,
    told: { low, median, high, chance: found.chance, advice: found.id },
  });
  return pressButton({ pressing, id: "advice", label, kind: "primary", act });
}
