/** Standing rules: what each says, whether it acts now, and a button that switches it off, or opens the dialog in which
 * it is tried and switched on (`ask_rule.js`). */

import { html, nothing, repeat } from "/static/lit.js";
import { may } from "/static/staff/may.js";
import { pressButton } from "/static/staff/staff.js";
import { serviceName, serviceNames } from "/static/staff/wording.js";
import { RuleQuestion } from "./ask_rule.js";

function ruleText({ words, board, language }, rule) {
  const labels = rule.counters.map((id) => board.counters.find((face) => face.id === id)?.label ?? id);
  return words.text("supervisor-rule-says", { service: serviceName(board.services, rule.service, language),
    over: rule.over_minutes, under: rule.under_minutes, counters: labels.join(", "),
    take: serviceNames(board.services, rule.take, language) });
}

function line(here, rule) {
  const { words, board, pressing, send } = here;
  const text = ruleText(here, rule);
  const label = rule.on ? words.text("supervisor-rule-turn-off") : `${words.text("supervisor-rule-turn-on")} …`;
  const act = () => (rule.on ? send(`rule-${rule.id}`, label, { type: "set_rule", rule: rule.id, on: false })
    : asks(here, rule));
  const button = may(board, "set_rule")
    ? pressButton({ pressing, id: `rule-${rule.id}`, label, name: `${label}: ${text}`, act }) : nothing;
  const stand = rule.on ? (rule.quiet ? "quiet" : "on") : "off";
  const stands = words.text(`supervisor-rule-${rule.acting ? "acting" : stand}`);
  const change = words.text("supervisor-change");
  return html`<li><span>${text} <span class="small soft">${stands}</span></span>
    <span class="head-acts">${may(board, "set_rule") ? html`<button type="button" class="button" data-rule=${rule.id}
      aria-label=${`${change}: ${text}`} @click=${() => asks(here, rule)}>${change} …</button>` : nothing}
      ${button}</span></li>`;
}

function asks(here, rule) {
  const asked = new RuleQuestion(here, rule);
  here.ask.open(() => asked.draw());
}

export function rules(here) {
  const { words, board } = here;
  const writes = may(board, "set_rule");
  if (!board.rules.length && !writes) return nothing;
  return html`<section class="card" aria-labelledby="rules"><div class="head"><h2 id="rules"
    tabindex="-1">${words.text("supervisor-rules")}</h2>
    ${writes ? html`<button type="button" class="button" data-ask="rule"
      @click=${() => asks(here)}>${words.text("supervisor-rule-new")} …</button>` : nothing}</div>
    ${board.rules.length
      ? html`<ul class="lines">${repeat(board.rules, (one) => one.id, (one) => line(here, one))}</ul>`
      : nothing}</section>`;
}
