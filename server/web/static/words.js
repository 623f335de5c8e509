/**
 * The words that people see: loads /static/words/<language>.ftl, the file that Python reads too. Where a word is
 * missing, the German one is used.
 *   const words = await loadWords("en");
 *   words.text("wall-count", { count: 3 });
 *   words.problem(refused.problem)   // the text of a refusal
 * Terms and arguments as in Fluent. Figures are western ones in every language. Where reading goes from right to left,
 * isolation marks keep "A017" and "Schalter 3" in the order of the sentence; elsewhere there are none, as in
 * config/words.py.
 */

import { FluentBundle, FluentResource } from "./vendor/fluent-bundle-0.19.1.js";

const loaded = new Map();

/** The name of a text that contains a code: `staff-need-step_free` is written `staff-need-step-free`. */
const word = (id) => id.replaceAll("_", "-");

/** Easy German ("de-simple") is read aloud and hyphenated like German. The same is in `server/web/templates.py`. */
export const tag = (language) => language.replace(/-simple$/, "");

/** What the server writes into the page about the languages that have a file: their own names, and "ltr" or "rtl". */
const { names: said, directions: written, fallback: FALLBACK } = document.body.dataset;
const [names, directions] = [said, written].map((one) => JSON.parse(one ?? "{}"));

/** A page may name a folder whose files have only its words, and lack none (`server/web/page_words.py`). */
const FOLDER = document.body.dataset.words ?? "";

/** Where reading begins: as the language's own file says. Without a file, a text shows it by its first letter. */
export const direction = (language) => directions[language] ?? "auto";
export const hasWords = (language) => language in names;

/** The name of a language in that language: from its file, else from the browser. */
export function languageName(language) {
  if (hasWords(language)) return names[language];
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language);
  } catch {
    return language; // a tag that browsers do not know
  }
}

async function bundle(language) {
  const answer = await fetch(`/static/words/${FOLDER}${encodeURIComponent(language)}.ftl`);
  if (!answer.ok) return undefined;
  const made = new FluentBundle(`${tag(language)}-u-nu-latn`, { useIsolating: direction(language) === "rtl" });
  made.addResource(new FluentResource(await answer.text()));
  return made;
}

function once(language) {
  if (!loaded.has(language)) loaded.set(language, bundle(language).catch((fault) => again(language, fault)));
  return loaded.get(language);
}

/** A server that was away for a moment is asked again for the words. */
function again(language, fault) {
  loaded.delete(language);
  throw fault;
}

/** @returns {Promise<Words>} */
export async function loadWords(language) {
  const chain = FOLDER ? [language] : [...new Set([language, tag(language), FALLBACK])];
  const bundles = await Promise.all(chain.map(once));
  const own = chain.filter((one, at) => bundles[at] && tag(one) === tag(language)).length;
  return new Words(bundles[0] ? language : FALLBACK, bundles.filter(Boolean), own || 1);
}

export class Words {
  #bundles;
  #own; // how many of the bundles are in this language
  #plain = new Map(); // texts without arguments, which a page says again at every drawing

  constructor(language, bundles, own = bundles.length) {
    this.#own = own;
    this.language = language;
    this.lang = tag(language);
    this.dir = direction(language);
    this.#bundles = bundles;
  }

  has(id) {
    return this.#bundles.some((one) => one.getMessage(word(id))?.value);
  }

  /** Whether this language itself has the text. */
  says(id) {
    return this.#bundles.slice(0, this.#own).some((one) => one.getMessage(word(id))?.value);
  }

  /** The text of a message; the id itself (and a line in the console) if no language has it. */
  text(id, args) {
    if (args) return this.#formatted(id, args);
    if (!this.#plain.has(id)) this.#plain.set(id, this.#formatted(id));
    return this.#plain.get(id);
  }

  #formatted(id, args) {
    for (const one of this.#bundles) {
      const pattern = one.getMessage(word(id))?.value;
      if (!pattern) continue;
      const errors = [];
      const said = one.formatPattern(pattern, args, errors);
      if (errors.length) console.error(`${id}: ${errors.join(", ")}`);
      return said;
    }
    console.error(`no words for ${id}`);
    return id;
  }

  /**
   * The text of a refusal: `problem-<code>` if there is one, else the server's text; for a code that has words for
   * staff only, a general text.
   */
  problem(problem) {
    if (problem.code === "unanswered") return this.text("common-unanswered");
    const id = `problem-${problem.code}`;
    if (this.says(id)) return this.text(id, problem);
    return this.has(id) ? this.text("common-failed") : (problem.detail ?? problem.title ?? this.text("common-failed"));
  }

  /** Makes these words the language of the document. */
  adopt(root = document.documentElement) {
    root.lang = this.lang;
    root.dir = this.dir;
  }
}
