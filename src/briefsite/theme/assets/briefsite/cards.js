/* Cards: a mark in the text shows, on hover, focus and tap, what it leads to: the number of a claim its
   evidence, a name who or what that is. A card is made from what stands on the page, so there is
   nothing to load, and without it the mark is a link. */
(function () {
  "use strict";

  var _ = window.briefsite.gettext;
  var N_ = window.briefsite.N_;
  var MARKS = "a.bs-ref, a.bs-term";
  var card = document.createElement("aside");
  var timer = 0;
  var link = null;
  if (!card.showPopover) return;
  card.className = "bs-popcard md-typeset";
  card.popover = "manual";
  document.body.append(card);

  /* What a mark tells of: a claim where its number leads, or the entry that a name gives. */
  function target(mark) {
    if (mark.dataset.card) return document.getElementById(mark.dataset.card);
    var address = new URL(mark.href);
    var here = address.pathname === window.location.pathname && address.hash;
    return here && document.getElementById(decodeURIComponent(address.hash.slice(1)));
  }

  /* A copy without ids, for those are addresses of the page; folded parts are open in it. */
  function copy(told) {
    var parts = document.createDocumentFragment();
    Array.from(told.childNodes).forEach(function (child) { parts.append(child.cloneNode(true)); });
    parts.querySelectorAll("[id]").forEach(function (element) { element.removeAttribute("id"); });
    parts.querySelectorAll(".bs-permalink").forEach(function (element) { element.remove(); });
    parts.querySelectorAll("details").forEach(function (fold) {
      fold.querySelector("summary").remove();
      fold.replaceWith.apply(fold, Array.from(fold.childNodes));
    });
    return parts;
  }

  function show(mark) {
    var told = target(mark);
    if (!told || mark === link) return;
    hide();
    link = mark;
    card.dataset.state = told.dataset.state || "";
    var number = mark.matches(".bs-ref");
    var name = number ? _("Evidence %(number)s", { number: mark.textContent }) : told.querySelector("a").textContent;
    var way = document.createElement("p");
    var open = document.createElement("a");
    open.href = mark.getAttribute("href");
    var words = number ? N_("%(name)s in its place")
      : /^term\./.test(mark.dataset.card) ? N_("%(name)s in the glossary")
      : N_("Every claim about %(name)s");
    way.className = "bs-popcard__way";
    way.append(open);
    card.replaceChildren(copy(told), way);
    /* The page's frame, where the card is, may be in another language than what it tells. */
    card.lang = told.closest("[lang]").lang;
    window.briefsite.put(open, words, _(words, { name: name }));
    card.setAttribute("aria-label", name);
    /* Told with the mark: of a claim its text, of a name all of the card. */
    var text = card.querySelector(".bs-claim__text");
    card.id = text ? "" : "bs-told";
    if (text) text.id = "bs-told";
    mark.setAttribute("aria-describedby", "bs-told");
    card.scrollTop = 0;
    card.showPopover();
    place(mark.getBoundingClientRect());
  }

  /* Below the mark, or above it where there is more room; on a phone the style sets it at the foot. */
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
    if (link) link.removeAttribute("aria-describedby");
    link = null;
    if (card.matches(":popover-open")) card.hidePopover();
  }

  function soon(what, wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(what, wait);
  }

  function marked(event) {
    var found = event.target.closest && event.target.closest(MARKS);
    return found && !card.contains(found) ? found : null;
  }

  document.addEventListener("pointerover", function (event) {
    if (event.pointerType !== "mouse") return;
    var found = marked(event);
    if (found) soon(function () { show(found); }, 120);
    else if (card.contains(event.target)) window.clearTimeout(timer);
    else if (link) soon(hide, 250);
  });
  document.addEventListener("focusin", function (event) {
    var found = marked(event);
    if (found && found.matches(":focus-visible")) soon(function () { show(found); }, 120);
    else if (link && !card.contains(event.target)) hide();
  });
  /* The first tap shows the card; the card leads on. */
  document.addEventListener("click", function (event) {
    var found = marked(event);
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
