/** The kiosk's languages in big letters, each with its own name; only languages that have words. Chosen for one
 * visit. */

import { html, nothing } from "/static/lit.js";
import { direction, hasWords, languageName, tag } from "/static/words.js";

export function languageBar({ words, board, choose }) {
  const languages = board.languages.filter(hasWords);
  if (languages.length < 2) return nothing;
  return html`<nav class="languages" aria-label=${words.text("common-language")}>${languages.map((language) => html`
    <button type="button" class="button" lang=${tag(language)} dir=${direction(language)}
      aria-pressed=${words.language === language}
      @click=${() => choose(language)}>${languageName(language)}</button>`)}</nav>`;
}
