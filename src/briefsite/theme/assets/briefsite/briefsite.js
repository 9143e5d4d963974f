/* Keeps the live maps in the colours of the page, lets the keyboard scroll wide tables, filters the
   timeline, follows anchors to the part of a list they stand on, and calls the search. Without it
   everything is there to read. */
(function () {
  "use strict";

  /* What is said in another language than English stands on the page: messages as gettext has them,
     those with a number in each form of the language. */
  function phrase(message) {
    var meta = document.querySelector('meta[name="bs-words"]');
    return (meta && JSON.parse(meta.content)[message]) || message;
  }

  function _(message, values) {
    return phrase(message).replace(/%\((\w+)\)s/g, function (place, name) {
      return values && name in values ? values[name] : place;
    });
  }

  function ngettext(one, many, number) {
    var forms = phrase(one);
    if (forms === one) forms = { one: one, other: many };
    var form = new Intl.PluralRules(document.documentElement.lang || "en").select(number);
    return (forms[form] || forms.other).replace("%(num)s", number);
  }

  /* Marks a message that is translated where it is used. */
  function N_(message) {
    return message;
  }

  /* Puts a message, or what was made of it, into an element that has its place; one that nobody has
     translated says that it is English. */
  function put(element, message, text) {
    var page = document.documentElement.lang;
    var around = element.parentElement.closest("[lang]");
    var own = /^en\b/.test(page) || phrase(message) !== message ? page : "en";
    element.textContent = text === undefined ? phrase(message) : text;
    if (own !== (around ? around.lang : page)) element.lang = own;
    else element.removeAttribute("lang");
    return element;
  }

  window.briefsite = { N_: N_, gettext: _, ngettext: ngettext, put: put };

  function scheme() {
    return document.body.getAttribute("data-md-color-scheme") === "slate" ? "dark" : "light";
  }

  function tell(frame) {
    if (frame.contentWindow) {
      /* Pages from disk have no origin that could be named. */
      var target = window.location.protocol === "file:" ? "*" : window.location.origin;
      frame.contentWindow.postMessage({ briefsite: { scheme: scheme() } }, target);
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

  /* A form with data-filters shows those items of a list whose data-NAME holds the value chosen. */
  function filters(form) {
    var list = document.getElementById(form.dataset.filters);
    var fields = Array.from(form.elements).filter(function (field) { return field.name; });
    var asked = new URLSearchParams(window.location.search);
    function apply() {
      var shown = 0;
      Array.from(list.children).forEach(function (item) {
        item.hidden = !fields.every(function (field) {
          var held = (item.dataset[field.name] || "").split(" ");
          return !field.value || held.indexOf(field.value) >= 0;
        });
        shown += item.hidden ? 0 : 1;
      });
      /* What was asked of one part of a list is asked of the others too. */
      document.querySelectorAll(".bs-parts a, .bs-neighbours a").forEach(function (link) {
        link.search = window.location.search;
      });
      var numbers = { shown: shown, all: list.children.length };
      var told = shown ? N_("%(shown)s of %(all)s shown")
        : N_("%(shown)s of %(all)s shown: no event has both; choose another topic or actor");
      put(form.querySelector("output"), told, _(told, numbers));
    }
    fields.forEach(function (field) {
      field.value = asked.get(field.name) || "";
      if (field.selectedIndex < 0) {
        /* Someone who is in another part of the list, and not in this one. */
        field.add(new Option(asked.get(field.name).replace(/-/g, " "), asked.get(field.name)));
        field.value = asked.get(field.name);
      }
      field.addEventListener("change", function () {
        var query = new URLSearchParams(window.location.search);
        if (field.value) query.set(field.name, field.value);
        else query.delete(field.name);
        var search = query.toString();
        window.history.replaceState(window.history.state, "", window.location.pathname + (search ? "?" + search : "") + window.location.hash);
        apply();
      });
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.hidden = false;
    apply();
  }

  window.document$.subscribe(function () {
    document.querySelectorAll("form[data-filters]").forEach(filters);
  });

  /* An anchor that this page has not may stand on another part of its list, which a script knows. */
  function follow() {
    var list = document.querySelector(".bs-parts[data-parts]");
    var anchor = "";
    try { anchor = decodeURIComponent(window.location.hash.slice(1)); } catch (error) { return; }
    if (!list || !anchor || document.getElementById(anchor)) return;
    window.briefsiteParts = function (parts) {
      var number = parts.findIndex(function (part) { return part.indexOf(anchor) >= 0; });
      var link = list.querySelectorAll("a")[number];
      if (link) window.location.replace(link.href + window.location.hash);
    };
    loaded(document.createElement("script"), list.dataset.parts).catch(function () {});
  }

  window.document$.subscribe(follow);
  window.addEventListener("hashchange", follow);

  /* The search is loaded when it is first asked for, by a button or by its key; from then on its own
     script listens. */
  var assets = document.currentScript.src;
  var buttons = document.querySelectorAll("[data-search-open]");

  function loaded(element, address) {
    return new Promise(function (resolve, reject) {
      element.onload = resolve;
      element.onerror = reject;
      if (element.rel) element.href = address;
      else element.src = address;
      document.head.append(element);
    });
  }

  function askForSearch(event) {
    var typing = event.target.closest("input, textarea, select, [contenteditable]");
    var key = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.type === "click" ? !event.target.closest("[data-search-open]") : !key) return;
    event.preventDefault();
    listenForSearch("removeEventListener");
    var style = document.createElement("link");
    style.rel = "stylesheet";
    Promise.all([
      loaded(style, new URL("search.css", assets)),
      loaded(document.createElement("script"), new URL("search.js", assets)),
    ]).then(function () { buttons[0].click(); }, function () { listenForSearch("addEventListener"); });
  }

  function listenForSearch(how) {
    document[how]("click", askForSearch);
    document[how]("keydown", askForSearch);
  }

  if (window.HTMLDialogElement && buttons.length) {
    buttons.forEach(function (button) { button.hidden = false; });
    listenForSearch("addEventListener");
  }

  new MutationObserver(tellAll).observe(document.body, {
    attributes: true,
    attributeFilter: ["data-md-color-scheme"],
  });
})();
