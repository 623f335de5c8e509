/**
 * Sends a browser that cannot show the wall to the plain one: a television's is often five years old or more. A script
 * of 2009 (ES5), before the wall's modules: those, container queries, and whatever else they are written in.
 */
(function () {
  "use strict";

  function plain() {
    location.replace(document.querySelector("link[rel=alternate]").href);
  }

  var knows = window.CSS && CSS.supports && CSS.supports("container-type: size") && CSS.supports("selector(:has(a))");
  if (!knows || !("noModule" in document.createElement("script"))) plain();
  window.addEventListener("error", function (event) {
    if (event.error instanceof SyntaxError) plain();
  });
})();
