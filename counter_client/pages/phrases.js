/**
 * Short sentences on the display over the counter, in the language of whoever is served: the clerk chooses one by its
 * text in their own language, and reads whether readers of the other language have checked it.
 */

import { html, nothing } from "/static/lit.js";
import { may } from "/static/staff/may.js";
import { question } from "/static/staff/staff.js";
import { PHRASES } from "/static/terms.js";
import { hasWords, languageName, loadWords } from "/static/words.js";

const loaded = new Map(); // by language, its words once they have come

/** The words of a language; the page is drawn again when they are there. */
function wordsOf({ changed }, language) {
  if (!loaded.has(language)) {
    loaded.set(language, undefined);
    loadWords(language).then((found) => {
      loaded.set(language, found);
      changed();
    }, () => loaded.delete(language)); // the next drawing asks again
  }
  return loaded.get(language);
}

export function phraseQuestion(here) {
  const { words, board, ask, send } = here;
  const { number, language, phrase: now } = board.current;
  const spoken = language && hasWords(language) ? language : board.languages[0];
  const theirs = wordsOf(here, spoken);
  const show = (phrase) => {
    ask.close();
    send("phrase", words.text("counter-act-phrase"),
      { type: "show_phrase", counter: board.counter.id, ...(phrase ? { phrase } : {}) });
  };
  const button = (id) => html`<button type="button" class="button" data-phrase=${id} aria-pressed=${id === now}
    @click=${() => show(id)}><span class="label">${words.text(`wall-phrase-${id}`)}
    ${theirs && spoken !== words.language ? html`<small lang=${theirs.lang} dir=${theirs.dir}>${
    theirs.text(`wall-phrase-${id}`)}</small>` : nothing}</span></button>`;
  const checked = theirs ? words.text(`counter-phrase-${theirs.text("wall-phrase-checked")}`) : "";
  const body = html`<p>${languageName(spoken)} <span class="soft">${checked}</span></p>
    ${may(board, "show_phrase") ? html`<p class="offers phrases">${PHRASES.map(button)}
      ${now ? html`<button type="button" class="button" data-phrase="none" @click=${() => show()}>
        ${words.text("counter-phrase-none")}</button>` : nothing}</p>` : nothing}`;
  return question({ words, ask, title: words.text("counter-phrase-title", { number }), body });
}
