/**
 * The arrow beside a counter, if the office file gives one. Never mirrored: left is left in every language. "up" and
 * "down" mean stairs, "straight" means straight ahead. Used by wall and phone.
 */

import { html, nothing } from "/static/lit.js";

const PATHS = {
  left: "M21 12H4M11 5l-7 7 7 7",
  right: "M3 12h17M13 5l7 7-7 7",
  straight: "M12 21V4M5 11l7-7 7 7",
  up: "M3 21h6v-5h6v-5h6M4 12l8-8M6.500 4H12v5.500",
  down: "M3 11h6v5h6v5h6M12 4l8 8M20 6.500V12h-5.500",
};

/** @param {object} words for the arrow's meaning, read by screen readers @param {boolean} named if no way is written */
export function arrow(direction, words, named = false) {
  if (!PATHS[direction]) return nothing;
  const label = words.text(`place-${direction}`);
  return html`<svg class="arrow" data-arrow=${direction} viewBox="0 0 24 24" role=${named ? "img" : nothing}
    aria-label=${named ? label : nothing} aria-hidden=${named ? nothing : "true"}><path
      d=${PATHS[direction]}></path></svg>`;
}
