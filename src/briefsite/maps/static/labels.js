/* Labels that do not collide: the same rules as the static picture's. */
(() => {
  "use strict";
  const CELL = 16, STEP = 13, WORST = 30;
  const REACH = { country: Infinity, sea: 300, lake: 40, province: 70 };
  const SEA_DEGREES = 6; // of longitude: further off another sea would bear the name
  const pencil = document.createElement("canvas").getContext("2d");

  const wrapped = (title) => {
    if (title.length < 20 || !title.includes(" ")) return [title];
    let split = -1;
    for (let i = title.indexOf(" "); i > 0; i = title.indexOf(" ", i + 1))
      if (split < 0 || Math.abs(i - title.length / 2) < Math.abs(split - title.length / 2)) split = i;
    return [title.slice(0, split), title.slice(split + 1)];
  };

  /* How texts of a class are written: asked once for each, as each question costs a layout. */
  const hands = new Map();
  const hand = (text) => {
    const cls = text.getAttribute("class");
    if (!hands.has(cls)) {
      const probe = document.createElementNS(text.namespaceURI, "svg");
      probe.append(text.cloneNode());
      document.body.append(probe);
      const style = getComputedStyle(probe.firstChild), size = parseFloat(style.fontSize);
      hands.set(cls, {
        size, spacing: parseFloat(style.letterSpacing) || 0,
        font: `${style.fontStyle} ${style.fontWeight} ${size}px ${style.fontFamily}`,
      });
      probe.remove();
    }
    return hands.get(cls);
  };

  /* A text element filled with a title, and its size in pixels. */
  const measured = (text, title, wraps) => {
    const { size, spacing, font } = hand(text);
    const lines = wraps ? wrapped(title) : [title];
    pencil.font = font;
    for (const line of lines) {
      const span = document.createElementNS(text.namespaceURI, "tspan");
      span.textContent = line;
      text.append(span);
    }
    const width = Math.max(...lines.map((l) => pencil.measureText(l).width + spacing * (l.length - 1)));
    return { text, size, width, height: size * 1.12 * lines.length };
  };

  const put = (label, spot) => {
    label.text.classList.toggle("none", !spot);
    if (!spot) return;
    label.text.setAttribute("text-anchor", spot.anchor);
    [...label.text.children].forEach((line, n) => {
      line.setAttribute("x", spot.x.toFixed(1));
      line.setAttribute("y", (spot.y + n * label.size * 1.12).toFixed(1));
    });
  };

  /* Right, left, above, below, then the corners, then above and below but to one side. */
  const around = (radius, { width, height }) => {
    const gap = radius + 3, slant = gap * 0.75;
    if (!radius) return [0, 14, -14, 28, -28].map((down) => [0, down - height / 2, 1]);
    return [
      [gap, -height / 2, 0], [-gap, -height / 2, 2], [0, -gap - height, 1], [0, gap, 1],
      [slant, -slant - height * 0.75, 0], [slant, slant - height * 0.25, 0],
      [-slant, -slant - height * 0.75, 2], [-slant, slant - height * 0.25, 2],
      [-radius, gap, 0], [radius, gap, 2], [-radius, -gap - height, 0], [radius, -gap - height, 2],
    ];
  };

  const crossings = (rings, y) => {
    const found = [];
    for (const ring of rings)
      for (let i = 0, a = ring[ring.length - 1]; i < ring.length; a = ring[i++]) {
        const b = ring[i];
        if (a[1] > y !== b[1] > y) found.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
      }
    return found.sort((a, b) => a - b);
  };

  /* Where a shape lies on each row, and how much room it leaves around a box. */
  const scan = (rings, outside) => {
    const rows = new Map();
    const row = (y) => {
      if (!rows.has(y)) rows.set(y, outside ? [-Infinity, ...crossings(rings, y), Infinity] : crossings(rings, y));
      return rows.get(y);
    };
    const room = ([left, top, right, bottom], x) => {
      let least = Infinity;
      for (const y of [top, (top + bottom) / 2, bottom]) {
        const edges = row(y);
        let i = 0;
        while (i < edges.length && edges[i + 1] < x) i += 2;
        if (!(edges[i] <= x)) return -Infinity;
        least = Math.min(least, left - edges[i], edges[i + 1] - right);
      }
      return least;
    };
    const middle = (view) => {
      let total = 0, across = 0, down = 0;
      for (let n = 0.5; n < 24; n++) {
        const y = view[1] + ((view[3] - view[1]) * n) / 24, edges = row(y);
        for (let i = 0; i + 1 < edges.length; i += 2) {
          const start = Math.max(edges[i], view[0]), end = Math.min(edges[i + 1], view[2]);
          if (end <= start) continue;
          total += end - start;
          across += ((end - start) * (start + end)) / 2;
          down += (end - start) * y;
        }
      }
      return total && [across / total, down / total];
    };
    return { room, middle, holds: (x, y) => room([x, y, x, y], x) >= 0 };
  };

  const outwards = (wanted, low, high) => {
    if (low > high) return [];
    const start = Math.min(Math.max(wanted, low), high), found = [start];
    for (let n = 1; n * STEP <= high - low; n++)
      for (const at of [start - n * STEP, start + n * STEP]) if (at >= low && at <= high) found.push(at);
    return found;
  };

  const place = ({ size, corner, ground, toLayer, scaled, places, titles, shapes, edges, routes, covered }) => {
    const view = [
      Math.max(corner.x, ground.min.x) + 3, Math.max(corner.y, ground.min.y) + 3,
      Math.min(corner.x + size.x, ground.max.x) - 3, Math.min(corner.y + size.y, ground.max.y) - 3,
    ];
    const inView = (x, y) => x > view[0] && y > view[1] && x < view[2] && y < view[3];
    /* Boxes that are taken, by the squares of the map they lie in: thousands are looked up quickly. */
    const SQUARE = 64, taken = new Map(), near = new Map();
    const squares = function* ([l, t, r, b]) {
      for (let i = Math.floor(l / SQUARE); i <= Math.floor(r / SQUARE); i++)
        for (let j = Math.floor(t / SQUARE); j <= Math.floor(b / SQUARE); j++) yield i * 65536 + j;
    };
    const take = (box) => {
      if (box[2] < view[0] || box[0] > view[2] || box[3] < view[1] || box[1] > view[3]) return;
      for (const key of squares(box)) taken.has(key) ? taken.get(key).push(box) : taken.set(key, [box]);
    };
    const isTaken = (box) => {
      for (const key of squares(box))
        for (const o of taken.get(key) || [])
          if (box[0] < o[2] && o[0] < box[2] && box[1] < o[3] && o[1] < box[3]) return true;
      return false;
    };
    const avoid = (line, weight) => {
      const points = line.map(toLayer);
      for (let i = 1; i < points.length; i++) {
        const a = points[i - 1], b = points[i];
        const steps = Math.min(4000, Math.max(1, Math.ceil(a.distanceTo(b) / 4)));
        for (let s = 0; s < steps; s++) {
          const x = a.x + ((b.x - a.x) * s) / steps, y = a.y + ((b.y - a.y) * s) / steps;
          if (!inView(x, y)) continue;
          const cell = `${Math.floor(x / CELL)},${Math.floor(y / CELL)}`;
          if (!near.has(cell)) near.set(cell, []);
          near.get(cell).push([x, y, weight]);
        }
      }
    };
    const cost = ([l, t, r, b]) => {
      if (l < view[0] || t < view[1] || r > view[2] || b > view[3]) return Infinity;
      if (isTaken([l, t, r, b])) return Infinity;
      let total = 0;
      for (let i = Math.floor(l / CELL); i <= Math.floor(r / CELL); i++)
        for (let j = Math.floor(t / CELL); j <= Math.floor(b / CELL); j++)
          for (const [x, y, weight] of near.get(`${i},${j}`) || [])
            if (l < x && x < r && t < y && y < b) total += weight;
      return total;
    };
    for (const line of routes) avoid(line, 1);
    for (const line of edges) avoid(line, 0.4);
    for (const [l, t, w, h] of covered) take([corner.x + l, corner.y + t, corner.x + l + w, corner.y + t + h]);

    const drawn = shapes.map(({ id, name, rings }) => ({ id, name, rings: rings.map((ring) => ring.map(scaled)) }));
    const lands = drawn.map(({ id, name, rings }) => ({ id, name, scan: scan(rings) }));
    const water = scan(drawn.flatMap((shape) => shape.rings), true);
    const anywhere = scan([], true);
    const abroad = (country, x, y) =>
      lands.some((l) => l.id === country) && lands.some((l) => l.id !== country && l.scan.holds(x, Math.round(y / 4) * 4));

    const spots = places.map((p) => ({ ...p, point: toLayer(p.at).add([p.shift, 0]) }));
    for (const { point: { x, y }, radius: r } of spots) if (r) take([x - r, y - r, x + r, y + r]);
    for (const { point: { x, y }, radius, label, country } of spots.slice().sort((a, b) => a.rank - b.rank)) {
      let best = null, least = WORST;
      around(radius, label).forEach(([dx, dy, anchor], n) => {
        const left = x + dx - (anchor * label.width) / 2, top = y + dy;
        const box = [left - 1, top, left + label.width + 1, top + label.height];
        let sum = cost(box) + n * 0.6;
        if (sum < least && abroad(country, left + label.width / 2, top + label.height / 2)) sum += 12;
        if (sum >= least) return;
        least = sum;
        best = { box, x: dx, y: dy + label.size * 0.87, anchor: ["start", "middle", "end"][anchor] };
      });
      if (best) take(best.box);
      put(label, best);
    }

    /* The one ring around a point: an exclave's name must not move to the mainland. */
    const ringAround = (x, y) =>
      drawn.flatMap((d) => d.rings).map((ring) => scan([ring])).find((ring) => ring.holds(x, y));
    const degree = toLayer(L.latLng(0, 1)).x - toLayer(L.latLng(0, 0)).x;
    const reach = { ...REACH, sea: Math.min(REACH.sea, SEA_DEGREES * degree) };
    for (const kind of ["sea", "country", "lake", "province"])
      for (const title of titles.filter((t) => t.kind === kind)) {
        const { label } = title, { width, size: height } = label;
        const land = kind === "country" && lands.find((l) => l.name === title.name)?.scan;
        const home = title.at ? toLayer(title.at) : land && L.point(land.middle(view) || [NaN, NaN]);
        const { x, y } = home;
        const shape = land || (kind === "sea" ? water : kind === "lake" ? anywhere : ringAround(x, y));
        if (!shape || isNaN(x)) { put(label); continue; }
        const others = kind === "sea" ? titles.filter((t) => t.kind === kind && t !== title).map((t) => toLayer(t.at)) : [];
        const inset = [size.x * 0.14, size.y * 0.14];
        const wanted = inView(x, y) ? [x, y] : (kind === "country" && shape.middle(view)) || [
          Math.min(Math.max(x, view[0] + inset[0]), view[2] - inset[0]),
          Math.min(Math.max(y, view[1] + inset[1]), view[3] - inset[1]),
        ];
        let best = null, least = Infinity;
        if (Math.hypot(x - wanted[0], y - wanted[1]) <= reach[kind])
          for (const cy of outwards(wanted[1], view[1] + height, view[3] - height))
            for (const cx of outwards(wanted[0], view[0] + width / 2 + 6, view[2] - width / 2 - 6)) {
              const away = Math.hypot(cx - wanted[0], cy - wanted[1]);
              if (away > reach[kind] || away * 0.03 > least) continue;
              if (others.some((o) => Math.hypot(cx - o.x, cy - o.y) < Math.hypot(cx - x, cy - y))) continue;
              const box = [cx - width / 2 - 4, cy - height / 2 - 2, cx + width / 2 + 4, cy + height / 2 + 2];
              const free = shape.room(box, cx);
              if (free < 0) continue;
              const sum = cost(box) + away * 0.03 + Math.max(0, 24 - free) * 0.1;
              if (sum < least) [least, best] = [sum, { box, x: cx, y: cy + height * 0.36, anchor: "middle" }];
            }
        if (best) take(best.box);
        put(label, best);
      }
  };

  window.briefsite.labels = { measured, place };
})();
