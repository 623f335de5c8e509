/**
 * Keys for the phone desk: what has a `data-key` is pressed by that key, and `data-focus` gets the caret. The page
 * works without. After a search the heading of the results is focused, so that a digit books and is not typed.
 */

import { Keys } from "/static/staff/keys.js";
import { MINUTE } from "/static/terms.js";

const keys = new Keys(() => new Map([
  ...[...document.querySelectorAll("[data-key]")].map((one) => [one.dataset.key, () => one.click()]),
  ...[...document.querySelectorAll("[data-focus]")].map((one) => [one.dataset.focus, () => one.focus()]),
]), () => false);

const on = document.getElementById("keys-on");
on.disabled = false;
on.checked = keys.on;
on.addEventListener("change", () => {
  keys.on = on.checked;
  show();
});

function show() {
  for (const one of document.querySelectorAll("kbd[data-shown]")) {
    one.textContent = keys.shown(one.dataset.shown);
    one.hidden = !keys.on;
  }
}

show();
document.querySelector("[data-here]")?.focus();

// A time that became free is kept for half an hour: whoever leaves the first page open sees it without a press. Nothing
// moves while somebody types or has gone on to a button.
const line = document.getElementById("q");
if (document.querySelector("[data-overview]")) {
  setInterval(() => {
    const idle = document.activeElement === document.body || document.activeElement === line;
    if (!line.value && idle) location.replace(location.pathname);
  }, MINUTE);
}
