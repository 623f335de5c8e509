/**
 * The start of every page: reads its data from <body data-...>, loads its words and sets the page's language.
 *   const page = await openPage();   // {office, id, language, languages, words, data}
 * data-office, data-id, data-language, data-languages ("de,en"); `data` is the whole dataset.
 */

import { loadWords } from "./words.js";

export async function openPage() {
  const data = document.body.dataset;
  const words = await loadWords(data.language);
  words.adopt();
  return {
    office: data.office,
    id: data.id,
    language: words.language,
    languages: (data.languages || words.language).split(",").filter(Boolean),
    words,
    data,
  };
}

/** Runs `work` every `ms` while the page lives; returns a function that ends it. */
export function every(ms, work) {
  const timer = setInterval(work, ms);
  return () => clearInterval(timer);
}
