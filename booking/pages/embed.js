/** Draws what another site shows in a frame again each minute: nothing jumps, no focus is lost. */

import { MINUTE } from "/static/terms.js";

async function again() {
  if (document.hidden || document.activeElement?.closest("main")) return;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    if (fresh) document.querySelector("main").replaceWith(fresh);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // no connection: what is shown stays
  }
}

setInterval(again, MINUTE);
