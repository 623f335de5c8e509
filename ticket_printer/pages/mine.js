/**
 * The phone of those without one: whoever scans the QR code of their ticket, or enters its number and the four signs
 * beside it, reads how long it still takes, and may come back, take more time, give the number back, or have it
 * printed again.
 */

import { html, nothing } from "/static/lit.js";
import { phrase } from "/static/phrase.js";
import { newKey } from "/static/presses.js";
import { noWaitText, nobodyServes, timeOfDay, wait } from "/static/say.js";
import { codePad } from "./code.js";
import { problemNotice } from "./services.js";

const SIGNS = 4; // of the code beside the number

/** Asks the server; the answer's JSON, or the problem that it answers with. */
async function ask(path, body) {
  const headers = { "content-type": "application/json", "idempotency-key": newKey("kiosk") };
  try {
    const answer = await fetch(path, body ? { method: "POST", headers, body: JSON.stringify(body) } : {});
    const said = await answer.json();
    return answer.ok ? { said } : { problem: said };
  } catch {
    return { problem: { code: "unanswered" } };
  }
}

const path = (secret) => `/api/v1/tickets/${encodeURIComponent(secret)}`;

/** Shows the ticket of a secret; what is refused is said on the screen where it was asked. */
export async function showMine(here, secret) {
  const { said, problem } = await ask(path(secret));
  if (problem) return here.refuse(problem);
  here.mine = { secret, board: said.board ?? said, sure: false, printed: false };
  here.code = "";
  return here.go("mine");
}

async function claim(here) {
  const signs = here.code.replace(/[^A-Z0-9]/g, "");
  const { said, problem } = await ask(`/api/v1/offices/${encodeURIComponent(here.page.office)}/claims`,
    { number: signs.slice(0, -SIGNS) || "-", code: signs.slice(-SIGNS) });
  return problem ? here.refuse(problem.code === "unknown_code" ? { code: "unknown_claim" } : problem)
    : showMine(here, said.secret);
}

async function act(here, type) {
  const { mine } = here;
  const { problem } = await ask(`${path(mine.secret)}/commands`, { type });
  if (problem) return here.refuse(problem);
  return showMine(here, mine.secret);
}

async function print(here) {
  const [, ticket] = here.mine.secret.match(/\.([^.]+)\.[^.]+$/) ?? [];
  const { problem } = await here.touch.call({ type: "print_ticket", ticket });
  if (problem) return here.refuse(problem);
  here.mine.printed = true;
  return here.changed();
}

export function mineScreen(here) {
  return here.mine ? ticketScreen(here) : entryScreen(here);
}

function entryScreen(here) {
  const { words, code } = here;
  const spelled = code.length > SIGNS ? `${code.slice(0, -SIGNS)} · ${code.slice(-SIGNS)}` : code;
  return codePad(here, { title: words.text("kiosk-mine-title"), where: words.text("kiosk-mine-where"),
    label: words.text("kiosk-mine-code"), verb: words.text("kiosk-mine-show"), act: "show-mine", spelled,
    enter: () => claim(here) });
}

function ticketScreen(here) {
  const { words, mine, board: kiosk, live } = here;
  const { board } = mine;
  const button = (id, label, press, kind = "") => html`<button type="button" class="button ${kind}" data-act=${id}
    ?disabled=${live.state !== "live"} @click=${press}>${label}</button>`;
  const may = (type) => board.may.includes(type);
  const back = board.state === "away" ? "phone-return-away" : "phone-return-missed";
  return html`
    <section class="now ticket" aria-labelledby="mine-number">
      <p>${words.text("phone-your-number")}</p>
      <h1 id="mine-number" class="number" tabindex="-1">${board.number}</h1>
      <p>${board.services.map((one, at) => html`${at ? " · " : nothing}${phrase(one.names, words)}`)}</p>
    </section>
    <div class="ahead mine" role="status">${stands(here, board)}</div>
    ${problemNotice(here)}
    ${mine.printed ? html`<p class="take" role="status">${words.text("kiosk-take-paper")}</p>` : nothing}
    <div class="choices">${mine.sure ? html`<p>${words.text("phone-cancel-really")}
      ${words.text("phone-cancel-means")}</p>
      ${button("cancel-yes", words.text("phone-cancel-yes"), () => act(here, "cancel_ticket"))}
      ${button("cancel-no", words.text("phone-cancel-no"), () => { mine.sure = false; here.changed(); }, "primary")}`
    : html`${may("return_ticket") ? button("i-am-back", words.text(back), () => act(here, "return_ticket"), "primary")
      : nothing}
      ${may("pause_ticket") ? button("more-time", words.text("phone-pause", { minutes: board.away_minutes }),
        () => act(here, "pause_ticket")) : nothing}
      ${kiosk.printer && may("cancel_ticket") ? button("print", words.text("kiosk-print-again"), () => print(here))
        : nothing}
      ${may("cancel_ticket") ? button("give-up", words.text("phone-cancel"),
        () => { mine.sure = true; here.changed(); }) : nothing}
      ${button("mine-done", words.text("kiosk-done"), () => { here.mine = undefined; here.go("home"); })}`}</div>`;
}

/** Where the ticket stands, and how long it still takes. */
function stands({ words, zone }, board) {
  const at = (instant) => timeOfDay(words, instant, zone);
  const range = wait(words, board.expected);
  const lines = [words.text(`phone-state-${board.state}`)];
  if (board.counter) lines.push(html`${words.text("phone-come")} <b>${board.counter.label}</b>`);
  if (board.state === "away" && board.away_until)
    lines.push(words.text("phone-away-until", { time: at(board.away_until) }));
  if (board.state === "waiting" && typeof board.ahead === "number" && !(board.ahead === 0
    && nobodyServes(board.expected_reason))) lines.push(words.text("kiosk-ahead", { count: board.ahead }));
  if (range) lines.push(html`${words.text("kiosk-expected")} <b>${range}</b>`);
  else if (board.state === "waiting") lines.push(noWaitText(words, board.expected_reason));
  if (board.leave_until) lines.push(words.text("phone-leave", { time: at(board.leave_until) }));
  return lines.filter(Boolean).map((line) => html`<p>${line}</p>`);
}
