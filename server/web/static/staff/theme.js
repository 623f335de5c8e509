/** The colours of this machine's screen: chosen once at a counter; `scheme.js` wears them on every page. */

const KEPT = "aufruf-theme";

export const THEMES = ["paper", "night", "contrast"];

/** Applies and remembers a theme. @param {string} theme one of THEMES */
export function wear(theme) {
  localStorage.setItem(KEPT, theme);
  document.documentElement.dataset.theme = theme;
}
