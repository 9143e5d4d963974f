/* Draws one map from the JSON in its page. Text only ever becomes text nodes. */
(() => {
  "use strict";
  const PARTS = ["band", "casing", "line", "core", "ticks"];
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const { basemap, styles, words, lands, map: record, root: home } = JSON.parse(byId("map-data").textContent);
  const _ = (message, values) =>
    (words?.[message] || message).replace(/%\((\w+)\)s/g, (place, name) => values?.[name] ?? place);
  const N_ = (message) => message;
  /* Of what nobody has translated, an element says that it is English. */
  const mark = (element, message) => {
    if (/^en\b/.test(root.lang) || words?.[message]) element.removeAttribute("lang");
    else element.lang = "en";
    return element;
  };
  const fromDisk = location.protocol === "file:";
  // There, a link to a folder shows a list of files.
  const way = (path) => home + (fromDisk ? path.replace(/\/(?=#|$)/, "/index.html") : path);
  const topology = window.briefsite.basemap[basemap];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const embedded = window.parent !== window;
  // A page of ours gives its frame such a name, and tells what stands below the map itself, and
  // perhaps its title above.
  root.classList.toggle("told", embedded && window.name.startsWith("bs-page"));
  root.classList.toggle("titled", embedded && window.name === "bs-page-titled");
  const twoFingers = embedded && matchMedia("(pointer: coarse)").matches;

  /* Light or dark: asked for in the address or by the page around, else as the reader prefers. */
  const setScheme = (scheme) => {
    if (scheme === "dark" || scheme === "light") root.dataset.scheme = scheme;
  };
  const readScheme = () => {
    for (const part of [location.search, location.hash])
      setScheme(new URLSearchParams(part.slice(1)).get("scheme"));
  };
  addEventListener("hashchange", readScheme);
  addEventListener("message", (event) => {
    const ours = fromDisk ? event.source === parent : event.origin === location.origin;
    if (ours) setScheme(event.data?.briefsite?.scheme);
  });
  readScheme();

  const html = (tag, cls, ...content) => {
    const element = document.createElement(tag);
    if (cls) element.className = cls;
    element.append(...content);
    return element;
  };
  const svg = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    return element;
  };

  /* The ground: quantised TopoJSON to latitude and longitude. */
  const { scale, translate } = topology.transform;
  const toLatLng = ([x, y]) => [y * scale[1] + translate[1], x * scale[0] + translate[0]];
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => toLatLng([(x += dx), (y += dy)]));
  });
  const join = (ids) =>
    ids.flatMap((id, n) => {
      const arc = id < 0 ? arcs[~id].slice().reverse() : arcs[id];
      return n ? arc.slice(1) : arc;
    });
  const geometries = (name) => {
    const object = topology.objects[name];
    return object ? object.geometries || [object] : [];
  };
  const polygons = (g) => (g.type === "Polygon" ? [g.arcs] : g.arcs).map((p) => p.map(join));
  const lines = (g) => (g.type === "LineString" ? [g.arcs] : g.arcs).map(join);

  for (const id of ["time", "views", "embed"]) if (byId(id)) byId(id).hidden = false;
  if (twoFingers) byId("hint").className = "on";
  if (innerWidth < 720) byId("panel").open = false;
  root.classList.add("ready");
  const [west, south, east, north] = record.bbox;
  const frame = topology.briefsite.frame;
  const bounds = L.latLngBounds([Math.max(frame[1], -85), frame[0]], [Math.min(frame[3], 85), frame[2]]);
  const extent = L.latLngBounds([south, west], [north, east]);
  const makeRoom = () => {
    const footer = document.querySelector("footer");
    if (!footer.querySelector("[open]")) root.style.setProperty("--foot", `${footer.offsetHeight}px`);
  };
  makeRoom();
  addEventListener("resize", makeRoom);
  const map = L.map("map", {
    attributionControl: false, zoomControl: false, maxBounds: bounds, maxBoundsViscosity: 1,
    maxZoom: 10, zoomSnap: 0, scrollWheelZoom: !embedded, dragging: !twoFingers,
    zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm,
  });
  if (calm) map.panBy = (by, how) => L.Map.prototype.panBy.call(map, by, { ...how, animate: false });
  const box = map.getContainer();
  /* A phone is too narrow for the whole extent: it opens on the features within. */
  const ends = record.features.flatMap(({ geometry: g }) => (g?.type === "Point" ? [g.coordinates] : g?.type === "LineString" ? g.coordinates : []))
    .map(([x, y]) => L.latLng(y, x)).filter((at) => extent.contains(at));
  const reset = (animate) => {
    const whole = map.getBoundsZoom(extent, false, L.point(8, 8));
    if (innerWidth >= 720 || !ends.length) return map.setView(extent.getCenter(), whole, { animate });
    // Room for labels at the sides, and for the buttons above.
    const drawn = L.latLngBounds(ends), fit = map.getBoundsZoom(drawn, false, L.point(80, 150));
    const zoom = Math.min(Math.max(fit, whole), whole + 1.5, map.getMaxZoom());
    map.setView(map.unproject(map.project(drawn.getCenter(), zoom).subtract([0, 35]), zoom), zoom, { animate });
  };
  const limit = () => {
    const inside = map.getBoundsZoom(bounds, true);
    map.setMinZoom(Math.min(inside, map.getBoundsZoom(extent), 9));
  };
  limit();
  reset(false);
  if (embedded) {
    map.on("click focus", () => map.scrollWheelZoom.enable());
    map.on("mouseout blur", () => map.scrollWheelZoom.disable());
  }

  for (const name of ["ground", "names", "areas", "routes"]) map.createPane(name);
  const ground = L.svg({ pane: "ground", padding: 0.6 });
  const still = { interactive: false, renderer: ground, smoothFactor: 0.7, opacity: 1, fillOpacity: 1 };
  L.rectangle(bounds, { ...still, className: "water" }).addTo(map);
  const land = geometries("land").map((g) => ({ id: g.id, name: g.properties.name, polygons: polygons(g) }));
  for (const { polygons } of land) L.polygon(polygons, { ...still, className: "land" }).addTo(map);
  /* Areas are lands of the basemap: shaded here, below water and borders, and touched above. */
  const areas = record.features.filter((f) => f.properties.hatch).map((feature) => {
    const { parts, hatch } = feature.properties;
    const outline = parts.map(([id, n]) => land.find((l) => l.id === id).polygons[n]);
    const shade = L.polygon(outline, { ...still, className: `area ${hatch}`, fillColor: `url(#hatch-${hatch})` }).addTo(map);
    return { feature, outline, shade };
  });
  L.rectangle(bounds, { ...still, className: "edge" }).addTo(map);
  for (const g of geometries("lakes")) L.polygon(polygons(g), { ...still, className: "lake" }).addTo(map);
  for (const [name, cls] of [["provinces", "province"], ["rivers", "stream"], ["coast", "coast"], ["borders", "border"]])
    for (const g of geometries(name))
      L.polyline(lines(g), { ...still, className: `${cls} ${g.properties?.status || ""}` }).addTo(map);
  /* The key names the borders that are seen, and no others. */
  const borders = geometries("borders").map((g) => ({
    status: g.properties.status, lines: lines(g).map((line) => line.map(([y, x]) => L.point(x, y))),
  }));
  const nameBorders = () => {
    const [w, s, e, n] = map.getBounds().toBBoxString().split(",").map(Number);
    const box = L.bounds([w, s], [e, n]);
    const isSeen = (line) => line.some((at, i) => i && L.LineUtil.clipSegment(line[i - 1], at, box));
    const shown = new Set(borders.filter((g) => g.lines.some(isSeen)).map((g) => g.status));
    for (const item of document.querySelectorAll("[data-border]")) item.hidden = !shown.has(item.dataset.border);
  };
  nameBorders();
  map.on("moveend", nameBorders);

  /* Features: elements by layer, so that a layer is hidden without losing its place in the order. */
  const elements = new Map(record.layers.map((layer) => [layer.id, []]));
  const places = [], routes = [], renamed = [], dated = [];
  let view = record.views.find((v) => v.default);
  const called = (p) => view?.names[p.line ? `line/${p.line}` : p.area ? `area/${p.area}` : p.kind === "place" ? `place/${p.place}` : ""] || p.title;
  const card = ({ id, properties: p }) => {
    const name = html("h2", "", called(p));
    const content = html("div", "card", name);
    if (root.dir) content.dir = root.dir;
    if (p.lang?.title && called(p) === p.title) name.lang = p.lang.title;
    const line = (cls, text) => text && content.append(html("p", cls, text));
    const status = p.status_words && _("%(status)s as of %(date)s", { status: p.status_words, date: p.status_date_words });
    line("what", [status ? `${p.words}, ${status}` : p.words, p.when_words].filter(Boolean).join(". "));
    line("", p.names.map((n) => (n.used_by ? `${n.name} (${n.used_by})` : n.name)).join(", "));
    line("", p.note);
    if (p.lang?.note) content.lastElementChild.lang = p.lang.note;
    const claims = byId(`row-${id}`)?.querySelector("ul");
    if (claims) content.append(claims.cloneNode(true));
    line("fine", (p.precision_km ? [_("Position %(accuracy)s.", p), p.coordinates_from]
      : [p.schematic && _("Drawn schematically."), p.accuracy]).filter(Boolean).join(" "));
    if (p.url) {
      const link = mark(html("a"), N_("All about %(name)s"));
      link.textContent = _("All about %(name)s", { name: p.url_title || p.title });
      link.href = way(p.url);
      link.target = "_top";
      content.append(html("p", "", link));
    }
    return content;
  };
  const connect = (layer, element, feature, where) => {
    const p = feature.properties;
    let byKey = false;
    elements.get(p.layer).push(element);
    element.id = feature.id;
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "button");
    const name = () => element.setAttribute("aria-label",
      [`${called(p)}: ${p.words}`, p.status_words, p.when_words].filter(Boolean).join(", "));
    name();
    renamed.push(name);
    dated.push(...(p.first ? [{ element, first: p.first, last: p.last }] : []));
    const popup = L.popup({
      minWidth: 150, maxWidth: 300,
      // Clear of the buttons on the left and, on a narrow map, of the key above.
      autoPanPaddingTopLeft: [58, innerWidth < 720 ? 58 : 10], autoPanPaddingBottomRight: [10, 10],
    });
    popup.setContent(() => {
      const size = map.getSize();
      popup.options.maxWidth = Math.min(300, size.x - 110);
      popup.options.maxHeight = Math.max(110, Math.min(300, size.y - (innerWidth < 720 ? 140 : 70)));
      return card(feature);
    });
    layer.bindPopup(popup);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      open();
    });
    const open = () => {
      byKey = true;
      layer.openPopup(where);
    };
    element.addEventListener("focus", () => map.panInside(where, { padding: [30, 30], animate: false }));
    const halo = p.precision_km && L.circle(where, { ...still, renderer: ground, radius: p.precision_km * 1000, className: "doubt" });
    layer.on("popupopen", () => {
      // On a narrow map the open key would lie over the popup.
      if (innerWidth < 720) byId("panel").open = false;
      const dialog = popup.getElement();
      dialog.setAttribute("role", "dialog");
      dialog.setAttribute("aria-label", called(p));
      dialog.tabIndex = -1;
      if (byKey) dialog.focus({ preventScroll: true });
      if (halo) halo.addTo(map);
    });
    layer.on("popupclose", () => {
      if (byKey || popup.getElement()?.contains(document.activeElement)) element.focus({ preventScroll: true });
      byKey = false;
      if (halo) halo.remove();
    });
    return { popup, open };
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
  });

  const overlay = L.svg({ pane: "routes", padding: 0.6 });
  const fields = L.svg({ pane: "areas", padding: 0.6 });
  const latLngs = (feature) => feature.geometry.coordinates.map(([x, y]) => [y, x]);
  const lineFeatures = record.features.filter((f) => f.geometry?.type === "LineString");
  const strokesOf = ({ properties: p }) => styles.lines[`${p.route}/${p.status || "existing"}`];
  /* Leaflet rounds to whole pixels, which makes a fine arc tremble. */
  const Curve = L.Polyline.extend({
    _projectLatlngs(points, result, bounds) {
      const origin = map.getPixelOrigin();
      result.push(points.map((at) => map.project(at).subtract(origin)));
      result.at(-1).forEach((point) => bounds.extend(point));
    },
  });
  const curve = (points, options) => new Curve(points, options);
  const arrows = svg("svg", { width: 0, height: 0, "aria-hidden": "true" });
  map.getPane("routes").append(arrows);
  for (const kind of new Set(lineFeatures.filter((f) => f.properties.kind === "flow").map((f) => f.properties.route))) {
    const { path, off } = styles.head;
    const marker = svg("marker", {
      id: `head-${kind}`, orient: "auto", markerUnits: "userSpaceOnUse", overflow: "visible", refX: off, refY: 0,
    });
    marker.append(svg("path", { class: `head ${kind}`, d: path }));
    arrows.append(marker);
  }
  for (const { feature, outline, shade } of areas) {
    const { layer, first, last } = feature.properties;
    elements.get(layer).push(shade.getElement());
    if (first) dated.push({ element: shade.getElement(), first, last });
    const hit = L.polygon(outline, { pane: "areas", renderer: fields, weight: 5, fillOpacity: 0, className: "hit" }).addTo(map);
    // Where the middle of a land lies outside the picture, its card stands at the nearest point.
    const middle = hit.getBounds().getCenter();
    const where = L.latLng(
      Math.min(Math.max(middle.lat, south + (north - south) / 8), north - (north - south) / 8),
      Math.min(Math.max(middle.lng, west + (east - west) / 8), east - (east - west) / 8),
    );
    connect(hit, hit.getElement(), feature, where);
  }
  for (const part of PARTS)
    for (const feature of lineFeatures)
      for (const [name, weight, dashArray, offset] of strokesOf(feature)) {
        if (name !== part) continue;
        const flows = feature.properties.kind === "flow";
        const options = { weight, dashArray, dashOffset: offset ? String(offset) : null };
        const path = (flows ? curve : L.polyline)(latLngs(feature), {
          ...still, ...options, renderer: overlay, className: `${part} ${feature.properties.route}`,
          noClip: flows, ...(flows && { smoothFactor: 0 }),
        }).addTo(map);
        elements.get(feature.properties.layer).push(path.getElement());
        const { route, first, last } = feature.properties;
        if (flows && part === strokesOf(feature).at(-1)[0]) path.getElement().setAttribute("marker-end", `url(#head-${route})`);
        if (first) dated.push({ element: path.getElement(), first, last });
      }
  for (const feature of lineFeatures) {
    const hit = L.polyline(latLngs(feature), {
      renderer: overlay, weight: twoFingers ? 30 : 18, className: "hit", smoothFactor: 0.7,
    }).addTo(map);
    routes.push({ line: hit, layer: feature.properties.layer, element: hit.getElement() });
    connect(hit, hit.getElement(), feature, hit.getCenter());
    const tip = svg("title");
    hit.getElement().append(tip);
    renamed.push(() => { tip.textContent = called(feature.properties); });
  }
  const happened = Object.create(null); // an id may be any word, such as constructor
  const at = (feature) => feature.geometry.coordinates.join();
  const ringed = new Set(record.features.filter((f) => f.properties.kind === "event").map(at));
  const many = record.features.filter((f) => f.geometry?.type === "Point").length > briefsite.crowd.MANY;
  for (const feature of record.features) {
    if (feature.geometry?.type !== "Point") continue;
    const { sign, layer, country, kind, place: there } = feature.properties;
    const title = called(feature.properties);
    const shift = kind === "event" ? styles.event_step * (happened[there] = (happened[there] ?? -1) + 1) : 0;
    const { path, radius, rank } = styles.signs[sign];
    const picture = svg("svg", { width: 28, height: 28, viewBox: "-14 -14 28 28", "aria-hidden": "true" });
    const text = svg("text", { class: sign });
    if (radius) picture.append(svg("path", { class: `sign ${sign}`, d: path }));
    picture.append(text);
    const icon = briefsite.crowd.spot({ className: "spot", html: picture, iconSize: [28, 28], iconAnchor: [14 - shift, 14], popupAnchor: [shift, 0] });
    const marker = L.marker(latLngs({ geometry: { coordinates: [feature.geometry.coordinates] } })[0], {
      icon, title, riseOnHover: true, zIndexOffset: -10 * rank,
    });
    const element = icon.createIcon();
    if (!many) marker.addTo(map);
    const item = {
      ...connect(marker, element, feature, marker.getLatLng()),
      at: marker.getLatLng(), layer, rank,
      // A place's name stands clear of the ring around it.
      radius: radius && ringed.has(at(feature)) ? Math.max(radius, styles.signs.event.radius) : radius,
      country, shift, marker, element, order: places.length, title: () => called(feature.properties),
      label: briefsite.labels.measured(text, title, true),
    };
    places.push(item);
    renamed.push(() => {
      const now = called(feature.properties);
      if (element.title === now) return;
      element.title = marker.options.title = now;
      text.replaceChildren();
      item.label = briefsite.labels.measured(text, now, true);
    });
  }

  /* Labels: placed anew whenever the view has come to rest. */
  const off = new Set();
  const names = svg("svg", { class: "leaflet-zoom-hide", "aria-hidden": "true", width: 1, height: 1 });
  map.getPane("names").append(names);
  const title = (kind, name, at) => {
    const text = svg("text", { class: `name ${kind}`, "text-anchor": "middle" });
    names.append(text);
    const told = lands?.[name] || name;
    const label = briefsite.labels.measured(text, kind === "country" ? told.toLocaleUpperCase(root.lang) : told, false);
    return { kind, name, label, at };
  };
  const titles = geometries("labels").map(({ properties: { kind, name }, coordinates }) =>
    title(kind, name, L.latLng(toLatLng(coordinates))));
  for (const { name } of land)
    if (!titles.some((t) => t.kind === "country" && t.name === name)) titles.push(title("country", name));
  const shapes = land.map(({ id, name, polygons }) => ({
    id, name, rings: polygons.flat().map((ring) => ring.map((p) => map.project(p, 0))),
  }));
  const seen = (item) => !off.has(item.layer) && !item.element.classList.contains("past");
  const edges = geometries("borders").flatMap(lines);
  /* What the controls cover: left, top, width and height within the map. To ask costs a layout. */
  let controls = null;
  const covered = () => {
    const frame = box.getBoundingClientRect();
    return [...box.querySelectorAll(".leaflet-control"), byId("panel").firstElementChild].map((part) => {
      const { left, top, width, height } = part.getBoundingClientRect();
      // The scale is as wide as the zoom makes it.
      const widest = part.classList.contains("leaflet-control-scale") ? 104 : width;
      return [left - frame.left - 4, top - frame.top - 4, widest + 8, height + 8];
    });
  };
  const crowd = many ? briefsite.crowd.crowd(map, places, html, () => place(), _) : null;
  let waiting = 0;
  const place = () => {
    crowd?.arrange(seen);
    name();
  };
  const name = () => {
    cancelAnimationFrame(waiting);
    waiting = 0;
    controls ??= covered();
    const zoom = 2 ** map.getZoom(), origin = map.getPixelOrigin();
    briefsite.labels.place({
      size: map.getSize(),
      corner: map.containerPointToLayerPoint([0, 0]),
      ground: L.bounds([bounds.getNorthWest(), bounds.getSouthEast()].map((at) => map.latLngToLayerPoint(at))),
      toLayer: (at) => map.latLngToLayerPoint(at),
      scaled: (p) => [p.x * zoom - origin.x, p.y * zoom - origin.y],
      places: places.filter((item) => seen(item) && item.element.isConnected),
      titles, shapes, edges,
      covered: controls.concat(crowd?.signs().map(({ x, y }) => [x - 20, y - 20, 40, 40]) || []),
      routes: routes.filter(seen).map(({ line }) => line.getLatLngs()),
    });
    names.classList.remove("none");
  };
  /* A frame each, when a movement has ended: Leaflet draws the ground, then come signs, then names. */
  map.on("zoomstart", () => names.classList.add("none"));
  map.on("moveend", () => {
    waiting ||= requestAnimationFrame(() => {
      waiting = requestAnimationFrame(name);
      crowd?.arrange(seen);
    });
  });
  const remeasure = () => { controls = null; place(); };
  map.on("resize", () => { limit(); remeasure(); });
  byId("panel").addEventListener("toggle", remeasure);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(box);

  /* Layers, view and time: one state, which the controls show and the address keeps. */
  const checks = [...document.querySelectorAll("[data-layer]")];
  const slider = byId("when"), chooser = byId("view");
  const initial = view;
  const show = () => {
    for (const check of checks) {
      off[check.checked ? "delete" : "add"](check.dataset.layer);
      for (const element of elements.get(check.dataset.layer)) element.classList.toggle("off", !check.checked);
    }
    const stop = slider && record.times[slider.value - 1];
    for (const { element, first, last } of dated)
      element.classList.toggle("past", Boolean(stop && (first > stop.t || (last && last < stop.t))));
    if (slider) {
      byId("moment").textContent = stop ? stop.words : _("All times");
      if (stop) byId("moment").removeAttribute("lang");
      else mark(byId("moment"), N_("All times"));
      slider.setAttribute("aria-valuetext", byId("moment").textContent);
    }
    if (view) {
      const source = byId("view-source");
      source.replaceChildren(...(view.sources.length ? [] : [view.reason || ""]));
      for (const { label, url } of view.sources) {
        const link = html("a", "", label);
        link.href = way(url);
        link.target = "_top";
        source.append(source.childNodes.length ? "; " : `${view.party ? `${view.party}: ` : ""}`, link);
      }
    }
    for (const rename of renamed) rename();
    place();
  };
  const hideBy = (hides) => {
    for (const check of checks) check.checked = !hides.includes(check.dataset.layer);
  };
  const choose = (id) => {
    view = record.views.find((v) => v.id === id) || initial;
    if (chooser) chooser.value = view.id;
    hideBy(view?.hides || []);
  };
  const kept = () => {
    const known = new URLSearchParams(location.hash.slice(1)), parts = [];
    if (known.get("scheme")) parts.push(`scheme=${encodeURIComponent(known.get("scheme"))}`);
    const hidden = checks.filter((c) => !c.checked).map((c) => c.dataset.layer);
    if (hidden.join() !== checks.map((c) => c.dataset.layer).filter((l) => view?.hides.includes(l)).join())
      parts.push(`layer=${checks.filter((c) => c.checked).map((c) => c.dataset.layer).join(",")}`);
    if (slider && slider.value > 0) parts.push(`t=${record.times[slider.value - 1].t}`);
    if (view !== initial) parts.push(`view=${view.id}`);
    return parts.join("&");
  };
  const address = (hash) => location.href.split("#")[0] + (hash ? `#${hash}` : "");
  const offer = () => {
    const frame = document.createElement("iframe");
    const link = address(kept().replace(/^scheme=[^&]*&?/, ""));
    for (const [name, value] of Object.entries({
      src: link, title: _("Map: %(title)s", { title: record.title }), width: 960, height: 700, loading: "lazy", allowfullscreen: "",
    })) frame.setAttribute(name, value);
    byId("link").value = link;
    byId("code").value = frame.outerHTML;
    byId("copied").textContent = "";
  };
  const changed = () => {
    map.closePopup();
    show();
    history.replaceState(history.state, "", address(kept()));
    offer();
  };
  const restore = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    choose(asked.get("view"));
    if (asked.has("layer")) {
      const named = asked.get("layer").split(",");
      hideBy(checks.map((c) => c.dataset.layer).filter((id) => !named.includes(id)));
    }
    if (slider) {
      const t = asked.get("t") || "";
      const day = /^\d{4}(-\d\d){0,2}$/.test(t) && t + "-01-01".slice(0, 10 - t.length);
      slider.value = day ? record.times.filter((stop) => stop.t <= day).length : 0;
    }
    show();
    offer();
  };
  for (const check of checks) check.addEventListener("change", changed);
  slider?.addEventListener("input", changed);
  chooser?.addEventListener("change", () => {
    choose(chooser.value);
    changed();
  });
  addEventListener("hashchange", restore);
  const told = (message) => { mark(byId("copied"), message).textContent = _(message); };
  byId("copy").addEventListener("click", async () => {
    byId("code").select();
    try {
      await navigator.clipboard.writeText(byId("code").value);
      told(N_("Copied."));
    } catch {
      told(N_("Selected: copy it with your keyboard."));
    }
  });

  const PAPER = 680; // pixels across what a page of A4 leaves within its margins
  const keepSize = () => {
    const { x, y } = map.getSize();
    for (const [name, value] of [["stage-width", `${x}px`], ["stage-height", `${y}px`], ["on-paper", Math.min(1, PAPER / x)]])
      root.style.setProperty(`--${name}`, value);
  };
  keepSize();
  map.on("resize", () => { if (!matchMedia("print").matches) keepSize(); });

  /* Controls, as real buttons. */
  const fullScreen = () =>
    (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()).catch(() => {});
  const Buttons = L.Control.extend({
    onAdd() {
      const bar = html("div", "buttons");
      for (const [name, d, act] of [
        [N_("Zoom in"), "M-6 0H6M0-6V6", () => map.zoomIn(1)],
        [N_("Zoom out"), "M-6 0H6", () => map.zoomOut(1)],
        [N_("Show the whole map"), "M-7-3V-7H-3M3-7H7V-3M7 3V7H3M-3 7H-7V3", () => reset(!calm)],
        ...(document.fullscreenEnabled ? [[N_("Full screen"), "M1-7H7V-1M7-7L1-1M-1 7H-7V1M-7 7L-1 1", fullScreen]] : []),
      ]) {
        const button = mark(html("button"), name);
        const icon = svg("svg", { viewBox: "-12 -12 24 24", width: 24, height: 24, "aria-hidden": "true" });
        icon.append(svg("path", { d }));
        button.type = "button";
        button.title = _(name);
        button.setAttribute("aria-label", _(name));
        button.append(icon);
        button.addEventListener("click", act);
        bar.append(button);
      }
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    },
  });
  new Buttons({ position: "topleft" }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  restore();
  root.dataset.ready = "";
})();
