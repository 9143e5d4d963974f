/* What Material's script does for our pages, and no more: that one is more than a quarter of what a
   page may weigh. A project that switches on what needs it gets it in the place of this. */
(function () {
  "use strict";

  function all(selector) {
    return Array.from(document.querySelectorAll(selector));
  }

  var root = document.documentElement;
  root.classList.replace("no-js", "js");

  /* Scripts subscribe to pages, as under instant navigation; here there is one page. */
  window.document$ = { subscribe: function (run) { run(document); } };

  /* Light and dark: as the system has it until somebody chooses, then as was chosen. Where that is
     kept, and what reads it before the first paint, is Material's. */
  var schemes = all("[data-md-component=palette] input");

  function dress(number) {
    schemes.forEach(function (input, index) {
      if (input.nextElementSibling) input.nextElementSibling.hidden = index !== number;
      input.checked = index === number;
    });
    ["scheme", "primary", "accent"].forEach(function (part) {
      var name = "data-md-color-" + part;
      document.body.setAttribute(name, schemes[number].getAttribute(name));
    });
  }

  function systems() {
    return Math.max(0, schemes.findIndex(function (input) {
      return window.matchMedia(input.dataset.mdColorMedia).matches;
    }));
  }

  function chosen() {
    try { return window.__md_get("__palette"); } catch (error) { return null; }
  }

  if (schemes.length) {
    var kept = chosen();
    dress(kept && schemes[kept.index] ? kept.index : systems());
    schemes.forEach(function (input, index) {
      input.addEventListener("change", function () {
        dress(index);
        window.__md_set("__palette", { index: index, color: {
          media: input.dataset.mdColorMedia, scheme: input.dataset.mdColorScheme,
          primary: input.dataset.mdColorPrimary, accent: input.dataset.mdColorAccent,
        } });
      });
      window.matchMedia(input.dataset.mdColorMedia).addEventListener("change", function () {
        if (!chosen()) dress(systems());
      });
    });
  }

  /* What follows the reader: the page's title in the header, the mark in the contents, the button to
     the top. */
  var header = document.querySelector("[data-md-component=header]");
  var title = document.querySelector("[data-md-component=header-title]");
  var heading = document.querySelector(".md-content h1");
  var top = document.querySelector("[data-md-component=top]");
  var contents = document.querySelector("[data-md-component=toc]");
  var entries = all("[data-md-component=toc] a[href^='#']").map(function (link) {
    return { link: link, target: document.getElementById(decodeURIComponent(link.hash.slice(1))) };
  }).filter(function (entry) { return entry.target; });
  var last = 0;
  var current = null;

  function mark(edge) {
    var found = null;
    entries.forEach(function (entry) {
      var passed = entry.target.getBoundingClientRect().top <= edge;
      entry.link.classList.toggle("md-nav__link--passed", passed);
      if (passed) found = entry.link;
    });
    if (found === current) return;
    if (current) current.classList.remove("md-nav__link--active");
    current = found;
    if (!current) return;
    current.classList.add("md-nav__link--active");
    var box = contents.closest(".md-sidebar__scrollwrap");
    box.scrollTop = current.offsetTop - box.clientHeight / 2;
  }

  function follow() {
    var y = window.scrollY;
    if (heading) title.classList.toggle("md-header__title--active", y >= heading.offsetHeight && y > 0);
    if (top) {
      top.hidden = !(y < last && y > window.innerHeight / 2);
      top.tabIndex = top.hidden ? -1 : 0;
    }
    last = y;
    mark(header.offsetHeight + 24);
  }

  var waits = false;
  window.addEventListener("scroll", function () {
    if (waits) return;
    waits = true;
    window.requestAnimationFrame(function () { waits = false; follow(); });
  }, { passive: true });
  follow();
  if (top) {
    top.style.top = header.offsetHeight + 16 + "px";
    top.addEventListener("click", function () {
      window.scrollTo({ top: 0 });
      document.querySelector(".md-header a").focus({ preventScroll: true });
    });
  }

  /* The menu of a small screen: Material's box and labels, with a button that keys reach. While it is
     open nothing else on the page takes focus; it closes by Escape, and when it has led somewhere. */
  var drawer = document.querySelector("[data-md-toggle=drawer]");
  var menu = document.querySelector(".bs-menu");
  var nav = document.querySelector(".md-nav--primary");
  var shut = document.createElement("button");

  function draw(open) {
    drawer.checked = open;
    menu.setAttribute("aria-expanded", String(open));
    all(".bs-skip, .md-header, .md-tabs, .md-content, .md-sidebar--secondary, .md-top, .md-footer").forEach(function (part) {
      part.inert = open;
    });
    if (open) shut.focus({ preventScroll: true });
    else menu.focus({ preventScroll: true });
  }

  if (menu && nav) {
    menu.hidden = false;
    document.querySelector(".md-header label[for=__drawer]").hidden = true;
    shut.type = "button";
    shut.className = "md-icon bs-menu-close";
    shut.setAttribute("aria-label", menu.dataset.close);
    nav.prepend(shut);
    menu.addEventListener("click", function () { draw(true); });
    shut.addEventListener("click", function () { draw(false); });
    drawer.addEventListener("change", function () { draw(drawer.checked); });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && drawer.checked) draw(false);
    });
    window.matchMedia("(min-width: 76.25em)").addEventListener("change", function () {
      if (drawer.checked) draw(false);
    });
    all(".md-sidebar--primary a").forEach(function (link) {
      link.addEventListener("click", function () { if (drawer.checked) draw(false); });
    });
    /* A label that opens a part of it, and the one in that part that leads back, are buttons too. */
    all(".md-nav--primary .md-nav__toggle").forEach(function (box) {
      var labels = all("label[for='" + box.id + "']");
      var buttons = labels.map(function (label) {
        var button = document.createElement("button");
        button.type = "button";
        button.className = label.className;
        button.id = label.id;
        button.append.apply(button, Array.from(label.childNodes));
        button.addEventListener("click", function () {
          box.checked = !box.checked;
          tell();
          buttons[Number(box.checked)].focus({ preventScroll: true });
        });
        label.replaceWith(button);
        return button;
      });
      function tell() {
        buttons.forEach(function (button) { button.setAttribute("aria-expanded", String(box.checked)); });
      }
      tell();
    });
  }

  /* What is folded opens for a link into it, and on paper. Who links may have written anything. */
  var opened = [];
  function unfold() {
    var target = null;
    try { target = document.getElementById(decodeURIComponent(window.location.hash.slice(1))); } catch (error) { return; }
    var fold = target && target.closest("details:not([open])");
    if (!fold) return;
    for (; fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", unfold);
  unfold();
  window.addEventListener("beforeprint", function () {
    opened = all("details:not([open])");
    opened.forEach(function (fold) { fold.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (fold) { fold.open = false; });
  });

  /* Tables and code of written pages scroll by themselves, also by the keyboard. */
  all(".md-typeset table:not([class])").forEach(function (table) {
    var outer = document.createElement("div");
    var inner = document.createElement("div");
    outer.className = "md-typeset__scrollwrap";
    inner.className = "md-typeset__table";
    table.replaceWith(outer);
    outer.append(inner);
    inner.append(table);
  });
  function reach() {
    all("pre > code").forEach(function (code) {
      if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
      else code.removeAttribute("tabindex");
    });
  }
  window.addEventListener("resize", reach);
  reach();
})();
