/**
 * Sends a browser that cannot show the wall to the plain wall: that of a television is often five years old or more.
 * A script of 2009 (ES5) that runs before the wall's modules, because such a browser cannot read them.
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
