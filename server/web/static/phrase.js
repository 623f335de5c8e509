/**
 * Texts of the office file as markup. A text that is not in the page's language says so with its own `lang` and `dir`,
 * so that a screen reader speaks it, and a browser orders it, in its own language. Used by the pages of citizens.
 */

import { html, nothing, vars } from "./lit.js";
import { inFirst, named, saidIn } from "./say.js";
import { direction, tag } from "./words.js";

/** `lang` and `dir` for the element of such a text; `nothing` for both where the page speaks the same language. */
export function marks(texts, words) {
  const language = saidIn(texts, words.language);
  if (!language || tag(language) === words.lang) return { lang: nothing, dir: nothing };
  return { lang: tag(language), dir: direction(language) };
}

/** The text in the page's language, else a marked one in the language that `named` chooses. */
export function phrase(texts, words) {
  const { lang, dir } = marks(texts, words);
  return lang === nothing ? named(texts, words.language)
    : html`<span lang=${lang} dir=${dir}>${named(texts, words.language)}</span>`;
}

/** The picture of a service, for whoever reads none of its names; in the colour of the text. */
export const pictogram = (service) => (service.pictogram
  ? html`<i class="pictogram" ${vars({ "--picture": `url(/static/pictograms/${service.pictogram}.svg)` })}></i>`
  : nothing);

/** A line that says so if readers of this language have not checked its words yet. */
export const draft = (words) =>
  words.says("common-language-draft")
    ? html`<p class="soft draft">${words.text("common-language-draft")}</p>` : nothing;

/** A name that the office wrote once, for all languages: a label, a title. */
export const own = (text, words) => phrase(inFirst(text, words), words);
