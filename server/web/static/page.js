/**
 * What every page does first: reads its boot data from <body data-...>, loads its words, makes them the page's language.
 *   const page = await openPage();   // {office, id, language, languages, zone, words, data}
 * data-office, data-id, data-language, data-languages ("de,en"), data-time-zone; `data` is the whole dataset.
 */

import { loadWords } from "./words.js";

const OLD_ZONE = "Europe/Berlin"; // until the board or the page names another

export async function openPage() {
  const data = document.body.dataset;
  const words = await loadWords(data.language || "de");
  words.adopt();
  return {
    office: data.office,
    id: data.id,
    language: words.language,
    languages: (data.languages || words.language).split(",").filter(Boolean),
    zone: data.timeZone || OLD_ZONE,
    words,
    data,
  };
}

/** Runs `work` every `ms` while the page lives; returns a function that ends it. */
export function every(ms, work) {
  const timer = setInterval(work, ms);
  return () => clearInterval(timer);
}
