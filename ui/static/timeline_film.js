/* Rasid's timeline, 5 of 8: the film. While time plays the map is painted from reels, on a canvas of its own over the
   still one: no request and no shape a picture. Rings grow and shrink from one window of days to the next.

   timeline.film: open(first, last), move(first, last), ready(last), close(). Paints with the shapes of the layer. */
(function () {
  "use strict";

  const { now } = window.rasid;
  const { Cluster, Pin, Ring, Arrow } = window.rasid.shapes;
  const { colour } = window.rasid.paint;
  const { curve } = window.rasid.cells;
  const { time, ask, view, bounds } = window.rasid.timeline;
  const { decode, Running } = window.rasid.timeline.reel;
  const CLOSE = 0.6; // of the width of a cell, as ui/cells.py joins them
  const DAYS = { week: 7, month: 31 }; // of a step
  const EASE = 85; // milliseconds
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const UNDER = 90; // milliseconds: areas and arrows are painted afresh no more often
  let running = null, loading = null, canvas = null, renderer = null, shown = new Map(), frame = 0, before = 0, beats = [];
  let meant = null, under = null, underView = "", underAt = 0, underOld = true, calm = false;

  /* Loading ---------------------------------------------------------------------------------------------------------- */

  async function fetchReel(into, since, opening) {
    if (loading) loading.abort();
    const mine = (loading = new AbortController());
    const query = Object.assign(view(), { by: time.split, since, until: Math.max(bounds()[1], since) });
    if (opening !== null) query.opening = opening;
    try {
      const answer = await ask("reel", query, mine.signal), bytes = await answer.arrayBuffer();
      if (mine.signal.aborted) return;
      into.feed(decode(bytes));
      moved();
      if (running !== into) begin(into);
    } catch (error) {
      if (error.name !== "AbortError") document.body.dataset.rasidError = error.message;
    } finally {
      if (loading === mine) loading = null;
    }
  }

  function begin(next) {
    if (running) next.move(running.first, running.last); // time went on while it came
    else document.body.classList.add("rasid-playing");
    running = next;
    shown = new Map();
    moved();
    if (!frame) frame = requestAnimationFrame(paint);
  }

  function open(first, last) {
    return fetchReel(new Running(first, last), last, first);
  }

  function reopen() {
    if (running) open(running.first, running.last);
  }

  // days that will have played two seconds from now: a reel that ends by then is followed by the next
  const ahead = () => 30 + 2 * time.speed * (DAYS[time.step] || 1);

  function moved() {
    meant = null;
    underOld = true;
  }

  function move(first, last) {
    if (!running) return;
    running.move(first, last);
    moved();
    if (!loading && running.until < bounds()[1] && last + ahead() > running.until) fetchReel(running, running.until + 1, null);
  }

  const ready = (last) => Boolean(running) && (running.until >= last || running.until >= bounds()[1]);

  /* From cells to shapes on the screen --------------------------------------------------------------------------------- */

  // clusters too close to draw both are one, as on the still map
  function join(cells, columns) {
    const taken = new Set(), joined = [];
    [...cells.values()].sort((a, b) => b.count - a.count || a.place - b.place).forEach(function (cell) {
      if (taken.has(cell.place)) return;
      taken.add(cell.place);
      const parts = [cell], at = centre(cell, columns), column = cell.place % columns;
      for (let down = -1; down <= 1; down++) for (let across = -1; across <= 1; across++) {
        if (column + across < 0 || column + across >= columns) continue;
        const other = cells.get(cell.place + down * columns + across);
        if (!other || taken.has(other.place)) continue;
        const there = centre(other, columns);
        if (Math.hypot(at[0] - there[0], at[1] - there[1]) >= CLOSE) continue;
        parts.push(other);
        taken.add(other.place);
      }
      joined.push(gather(parts, columns));
    });
    return joined;
  }

  // in cells from the corner of the frame
  function centre(cell, columns) {
    return [(cell.place % columns) + cell.x / cell.count / 256, Math.floor(cell.place / columns) + cell.y / cell.count / 256];
  }

  function gather(parts, columns) {
    const sum = { key: parts[0].place, count: 0, x: 0, y: 0, looks: new Map() };
    parts.forEach(function (cell) {
      const at = centre(cell, columns);
      sum.count += cell.count;
      sum.x += at[0] * cell.count;
      sum.y += at[1] * cell.count;
      cell.looks.forEach((count, look) => sum.looks.set(look, (sum.looks.get(look) || 0) + count));
    });
    sum.x /= sum.count;
    sum.y /= sum.count;
    sum.types = types(sum.looks);
    sum.look = most(sum.looks);
    return sum;
  }

  function types(looks) {
    const counts = new Map();
    looks.forEach((count, look) => counts.set(look & 15, (counts.get(look & 15) || 0) + count));
    return [...counts].sort((a, b) => b[1] - a[1]);
  }

  const most = (looks) => [...looks].reduce((best, each) => (each[1] > best[1] ? each : best))[0];

  // world units to pixels of the screen
  function toScreen() {
    const scale = (256 * Math.pow(2, now.map.getZoom())) / Math.pow(2, 30), corner = now.map.getPixelBounds().min;
    return (x, y) => ({ x: x * scale - corner.x, y: y * scale - corner.y });
  }

  /* Painting --------------------------------------------------------------------------------------------------------- */

  function stand(Kind, fields) {
    return Object.assign(Object.create(Kind.prototype), { _renderer: renderer, _empty: () => false }, fields);
  }

  function clear(target) {
    const size = now.map.getSize(), scale = window.devicePixelRatio || 1, wide = Math.round(size.x * scale);
    if (target.width !== wide || target.height !== Math.round(size.y * scale)) {
      target.width = wide;
      target.height = Math.round(size.y * scale);
      target.style.width = size.x + "px";
      target.style.height = size.y + "px";
    }
    const ctx = target.getContext("2d");
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    ctx.clearRect(0, 0, size.x, size.y);
    renderer._ctx = ctx;
    renderer._bounds = L.bounds([0, 0], size);
    return size;
  }

  // what lies under the points changes little from one picture to the next and costs most
  function paintUnder(clock, view) {
    if (view === underView && !(underOld && clock - underAt > UNDER)) return;
    [underView, underAt, underOld] = [view, clock, false];
    clear(under);
    paintAreas();
    paintRoutes();
  }

  function paintAreas() {
    const world = 256 * Math.pow(2, now.map.getZoom());
    const metre = (at) => 40075016.7 * Math.cos((at.lat * Math.PI) / 180) / world;
    [...running.areas.values()].sort((a, b) => b.about[3] - a.about[3]).forEach(function (area) {
      const at = L.latLng(area.about[2], area.about[1]), look = most(area.looks), own = colour(look & 15);
      const radius = Math.max((area.about[3] * 1000) / metre(at), 8), past = ((look >> 5) & 7) !== 0;
      stand(Ring, { _point: now.map.latLngToContainerPoint(at), _radius: radius, _radiusY: radius, options: {
        stroke: true, color: own, weight: 1.8, opacity: past ? 0.6 : 0.95, dashArray: [6, 5], _dashArray: [6, 5],
        fill: true, fillColor: own, fillOpacity: 0.05, count: area.count,
      } })._updatePath();
    });
  }

  function paintRoutes() {
    running.routes.forEach(function (route) {
      const [, west, south, east, north] = route.about;
      const path = curve([south, west], [north, east]).map((at) => now.map.latLngToContainerPoint(at));
      const options = { color: colour(most(route.looks) & 15), weight: Math.min(1.6 + Math.log2(route.count), 5) };
      stand(Arrow, { _rings: [path], _pxBounds: renderer._bounds, options })._updatePath();
    });
  }

  // what is shown follows what is meant, a little behind
  function follow(passed) {
    calm = true;
    const { left, top, shift, columns } = running.frame, width = Math.pow(2, shift);
    meant = meant || join(running.cells, columns);
    const share = still.matches ? 1 : 1 - Math.exp(-passed / EASE), present = new Set();
    meant.forEach(function (sum) {
      present.add(sum.key);
      const radius = sum.count > 1 ? Math.min(13 + 2.4 * Math.log2(sum.count), 36) : sum.look & 16 ? 6 : 7.5;
      const x = left + sum.x * width, y = top + sum.y * width, old = shown.get(sum.key) || { radius: 3, x, y };
      const near = (from, to) => from + (to - from) * share;
      const next = { sum, radius: near(old.radius, radius), x: near(old.x, x), y: near(old.y, y) };
      shown.set(sum.key, next);
      calm = calm && Math.abs(radius - next.radius) < 0.1;
    });
    shown.forEach(function (each, key) {
      if (present.has(key)) return;
      calm = false;
      each.radius *= 1 - share;
      if (each.radius < 2.5) shown.delete(key);
    });
  }

  function paintPoints() {
    const spot = toScreen();
    [...shown.values()].sort((a, b) => a.sum.count - b.sum.count).forEach(function ({ sum, radius, x, y }) {
      const fields = { _point: spot(x, y), _radius: radius };
      if (sum.count > 1 && radius > 9) {
        fields.options = { count: sum.count, types: sum.types };
        return stand(Cluster, fields)._updatePath();
      }
      fields.options = { type: sum.look & 15, site: sum.look & 16, status: (sum.look >> 5) & 7, reviewed: sum.look >> 8 };
      stand(Pin, fields)._updatePath();
    });
  }

  function paintAll(clock, view) {
    const moving = now.map._animatingZoom;
    if (!moving) paintUnder(clock, view);
    const size = clear(canvas);
    L.DomUtil.setPosition(canvas, now.map.containerPointToLayerPoint([0, 0]));
    if (moving) return;
    renderer._ctx.drawImage(under, 0, 0, size.x, size.y);
    follow(Math.min(clock - before, 100));
    paintPoints();
  }

  function paint(clock) {
    frame = 0;
    if (!running) return;
    const view = now.map.getZoom() + " " + now.map.getPixelBounds().min + now.map.getSize() + now.state.theme;
    if (!(calm && meant && !underOld && view === underView)) paintAll(clock, view); // nothing moved, nothing to paint
    before = clock;
    beat(clock);
    frame = requestAnimationFrame(paint);
  }

  // pictures a second, for who measures them
  function beat(clock) {
    beats.push(clock);
    while (beats[0] < clock - 1000) beats.shift();
    document.body.dataset.rasidPictures = beats.length;
    document.body.dataset.rasidPlaying = running.total;
  }

  // the still map takes over as soon as it is drawn
  function close() {
    if (loading) loading.abort();
    loading = null;
    const leave = function () {
      if (time.playing) return;
      now.map.off("rasid-drawn", leave);
      clearTimeout(late);
      running = null;
      document.body.classList.remove("rasid-playing");
      clear(canvas);
    };
    const late = setTimeout(leave, 1500);
    now.map.on("rasid-drawn", leave);
  }

  function attach() {
    now.map.createPane("rasid-film").style.zIndex = 451;
    now.map.getPane("rasid-film").style.pointerEvents = "none";
    [canvas, under] = [document.createElement("canvas"), document.createElement("canvas")];
    canvas.className = "leaflet-zoom-hide";
    now.map.getPane("rasid-film").append(canvas);
    renderer = Object.assign(Object.create(L.Canvas.prototype), { _drawing: true });
    now.map.on("moveend", reopen);
  }

  window.rasid.timeline.film = { attach, open, reopen, move, ready, close };
})();
