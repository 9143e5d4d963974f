/* The evidence where it is cited: a number shows its claim on hover, focus and tap. The card is made
   from the claim on the page, so there is nothing to load, and without it the number still leads there. */
(function () {
  "use strict";

  var card = document.createElement("aside");
  var timer = 0;
  var link = null;
  if (!card.showPopover) return;
  card.className = "bs-popcard md-typeset";
  card.popover = "manual";
  document.body.append(card);

  function target(reference) {
    var address = new URL(reference.href);
    var here = address.pathname === window.location.pathname && address.hash;
    return here && document.getElementById(decodeURIComponent(address.hash.slice(1)));
  }

  /* A copy without ids, for those are addresses of the page; folded parts are open in it. */
  function copy(claim) {
    var parts = document.createDocumentFragment();
    Array.from(claim.children).forEach(function (child) { parts.append(child.cloneNode(true)); });
    parts.querySelectorAll("[id]").forEach(function (element) { element.removeAttribute("id"); });
    parts.querySelectorAll(".bs-permalink").forEach(function (element) { element.remove(); });
    parts.querySelectorAll("details").forEach(function (fold) {
      fold.querySelector("summary").remove();
      fold.replaceWith.apply(fold, Array.from(fold.childNodes));
    });
    return parts;
  }

  function show(reference) {
    var claim = target(reference);
    if (!claim || reference === link) return;
    hide();
    link = reference;
    card.dataset.state = claim.dataset.state || "";
    var way = document.createElement("p");
    var open = document.createElement("a");
    open.href = reference.hash;
    open.textContent = "Evidence " + reference.textContent + " in its place";
    way.className = "bs-popcard__way";
    way.append(open);
    card.replaceChildren(copy(claim), way);
    card.setAttribute("aria-label", "Evidence " + reference.textContent);
    card.scrollTop = 0;
    card.showPopover();
    place(reference.getBoundingClientRect());
  }

  /* Below the number, or above it where there is more room; on a phone the style sets it at the foot. */
  function place(at) {
    card.style.cssText = "";
    if (window.matchMedia("(max-width: 44.9844em)").matches) return;
    var room = window.innerHeight - at.bottom;
    var above = at.top > room && room < card.offsetHeight + 12;
    var left = Math.max(8, Math.min(at.left - 24, window.innerWidth - card.offsetWidth - 8));
    card.style.left = left + "px";
    if (above) card.style.bottom = window.innerHeight - at.top + 6 + "px";
    else card.style.top = at.bottom + 6 + "px";
    card.style.maxHeight = (above ? at.top : room) - 20 + "px";
  }

  function hide() {
    window.clearTimeout(timer);
    link = null;
    if (card.matches(":popover-open")) card.hidePopover();
  }

  function soon(what, wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(what, wait);
  }

  function reference(event) {
    var found = event.target.closest && event.target.closest("a.bs-ref");
    return found && !card.contains(found) ? found : null;
  }

  document.addEventListener("pointerover", function (event) {
    if (event.pointerType !== "mouse") return;
    var found = reference(event);
    if (found) soon(function () { show(found); }, 120);
    else if (card.contains(event.target)) window.clearTimeout(timer);
    else if (link) soon(hide, 250);
  });
  document.addEventListener("focusin", function (event) {
    var found = reference(event);
    if (found && found.matches(":focus-visible")) soon(function () { show(found); }, 120);
    else if (link && !card.contains(event.target)) hide();
  });
  /* The first tap shows the card; the card leads on. */
  document.addEventListener("click", function (event) {
    var found = reference(event);
    if (found && event.pointerType === "touch" && target(found)) {
      event.preventDefault();
      event.stopPropagation();
      if (link === found) hide();
      else show(found);
    } else if (link && (found || !card.contains(event.target) || event.target.closest("a"))) {
      hide();
    }
  }, true);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && link) hide();
  });
  window.addEventListener("scroll", function () {
    if (link && card.style.left) hide();
  }, { passive: true });
  window.document$.subscribe(hide);
})();
