/* Keeps the live maps in the colours of the page, and lets the keyboard scroll wide tables. */
(function () {
  "use strict";

  function scheme() {
    return document.body.getAttribute("data-md-color-scheme") === "slate" ? "dark" : "light";
  }

  function tell(frame) {
    if (frame.contentWindow) {
      frame.contentWindow.postMessage({ briefsite: { scheme: scheme() } }, window.location.origin);
    }
  }

  function tellAll() {
    document.querySelectorAll("iframe.bs-map__live").forEach(tell);
  }

  document.addEventListener(
    "load",
    function (event) {
      if (event.target instanceof HTMLIFrameElement) {
        tell(event.target);
        event.target.classList.add("bs-map__live--loaded");
      }
    },
    true
  );
  /* Material wraps the tables of written pages in boxes that only a mouse can scroll. */
  window.document$.subscribe(function () {
    document.querySelectorAll(".md-typeset__scrollwrap").forEach(function (box) {
      box.tabIndex = 0;
    });
  });

  new MutationObserver(tellAll).observe(document.body, {
    attributes: true,
    attributeFilter: ["data-md-color-scheme"],
  });
})();
