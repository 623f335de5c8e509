/**
 * Pages survive a browser's translation. A translator takes text nodes out and puts `<font><font>…` in their place;
 * what draws in place would then write into nodes nobody sees. Here the page's own node comes back, empty, before its
 * translation, and when it is written to again the old translation goes. Watches the whole document; used by lit.js.
 */

const FOREIGN = "FONT"; // no page of ours has one
const translations = new Map(); // our text node → {shown: the translator's element, text: what the node said}

const foreign = (node) => node?.nodeName === FOREIGN;

/** The translator's element that stands where a removed text node stood. */
const instead = (record) =>
  [...record.addedNodes].find(foreign) ?? [record.previousSibling, record.nextSibling].find(foreign);

function bringBack(node, shown) {
  translations.set(node, { shown, text: node.data });
  node.data = "";
  shown.before(node);
}

/** "Show original": the translation is gone and the node still says nothing. */
function restore(node) {
  const { shown, text } = translations.get(node);
  if (shown.isConnected) return;
  translations.delete(node);
  if (node.isConnected && node.data === "") node.data = text;
}

function written(node) {
  const kept = translations.get(node);
  if (!kept || node.data === "") return;
  translations.delete(node);
  kept.shown.remove();
}

function changed(records) {
  for (const record of records) {
    if (record.type === "characterData") written(record.target);
    for (const node of record.removedNodes) {
      const shown = node.nodeType === Node.TEXT_NODE && !node.isConnected && instead(record);
      if (shown) bringBack(node, shown);
    }
  }
  for (const node of translations.keys()) restore(node);
}

/** From now on, for as long as the page lives. */
export function surviveTranslation(root = document.documentElement) {
  new MutationObserver(changed).observe(root, { subtree: true, childList: true, characterData: true });
}
