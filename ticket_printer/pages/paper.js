/**
 * Prints tickets from the kiosk's own browser, where the office file has `kind = "browser"`. The board names the jobs;
 * the server hands each over once, so that no reload and no second page prints it again. Without a dialog only if the
 * browser was started for it (docs/office-file.md).
 */

const WIDE_MM = 8; // dots of the picture per millimetre of paper

export class Papers {
  #path;
  #known = new Set();
  #turn = Promise.resolve();

  /** @param {string} office @param {string} kiosk */
  constructor(office, kiosk) {
    const [where, which] = [office, kiosk].map(encodeURIComponent);
    this.#path = `/api/v1/offices/${where}/kiosks/${which}/papers`;
  }

  /** Prints those that were not printed yet, one after another. @param {string[]} jobs */
  come(jobs) {
    const fresh = jobs.filter((job) => !this.#known.has(job));
    this.#known = new Set(jobs);
    for (const job of fresh) this.#turn = this.#turn.then(() => this.#print(job)).catch(() => {});
  }

  async #print(job) {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(this.#path, { method: "POST", headers, body: JSON.stringify({ job }) });
    if (!answer.ok) return; // somebody else has it
    const picture = new Image();
    picture.src = await asText(await answer.blob());
    picture.alt = "";
    await picture.decode();
    picture.style.width = `${picture.naturalWidth / WIDE_MM}mm`;
    const sheet = document.createElement("div");
    sheet.className = "on-paper";
    sheet.append(picture);
    document.body.append(sheet);
    try {
      print();
    } finally {
      sheet.remove();
    }
  }
}

/** As a data: address, which is the only kind of picture of our own that the pages may show. */
function asText(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = reject;
    reader.readAsDataURL(blob);
  });
}
