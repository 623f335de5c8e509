/** Standing rules of the office file: what each says, whether it acts now, and a button that switches it on or off. */

import { html, nothing, repeat } from "/static/lit.js";
import { may } from "/static/staff/may.js";
import { pressButton } from "/static/staff/staff.js";
import { serviceName, serviceNames } from "/static/staff/wording.js";

function ruleText({ words, board, language }, rule) {
  const labels = rule.counters.map((id) => board.counters.find((face) => face.id === id)?.label ?? id);
  return words.text("supervisor-rule-says", { service: serviceName(board.services, rule.service, language),
    over: rule.over_minutes, under: rule.under_minutes, counters: labels.join(", "),
    take: serviceNames(board.services, rule.take, language) });
}

function line(here, rule) {
  const { words, board, pressing, send } = here;
  const text = ruleText(here, rule);
  const label = words.text(`supervisor-rule-turn-${rule.on ? "off" : "on"}`);
  const act = () => send(`rule-${rule.id}`, label, { type: "set_rule", rule: rule.id, on: !rule.on });
  const button = may(board, "set_rule")
    ? pressButton({ pressing, id: `rule-${rule.id}`, label, name: `${label}: ${text}`, act }) : nothing;
  const stands = words.text(`supervisor-rule-${rule.acting ? "acting" : rule.on ? "on" : "off"}`);
  return html`<li><span>${text} <span class="small soft">${stands}</span></span> ${button}</li>`;
}

export function rules(here) {
  const { words, board } = here;
  if (!board.rules.length) return nothing;
  return html`<section class="card" aria-labelledby="rules"><h2 id="rules"
    tabindex="-1">${words.text("supervisor-rules")}</h2>
    <ul class="lines">${repeat(board.rules, (one) => one.id, (one) => line(here, one))}</ul></section>`;
}
