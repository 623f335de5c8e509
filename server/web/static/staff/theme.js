/**
 * The colours of this machine's screen: chosen once at a counter, used by every page of staff.
 */

const KEPT = "aufruf-theme";

export const THEMES = ["paper", "night", "contrast"];

/** Applies the theme chosen on this machine. */
export function keepTheme() {
  const wanted = localStorage.getItem(KEPT);
  if (THEMES.includes(wanted)) document.documentElement.dataset.theme = wanted;
}

/** Applies and remembers a theme. @param {string} theme one of THEMES */
export function wear(theme) {
  localStorage.setItem(KEPT, theme);
  document.documentElement.dataset.theme = theme;
}
