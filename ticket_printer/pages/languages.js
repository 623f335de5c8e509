/** The kiosk's languages: big, each in its own word, only those that have words. Chosen for one visit. */

import { html, nothing } from "/static/lit.js";
import { direction, loadWords, tag } from "/static/words.js";

const EASY = "de-simple";

/** Those of the office's languages for which there is a file. */
export async function spoken(wanted) {
  const found = await Promise.all(wanted.map(loadWords));
  return wanted.filter((language, index) => found[index].language === language);
}

function nameOf(language) {
  if (language === EASY) return "Leichte Sprache";
  const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

export function languageBar({ words, choose }, languages) {
  if (languages.length < 2) return nothing;
  return html`<nav class="languages" aria-label=${words.text("common-language")}>${languages.map((language) => html`
    <button type="button" class="button" lang=${tag(language)} dir=${direction(language)} aria-pressed=${words.language === language}
      @click=${() => choose(language)}>${nameOf(language)}</button>`)}</nav>`;
}
