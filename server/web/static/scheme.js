/**
 * The colours of a page, set before it is painted for the first time: as chosen on this machine (`staff/theme.js`),
 * else as the browser asks for. A plain script in the page's head, because modules run after the first paint. Walls
 * and kiosks have none.
 */

(() => {
  const asked = [["(prefers-contrast: more)", "contrast"], ["(prefers-color-scheme: dark)", "night"]]
    .map(([query, theme]) => [matchMedia(query), theme]);

  const themes = ["paper", "night", "contrast"];

  function chosen() {
    try {
      return themes.find((theme) => theme === localStorage.getItem("aufruf-theme"));
    } catch {
      return null; // this browser stores nothing
    }
  }

  function wear() {
    const found = asked.find(([query]) => query.matches);
    document.documentElement.dataset.theme = chosen() ?? found?.[1] ?? "paper";
  }

  wear();
  for (const [query] of asked) query.addEventListener("change", wear);
})();
