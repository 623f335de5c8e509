/** A supervisor asks a screen for its name: it fills the screen for ten seconds. Used by the pages of devices. */

const NAME_MS = 10_000;

/** @param {() => string} title what the device is called in the office file @param {string} id in its address */
export function showsItsName(live, element, title, id) {
  let timer;
  live.addEventListener("device", ({ detail }) => {
    if (detail.do !== "identify") return;
    const name = detail.name || title();
    element.textContent = name ? `${name} (${id})` : id;
    element.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => (element.hidden = true), NAME_MS);
  });
}
