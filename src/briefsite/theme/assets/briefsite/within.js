/* Links within the page stay the browser's own. Material would fetch the page again for the first one
   that is followed, close what was unfolded, and at times lose the place. This runs before Material's
   script, for listeners of one window are called in the order they came. */
(function () {
  "use strict";

  var shown = window.location.pathname;
  document.addEventListener("DOMContentLoaded", function () {
    window.document$.subscribe(function () { shown = window.location.pathname; });
  });

  /* Material leaves alone what has a target. Where the page stood is noted as it does. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]");
    var here = window.location;
    if (!link || !link.hash || link.origin !== here.origin ||
        link.pathname !== here.pathname || link.search !== here.search) return;
    if (!link.target) link.target = "_self";
    window.history.replaceState({ x: window.scrollX, y: window.scrollY }, "");
  }, true);

  /* Back and forth too. Once a page was changed Material scrolls, from what it noted in the state. */
  window.addEventListener("popstate", function (event) {
    if (window.location.pathname !== shown) return;
    event.stopImmediatePropagation();
    if (event.state && window.history.scrollRestoration === "manual") window.scrollTo(0, event.state.y);
  });
})();
