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

const NUMBER_OF_PLACE = / (?=(?:\S*\p{N}\S*|\p{L})(?:\s|$))/gu;
const KEPT = "\u00a0"; // a space at which no line is broken
const LONGEST_KEPT = 14;
const NARROW = /[fijlrtI.,:'()\s]/g; // half as wide as other signs
const BROAD = /[mwMW]/g; // half as wide again

/** A label whose number stays beside its word: between them in "Schalter 3" no line is broken. */
export const together = (label) => label.replace(NUMBER_OF_PLACE, KEPT);

/** The class by which a page makes letters as small as such a label needs to stay on one line: phone.css has them. */
export function fits(label) {
  const signs = Math.ceil(Math.max(0, ...together(label).split(" ").filter((piece) => piece.includes(KEPT)).map(wide)));
  return signs && signs <= LONGEST_KEPT ? `fits-${signs}` : "";
}

const count = (signs, piece) => piece.match(signs)?.length ?? 0;
const wide = (piece) => [...piece].length - count(NARROW, piece) / 2 + count(BROAD, piece) / 2;

/** A name that the office wrote once, for all languages: a label, a title. */
export const own = (text, words) => phrase(inFirst(text, words), words);
