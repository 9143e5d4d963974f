/* Many places on one map: those that stand close together become one sign that says how many. */
(() => {
  "use strict";
  const MANY = 150; // places: up to here each is drawn, however close
  const APART = 56; // pixels between any two signs of a crowd: more than a fingertip
  const AROUND = 0.2; // of the map's size: how far beyond its edge signs are ready
  const NAMED = 3; // how many names a sign of many is read out with

  /* An icon that keeps its element, and what listens to it, while its marker is off the map. */
  const Spot = L.DivIcon.extend({
    createIcon() {
      return (this.element ||= L.DivIcon.prototype.createIcon.call(this));
    },
  });
  const spot = (options) => new Spot(options);

  /* Groups no two of which stand closer than APART, each at the place of its first item. */
  const gather = (items, pixel) => {
    const cells = new Map(), groups = [];
    for (const item of items) {
      const at = pixel(item), i = Math.floor(at.x / APART), j = Math.floor(at.y / APART);
      let home = null, least = APART;
      for (let x = i - 1; x <= i + 1; x++)
        for (let y = j - 1; y <= j + 1; y++)
          for (const group of cells.get(`${x},${y}`) || []) {
            const away = group.at.distanceTo(at);
            if (away < least) [home, least] = [group, away];
          }
      if (home) home.items.push(item);
      else {
        const key = `${i},${j}`, group = { at, items: [item] };
        groups.push(group);
        cells.has(key) ? cells.get(key).push(group) : cells.set(key, [group]);
      }
    }
    return groups;
  };

  /* Items are { at, rank, order, marker, element, popup, title(), open() }. `arrange(seen)` puts those
     that are alone on the map, and signs for the others; `signs()` gives where these are in pixels.
     What is not seen is not on the page: there it would slow every frame. `renew` arranges anew. */
  const crowd = (map, items, html, renew, _) => {
    const weighty = items.slice().sort((a, b) => a.rank - b.rank);
    const pane = map.getPane("markerPane");
    let signs = new Map(), picked = null, groups = [], drawn = [], basis = "", list = null;

    const nearer = (group) => {
      const bounds = L.latLngBounds(group.map((item) => item.at));
      const zoom = Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds, false, L.point(80, 80)));
      map.setView(bounds.getCenter(), Math.min(zoom, map.getMaxZoom()));
    };
    const divisible = (group) =>
      map.getZoom() < map.getMaxZoom() && group.some((item) => !item.at.equals(group[0].at));
    const focusOn = (item) => {
      const sign = [...signs.values()].find(({ group }) => group.includes(item));
      (sign || item).element.focus({ preventScroll: true });
    };
    const enumerate = (at, group, element, byKey) => {
      const button = (words, act) => {
        const each = html("button", "", words);
        each.type = "button";
        each.addEventListener("click", act);
        return each;
      };
      const content = html("div", "card", html("h2", "", _("%(number)s here", { number: group.length })));
      if (divisible(group))
        content.append(button(_("Zoom in on them"), () => {
          map.once("moveend", () => focusOn(group[0]));
          list.remove();
          nearer(group);
        }));
      content.append(html("ul", "crowd", ...group.map((item) => html("li", "", button(item.title(), () => {
        picked = item;
        list.remove();
        renew();
        item.open();
      })))));
      list = L.popup({
        minWidth: 150, maxWidth: 300, maxHeight: Math.max(110, Math.min(300, map.getSize().y - 90)),
        autoPanPaddingTopLeft: [58, 10], autoPanPaddingBottomRight: [10, 10],
      }).setLatLng(at).setContent(content).openOn(map);
      const dialog = list.getElement();
      dialog.setAttribute("role", "dialog");
      dialog.setAttribute("aria-label", _("%(number)s here", { number: group.length }));
      dialog.tabIndex = -1;
      if (byKey) dialog.focus({ preventScroll: true });
      list.once("remove", () => {
        if (byKey || dialog.contains(document.activeElement)) element.focus({ preventScroll: true });
      });
    };
    const sign = (at, group) => {
      const picture = html("span", "", String(group.length));
      const size = 30 + 4 * Math.min(3, Math.floor(Math.log10(group.length) * 2));
      picture.style.width = picture.style.height = `${size}px`;
      const marker = L.marker(at, {
        icon: spot({ className: "spot many", html: picture, iconSize: [44, 44] }), zIndexOffset: 500,
      });
      const element = marker.options.icon.createIcon();
      const rest = group.length - NAMED;
      const names = group.slice(0, NAMED).map((item) => item.title()).join(", ");
      const told = { number: group.length, names, rest };
      element.setAttribute("aria-label", rest > 0 ? _("%(number)s here: %(names)s and %(rest)s more", told) : _("%(number)s here: %(names)s", told));
      marker.on("click", () => (divisible(group) ? nearer(group) : enumerate(at, group, element, false)));
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        enumerate(at, group, element, true);
      });
      element.addEventListener("focus", () => map.panInside(at, { padding: [30, 30], animate: false }));
      return { at, marker, element, group, order: group[0].order };
    };

    const arrange = (seen) => {
      const zoom = map.getZoom(), frame = map.getPixelBounds();
      const around = frame.getSize().multiplyBy(AROUND);
      const shown = weighty.filter((item) => item !== picked && seen(item));
      const now = `${zoom} ${shown.map((item) => item.order).join()}`;
      if (now !== basis) groups = gather(shown, (item) => map.project(item.at, zoom));
      basis = now;
      const view = L.bounds(frame.min.subtract(around), frame.max.add(around));
      const kept = new Map(), alone = picked && seen(picked) ? [picked] : [];
      for (const { at, items: [first, ...others] } of groups) {
        if (!view.contains(at)) continue;
        if (!others.length) {
          alone.push(first);
          continue;
        }
        const group = [first, ...others].sort((a, b) => a.order - b.order);
        const key = group.map((item) => `${item.order} ${item.title()}`).join("\n");
        kept.set(key, signs.get(key) || sign(first.at, group));
      }
      const focused = pane.contains(document.activeElement)
        && drawn.find(({ element }) => element === document.activeElement);
      const next = [...alone, ...kept.values()].sort((a, b) => b.order - a.order), staying = new Set(next);
      for (const each of drawn) if (!staying.has(each)) each.marker.remove();
      let after = null;
      for (const each of next) {
        if (!map.hasLayer(each.marker)) pane.insertBefore(each.marker.addTo(map).getElement(), after);
        after = each.element;
      }
      [signs, drawn] = [kept, next];
      if (focused && !staying.has(focused)) focusOn(focused.group?.[0] || focused);
    };
    map.on("popupopen", ({ popup }) => {
      picked = items.find((item) => item.popup === popup) || picked;
    });
    return { arrange, signs: () => [...signs.values()].map(({ at }) => map.latLngToContainerPoint(at)) };
  };

  window.briefsite.crowd = { MANY, crowd, spot };
})();
