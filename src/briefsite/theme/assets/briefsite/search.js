/* The search box. Nothing of it is loaded before a reader asks for it (briefsite.js); of the index only
   the pieces that the words lead to, each by a script, so that it also works from disk. The words of a text are
   made as briefsite/search/words.py makes them. */
(function () {
  "use strict";

  var _ = window.briefsite.gettext;
  var N_ = window.briefsite.N_;
  var put = window.briefsite.put;
  var ngettext = window.briefsite.ngettext;
  var base = new URL("../../", document.currentScript.src);
  var dialog = document.getElementById("bs-search");
  if (!dialog || !dialog.showModal) return;
  var form = dialog.querySelector("form");
  var input = form.elements.query;
  var status = dialog.querySelector("output");
  var list = dialog.querySelector("ol");
  var filters = dialog.querySelector("details");
  var pieces = {};
  var waiting = {};
  var index = null;
  var AT_ONCE = 20;
  var shown = AT_ONCE;
  var turn = 0;

  /* --- pieces -------------------------------------------------------------------------------- */

  window.briefsiteSearch = function (name, data) {
    if (waiting[name]) waiting[name](data);
  };

  function load(name) {
    pieces[name] = pieces[name] || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      waiting[name] = resolve;
      script.src = new URL("search/" + (name === "index" ? "" : index.folder + "/") + name + ".js", base);
      script.onerror = function () {
        delete pieces[name];
        reject(new Error(name));
      };
      script.onload = function () { script.remove(); };
      document.head.append(script);
    });
    return pieces[name];
  }

  function ready() {
    return load("index").then(function (data) { index = data; });
  }

  /* --- words --------------------------------------------------------------------------------- */

  var PLAIN = { "ə": "e", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ς": "σ" };

  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/[əıøłđßæœς]/g, function (letter) { return PLAIN[letter]; });
  }

  function words(text) {
    return fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  }

  /* The pieces that words beginning so are in: a few, however short the beginning. */
  function piecesOf(start) {
    var first = 0;
    while (first + 1 < index.words.length && index.words[first + 1] <= start) first += 1;
    var names = ["words-" + first];
    for (var n = first + 1; n < index.words.length && names.length < 4 && index.words[n].startsWith(start); n += 1) {
      names.push("words-" + n);
    }
    return Promise.all(names.map(load));
  }

  var ENDINGS = [[/ies$/, "y"], [/(?:es|ed|s)$/, ""], [/ing$/, ""]];

  function stems(word) {
    return ENDINGS.filter(function (pair) { return word.length > 4 && pair[0].test(word); })
      .map(function (pair) { return word.replace(pair[0], pair[1]); });
  }

  /* Whether two words differ by one letter put in, left out, changed or swapped with the next. */
  function near(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    var n = 0;
    while (n < a.length && a[n] === b[n]) n += 1;
    var restA = a.slice(n);
    var restB = b.slice(n);
    return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1) ||
      (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2));
  }

  /* --- matches ------------------------------------------------------------------------------- */

  var BY_PLACE = [3, 1, 0.5];
  /* What is said here stands before the headlines of others, which would take sides for us. */
  var LATER = { source: 0.3, correction: 0.6, page: 0.3 };

  function add(scores, postings, weight) {
    postings.forEach(function (distances, place) {
      var item = 0;
      distances.forEach(function (distance) {
        item += distance;
        var score = weight * BY_PLACE[place];
        if (!(scores.get(item) >= score)) scores.set(item, score);
      });
    });
  }

  /* Item → score, for one word of the query: itself, longer words, its stem, and at last its like. */
  function matches(word) {
    return Promise.all([word].concat(stems(word)).map(function (start) {
      return piecesOf(start).then(function (parts) {
        var scores = new Map();
        var known = Object.assign.apply(null, [{}].concat(parts));
        Object.keys(known).forEach(function (other) {
          if (other === start) add(scores, known[other], 1);
          else if (start.length > 2 && other.startsWith(start)) add(scores, known[other], 0.6);
        });
        if (!scores.size && word.length > 4) {
          Object.keys(known).forEach(function (other) {
            if (near(word, other)) add(scores, known[other], 0.3);
          });
        }
        return scores;
      });
    })).then(function (all) {
      var scores = all[0];
      all.slice(1).forEach(function (stem) {
        if (!scores.size) scores = stem;
        else stem.forEach(function (score, item) { if (!scores.has(item)) scores.set(item, score * 0.5); });
      });
      var rarity = Math.log(1 + index.items / (1 + scores.size));
      scores.forEach(function (score, item) { scores.set(item, score * rarity); });
      return scores;
    });
  }

  function kindOf(item) {
    for (var n = 0, last = 0; n < index.kinds.length; n += 1) {
      last += index.kinds[n][2];
      if (item < last) return n;
    }
    return index.kinds.length;
  }

  /* Items that hold every word; if there is none, those that hold most. */
  function find(asked) {
    return Promise.all(asked.map(matches)).then(function (each) {
      var sums = new Map();
      each.forEach(function (scores) {
        scores.forEach(function (score, item) {
          var sum = sums.get(item) || [0, 0];
          sums.set(item, [sum[0] + 1, sum[1] + score]);
        });
      });
      var most = 0;
      sums.forEach(function (sum) { most = Math.max(most, sum[0]); });
      var found = [];
      sums.forEach(function (sum, item) {
        var kind = kindOf(item);
        if (sum[0] === most) found.push([item, sum[1] * (1.3 - 0.05 * kind) * (LATER[index.kinds[kind][0]] || 1)]);
      });
      found.sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; });
      return { items: found.map(function (pair) { return pair[0]; }), all: most === asked.length };
    });
  }

  /* --- filters ------------------------------------------------------------------------------- */

  function chosen() {
    return Array.from(form.querySelectorAll("select")).filter(function (field) { return field.value; });
  }

  function holders(facet, label) {
    return load("facet-" + facet).then(function (values) {
      var value = values.find(function (pair) { return pair[0] === label; });
      var item = 0;
      return new Set(value ? value[1].map(function (distance) { return (item += distance); }) : []);
    });
  }

  function filtered(items) {
    return Promise.all(chosen().map(function (field) {
      if (field.name === "kind") {
        return { has: function (item) { return index.kinds[kindOf(item)][0] === field.value; } };
      }
      return holders(field.name, field.value);
    })).then(function (sets) {
      return items.filter(function (item) {
        return sets.every(function (set) { return set.has(item); });
      });
    });
  }

  /* Each filter offers what is among the results, the most first. */
  function offer(items) {
    if (!filters.open) return Promise.resolve();
    var among = new Set(items);
    return Promise.all(Array.from(form.querySelectorAll("select")).map(function (field) {
      if (field.name === "kind") {
        var counts = index.kinds.map(function (kind) { return [kind[1], 0, kind[0]]; });
        items.forEach(function (item) { counts[kindOf(item)][1] += 1; });
        return fill(field, counts);
      }
      if (index.facets.indexOf(field.name) < 0) return fill(field, []);
      return load("facet-" + field.name).then(function (values) {
        fill(field, values.map(function (pair) {
          var item = 0;
          var count = 0;
          pair[1].forEach(function (distance) { if (among.has((item += distance))) count += 1; });
          return [pair[0], count, pair[0]];
        }));
      });
    }));
  }

  function fill(field, values) {
    var kept = field.value;
    var some = values.filter(function (value) { return value[1] || value[2] === kept; });
    if (field.name === "year") some.sort(function (a, b) { return a[0] < b[0] ? 1 : -1; });
    else some.sort(function (a, b) { return b[1] - a[1]; });
    field.replaceChildren(new Option("", ""));
    put(field.options[0], N_("any"));
    some.slice(0, 200).forEach(function (value) {
      field.add(new Option(value[0] + " (" + value[1] + ")", value[2]));
    });
    field.value = kept;
  }

  /* --- results ------------------------------------------------------------------------------- */

  function marked(element, text, asked) {
    var pattern = /[\p{L}\p{N}\p{M}]+/gu;
    var last = 0;
    Array.from(text.matchAll(pattern)).forEach(function (match) {
      var word = fold(match[0]);
      var hit = asked.some(function (one) {
        return word === one || (one.length > 2 && word.startsWith(one)) ||
          stems(one).some(function (stem) { return word.startsWith(stem); });
      });
      if (!hit) return;
      element.append(text.slice(last, match.index));
      var mark = document.createElement("mark");
      mark.textContent = match[0];
      element.append(mark);
      last = match.index + match[0].length;
    });
    element.append(text.slice(last));
    return element;
  }

  var WITHIN = /^(judgement|question|claim|paragraph|event)$/;

  function result(row, kind, asked) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var about = document.createElement("span");
    link.href = new URL(row[0], base);
    if (base.protocol === "file:") link.href = link.href.replace(/\/(#|$)/, "/index.html$1");
    about.className = "bs-search__about";
    /* What is found is in the publication's language, or in that of its translation. */
    var translated = row[0].match(/^briefs\/[^/]+\/([A-Za-z-]+)\//);
    item.lang = translated ? translated[1] : index.language;
    /* What is found within a brief says which; anything else says itself what it is. */
    about.textContent = WITHIN.test(kind[0]) ? kind[1] + " · " + row[3] : row[3];
    link.append(
      about,
      marked(Object.assign(document.createElement("strong"), {}), row[1], asked),
      marked(Object.assign(document.createElement("span"), { className: "bs-search__text" }), row[2], asked)
    );
    item.append(link);
    return item;
  }

  function show(items, asked) {
    var numbers = items.slice(0, shown);
    return Promise.all(numbers.map(function (item) {
      return load("items-" + Math.floor(item / index.piece)).then(function (rows) {
        return result(rows[item % index.piece], index.kinds[kindOf(item)], asked);
      });
    })).then(function (rows) {
      if (items.length > shown) {
        var more = document.createElement("li");
        var button = document.createElement("button");
        button.type = "button";
        button.addEventListener("click", function () {
          shown += AT_ONCE;
          search().then(function () { focusOn(shown - AT_ONCE); });
        });
        more.append(button);
        put(button, N_("Show more"));
        rows.push(more);
      }
      return rows;
    });
  }

  function count(number, all) {
    var results = ngettext("%(num)s result", "%(num)s results", number);
    if (all) return put(status, "%(num)s result", results);
    var words = N_("%(results)s with some of the words: none has all");
    put(status, words, _(words, { results: results }));
  }

  function search() {
    var mine = (turn += 1);
    var asked = words(input.value);
    form.dataset.asked = asked.length ? "yes" : "";
    if (!asked.length) {
      list.replaceChildren();
      status.textContent = "";
      return Promise.resolve();
    }
    return ready().then(function () { return find(asked); }).then(function (found) {
      return filtered(found.items).then(function (items) {
        return Promise.all([show(items, asked), mine === turn && offer(items)]).then(function (done) {
          if (mine !== turn) return;
          list.replaceChildren.apply(list, done[0]);
          if (items.length) count(items.length, found.all);
          else put(status, chosen().length ? N_("Nothing found with these filters") : N_("Nothing found"));
        });
      });
    }).catch(function () {
      if (mine === turn) put(status, N_("The index cannot be loaded: try again when you are online."));
    });
  }

  /* --- the box ------------------------------------------------------------------------------- */

  function open() {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    ready().catch(function () {});
  }

  /* What is hidden keeps the focus for a moment, and what is typed then would go there. */
  function shut() {
    dialog.close();
    if (dialog.contains(document.activeElement)) document.activeElement.blur();
  }

  function focusOn(number) {
    var places = [input].concat(Array.from(list.querySelectorAll("a, button")));
    var place = places[Math.max(0, Math.min(places.length - 1, number + 1))];
    place.focus();
    place.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-search-open]")) open();
    else if (event.target === dialog || event.target.closest("[data-search-close]")) shut();
    else if (event.target.closest("#bs-search a")) shut();
  });
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && event.key === "/") {
      event.preventDefault();
      open();
    }
  });
  dialog.addEventListener("keydown", function (event) {
    if (event.target.tagName === "SELECT") return;
    /* A browser would first only empty the field. */
    if (event.key === "Escape") shut();
    var links = Array.from(list.querySelectorAll("a, button"));
    var here = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown") focusOn(here + 1);
    else if (event.key === "ArrowUp") focusOn(here - 1);
    else return;
    event.preventDefault();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = list.querySelector("a");
    if (first) first.click();
  });
  function again() {
    shown = AT_ONCE;
    search();
  }
  form.addEventListener("input", again);
  form.addEventListener("reset", function () { window.setTimeout(function () { again(); input.focus(); }); });
  filters.addEventListener("toggle", search);
})();
