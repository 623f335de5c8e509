/**
 * Keeps pages right while a browser translates them. A translator replaces text nodes by `<font><font>…`; the page
 * would then write into nodes that nobody sees. This module puts the page's own node back, empty, before its
 * translation. When the page writes to it again, the old translation is removed. Watches the whole document; used by
 * lit.js.
 */

const FOREIGN = "FONT"; // our pages have no <font>
const translations = new Map(); // our text node → {shown: the translator's element, text: the node's text}

const foreign = (node) => node?.nodeName === FOREIGN;

/** The translator's element in the place of a removed text node. */
const instead = (record) =>
  [...record.addedNodes].find(foreign) ?? [record.previousSibling, record.nextSibling].find(foreign);

function bringBack(node, shown) {
  translations.set(node, { shown, text: node.data });
  node.data = "";
  shown.before(node);
}

/** After "show original": the translation is gone and the node is still empty. */
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

/** Starts watching, for the whole life of the page. */
export function surviveTranslation(root = document.documentElement) {
  new MutationObserver(changed).observe(root, { subtree: true, childList: true, characterData: true });
}
