/* Rasid's layer: draws the events of the cells it asks the server for on one Leaflet canvas, and says what was clicked.

   window.rasid.attach(map, options)  once, when folium has made the map
   window.rasid.show(state)           whenever what is shown changes: a key, never a word of any article

   Words of events arrive as JSON (ui/payload.py says its form) and are shown with textContent only. */
(function () {
  "use strict";

  const STATUS = ["actual", "historical", "future", "hypothetical", "denied"];
  const HOME = "../../rasid/";
  let map, options, state = {}, drawn = null, fetched = null, asking = null, waiting = 0, stale = 0, picks = 0, tip, outlines, selection, web, towns, townsFetched;
  const byRow = new Map();

  const dark = () => state.theme === "dark";
  const ink = () => (dark() ? "#e8eaed" : "#1f2933");
  const paper = () => (dark() ? "#1b222b" : "#ffffff");

  // dark colours are lifted where the map is dark
  function colour(type) {
    const hex = options.colours[type] || "#888888", value = parseInt(hex.slice(1), 16);
    const parts = [value >> 16, (value >> 8) & 255, value & 255];
    if (!dark() || 0.3 * parts[0] + 0.59 * parts[1] + 0.11 * parts[2] > 110) return hex;
    return "#" + parts.map((part) => Math.round(part + (255 - part) * 0.38).toString(16).padStart(2, "0")).join("");
  }

  const family = '"IBM Plex Sans Arabic", system-ui, sans-serif';

  function alpha(hex, opacity) {
    const value = parseInt(hex.slice(1), 16);
    return "rgba(" + (value >> 16) + "," + ((value >> 8) & 255) + "," + (value & 255) + "," + opacity + ")";
  }

  function shorten(count) {
    if (count < 1000) return String(count);
    if (count < 10000) return (count / 1000).toFixed(1) + "k";
    if (count < 1000000) return Math.round(count / 1000) + "k";
    return (count / 1000000).toFixed(1) + "M";
  }

  /* Shapes ------------------------------------------------------------------------------------------------------- */

  const drawing = (layer) => layer._renderer._drawing && !layer._empty();

  const Cluster = L.CircleMarker.extend({
    _updatePath: function () {
      if (!drawing(this)) return;
      const ctx = this._renderer._ctx, p = this._point, r = this._radius, count = this.options.count;
      ctx.globalAlpha = 1;
      disc(ctx, p.x, p.y, r + 1.5, dark() ? "rgba(0,0,0,.45)" : "rgba(255,255,255,.9)");
      let from = -Math.PI / 2;
      this.options.types.forEach(function (part) {
        const to = from + (part[1] / count) * 2 * Math.PI;
        ctx.beginPath();
        ctx.moveTo(p.x, p.y);
        ctx.arc(p.x, p.y, r, from, to);
        ctx.fillStyle = colour(part[0]);
        ctx.fill();
        from = to;
      });
      disc(ctx, p.x, p.y, r - 4.5, paper());
      write(ctx, shorten(count), p.x, p.y, r < 17 ? 11 : 12.5, ink());
    },
  });

  const Pin = L.CircleMarker.extend({
    _updatePath: function () {
      if (!drawing(this)) return;
      const ctx = this._renderer._ctx, p = this._point, r = this._radius, own = colour(this.options.type);
      const status = STATUS[this.options.status], past = status === "historical";
      ctx.globalAlpha = 1;
      disc(ctx, p.x, p.y, r + 1.5, dark() ? "rgba(0,0,0,.6)" : "rgba(255,255,255,.95)");
      if (status === "actual" || past) {
        disc(ctx, p.x, p.y, r, this.options.site ? alpha(own, past ? 0.45 : 1) : alpha(own, past ? 0.12 : 0.4));
      }
      ring(ctx, p.x, p.y, r - 0.5, own, this.options.site ? 1 : 2, status === "future" || status === "hypothetical" ? [2, 2] : []);
      if (status === "denied") cross(ctx, p.x, p.y, r - 1.5, own);
      if (this.options.reviewed) ring(ctx, p.x, p.y, r + 2.5, ink(), 1.2, []);
    },
  });

  const SMALLEST = 8; // pixels: an area stays visible however far out the map is zoomed

  const Ring = L.Circle.extend({
    _project: function () {
      L.Circle.prototype._project.call(this);
      this._radius = Math.max(this._radius, SMALLEST);
      this._radiusY = Math.max(this._radiusY, SMALLEST);
      this._updateBounds();
    },
    _updatePath: function () {
      if (!drawing(this)) return;
      const ctx = this._renderer._ctx;
      ring(ctx, this._point.x, this._point.y, this._radius, dark() ? "rgba(0,0,0,.5)" : "rgba(255,255,255,.75)", 4.5, []);
      this._renderer._updateCircle(this);
      if (this.options.count < 2) return;
      const at = this._chip(), text = shorten(this.options.count);
      ctx.globalAlpha = 1;
      ctx.setLineDash([]);
      const width = 12 + 7 * text.length;
      ctx.beginPath();
      ctx.roundRect(at.x - width / 2, at.y - 9, width, 18, 9);
      ctx.fillStyle = paper();
      ctx.fill();
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = this.options.color;
      ctx.stroke();
      write(ctx, text, at.x, at.y, 11, ink());
    },
    _chip: function () {
      return L.point(this._point.x, this._point.y - this._radiusY);
    },
    _updateBounds: function () {
      L.Circle.prototype._updateBounds.call(this);
      this._pxBounds = L.bounds(this._pxBounds.min.subtract([24, 12]), this._pxBounds.max.add([24, 12]));
    },
    _containsPoint: function (p) {
      const away = Math.hypot(p.x - this._point.x, p.y - this._point.y);
      if (this._radius < 24) return away <= this._radius + 4;
      const chip = this._chip();
      return Math.abs(away - this._radius) < 6 || (Math.abs(p.x - chip.x) < 18 && Math.abs(p.y - chip.y) < 11);
    },
  });

  const Extent = L.Circle.extend({
    _updatePath: function () {
      if (drawing(this) && this._radius > 15) this._renderer._updateCircle(this);
    },
  });

  const Arrow = L.Polyline.extend({
    _updatePath: function () {
      if (!this._renderer._drawing || !this._rings.length || !this._pxBounds.intersects(this._renderer._bounds)) return;
      const ctx = this._renderer._ctx, path = this._rings[0], own = this.options.color;
      if (path.length < 3) return;
      const tipAt = path[path.length - 1], before = path[path.length - 3];
      const start = path[0], span = Math.hypot(tipAt.x - start.x, tipAt.y - start.y);
      if (span < 16) return;
      ctx.globalAlpha = 1;
      ctx.setLineDash([]);
      ctx.beginPath();
      path.forEach(function (point, index) { index ? ctx.lineTo(point.x, point.y) : ctx.moveTo(point.x, point.y); });
      ctx.lineWidth = this.options.weight + 2.5;
      ctx.strokeStyle = dark() ? "rgba(0,0,0,.5)" : "rgba(255,255,255,.8)";
      ctx.stroke();
      ctx.lineWidth = this.options.weight;
      ctx.strokeStyle = alpha(own, 0.85);
      ctx.stroke();
      const angle = Math.atan2(tipAt.y - before.y, tipAt.x - before.x), size = 8 + this.options.weight;
      const end = { x: tipAt.x - 7 * Math.cos(angle), y: tipAt.y - 7 * Math.sin(angle) };
      ctx.beginPath();
      ctx.moveTo(end.x, end.y);
      ctx.lineTo(end.x - size * Math.cos(angle - 0.42), end.y - size * Math.sin(angle - 0.42));
      ctx.lineTo(end.x - size * Math.cos(angle + 0.42), end.y - size * Math.sin(angle + 0.42));
      ctx.closePath();
      ctx.fillStyle = own;
      ctx.fill();
      ctx.beginPath();
      ctx.rect(start.x - 4, start.y - 4, 8, 8);
      ctx.fillStyle = paper();
      ctx.fill();
      ctx.lineWidth = 1.8;
      ctx.strokeStyle = own;
      ctx.stroke();
    },
  });

  function disc(ctx, x, y, radius, fill) {
    ctx.beginPath();
    ctx.arc(x, y, Math.max(radius, 0), 0, 2 * Math.PI);
    ctx.fillStyle = fill;
    ctx.fill();
  }

  function ring(ctx, x, y, radius, stroke, width, dash) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.setLineDash(dash);
    ctx.lineWidth = width;
    ctx.strokeStyle = stroke;
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function cross(ctx, x, y, arm, stroke) {
    ctx.beginPath();
    ctx.moveTo(x - arm, y - arm);
    ctx.lineTo(x + arm, y + arm);
    ctx.moveTo(x + arm, y - arm);
    ctx.lineTo(x - arm, y + arm);
    ctx.lineWidth = 1.8;
    ctx.strokeStyle = stroke;
    ctx.stroke();
  }

  function write(ctx, text, x, y, size, fill) {
    ctx.font = "600 " + size + "px " + family;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = fill;
    ctx.fillText(text, x, y + 0.5);
  }

  /* From cells to shapes ------------------------------------------------------------------------------------------ */

  function curve(from, to) {
    const dx = to[1] - from[1], dy = to[0] - from[0], bend = 0.14;
    const middle = [(from[0] + to[0]) / 2 + bend * dx, (from[1] + to[1]) / 2 - bend * dy];
    const points = [];
    for (let step = 0; step <= 24; step++) {
      const t = step / 24, u = 1 - t;
      points.push([u * u * from[0] + 2 * u * t * middle[0] + t * t * to[0], u * u * from[1] + 2 * u * t * middle[1] + t * t * to[1]]);
    }
    return points;
  }

  function shapes(cells) {
    const group = L.featureGroup();
    const common = { renderer: map.rasidCanvas, pane: "rasid" };
    byRow.clear();
    cells.areas.slice().sort((a, b) => b[3] - a[3]).forEach(function (a) {
      const past = STATUS[a[7]] !== "actual";
      const area = new Ring([a[2], a[1]], Object.assign({
        radius: a[3] * 1000, color: colour(a[5]), weight: 1.8, opacity: past ? 0.6 : 0.95, dashArray: [6, 5],
        fillColor: colour(a[5]), fillOpacity: 0.05, count: a[4],
        said: a[4] > 1 ? { place: a[0] } : { row: a[0] }, title: a[8], note: a[4] > 1 ? a[4] + " ×" : a[9],
      }, common));
      byRow.set(a[0], area);
      group.addLayer(area);
    });
    cells.routes.forEach(function (r) {
      group.addLayer(new Arrow(curve([r[2], r[1]], [r[4], r[3]]), Object.assign({
        color: colour(r[6]), weight: Math.min(1.6 + Math.log2(r[5]), 5), noClip: true, smoothFactor: 0, interactive: false,
      }, common)));
    });
    cells.points.forEach(function (p) {
      const pin = new Pin([p[2], p[1]], Object.assign({
        radius: p[4] ? 6 : 7.5, type: p[3], site: p[4], status: p[6], reviewed: p[7], said: { row: p[0] }, title: p[8], note: p[9],
      }, common));
      byRow.set(p[0], pin);
      group.addLayer(pin);
    });
    cells.clusters.slice().sort((a, b) => a[2] - b[2]).forEach(function (c) {
      group.addLayer(new Cluster([c[1], c[0]], Object.assign({
        radius: Math.min(13 + 2.4 * Math.log2(c[2]), 36), count: c[2], types: c[5],
        said: c[3] >= 0 ? { place: c[3] } : null, bounds: c[4], breakdown: c[5], title: "",
      }, common)));
    });
    return group;
  }

  function swap(cells) {
    const next = shapes(cells);
    next.on("click", onClick).on("mouseover", onOver).on("mouseout", hideTip);
    next.addTo(map);
    if (drawn) map.removeLayer(drawn);
    drawn = next;
    hideTip();
    mark(cells);
  }

  function mark(cells) {
    const hook = document.body.dataset;
    hook.rasidKey = state.key;
    hook.rasidClusters = cells.clusters.length;
    hook.rasidPoints = cells.points.length;
    hook.rasidAreas = cells.areas.length;
    hook.rasidRoutes = cells.routes.length;
    hook.rasidEvents = cells.points.length + cells.clusters.reduce((sum, c) => sum + c[2], 0) + cells.areas.reduce((sum, a) => sum + a[4], 0);
    hook.rasidDrawn = Number(hook.rasidDrawn || 0) + 1;
  }

  /* Asking ---------------------------------------------------------------------------------------------------------- */

  function ask() {
    clearTimeout(waiting);
    waiting = setTimeout(askNow, 15);
  }

  function askNow() {
    if (!state.key) return;
    const bounds = map.getBounds(), zoom = map.getZoom();
    if (fetched && fetched.key === state.key && fetched.zoom === zoom && fetched.bounds.contains(bounds)) return;
    if (asking) asking.abort();
    const mine = (asking = new AbortController());
    const wanted = { key: state.key, zoom: zoom, bounds: bounds.pad(0.2) };
    fetch(HOME + "cells/" + state.key + "?" + view(), { signal: mine.signal })
      .then(function (answer) {
        if (answer.status === 410 && ++stale < 6) { // the server forgot: a rerun leaves it the same again
          pick({ stale: state.key });
          setTimeout(ask, 500 * stale);
          return null;
        }
        if (!answer.ok) throw new Error("cells: " + answer.status);
        return answer.json();
      })
      .then(function (cells) {
        if (!cells || mine.signal.aborted) return;
        fetched = wanted;
        stale = 0;
        swap(cells);
      })
      .catch(function (error) {
        if (error.name !== "AbortError") document.body.dataset.rasidError = error.message;
      });
  }

  function pick(said) {
    said.n = ++picks;
    said.key = state.key;
    const value = { last_object_clicked_tooltip: JSON.stringify(said) };
    window.__GLOBAL_DATA__.last_object_clicked_tooltip = value.last_object_clicked_tooltip;
    window.__GLOBAL_DATA__.previous_data = value;
    window.Streamlit.setComponentValue(value);
  }

  /* Pointing -------------------------------------------------------------------------------------------------------- */

  function onClick(event) {
    const shape = event.propagatedFrom || event.layer;
    L.DomEvent.stopPropagation(event);
    if (shape.options.said) pick(Object.assign({}, shape.options.said));
    else if (shape.options.bounds) {
      const b = shape.options.bounds;
      map.fitBounds([[b[1], b[0]], [b[3], b[2]]], { padding: [60, 60], maxZoom: Math.max(map.getZoom() + 2, 13) });
    }
  }

  function line(text, name) {
    const element = document.createElement("div");
    element.className = name;
    element.dir = "auto";
    element.textContent = text;
    return element;
  }

  function onOver(event) {
    const shape = event.propagatedFrom || event.layer, parts = [];
    const chosen = shape.options;
    if (chosen.breakdown) {
      chosen.breakdown.slice(0, 5).forEach((part) => parts.push(line(shorten(part[1]) + "  " + (state.types || [])[part[0]], "rasid-tip-type")));
    } else {
      parts.push(line(chosen.title || "…", "rasid-tip-title"));
      if (chosen.note) parts.push(line(chosen.note, "rasid-tip-note"));
    }
    tip.replaceChildren(...parts);
    const at = map.latLngToContainerPoint(shape.getLatLng ? shape.getLatLng() : event.latlng);
    const spot = shape instanceof Ring ? map.mouseEventToContainerPoint(event.originalEvent) : at;
    tip.style.display = "block";
    const flip = spot.x > map.getSize().x - 180;
    tip.style.left = spot.x + (flip ? -14 : 14) + "px";
    tip.style.top = spot.y - 12 + "px";
    tip.style.transform = flip ? "translateX(-100%)" : "none";
  }

  function hideTip() {
    if (tip) tip.style.display = "none";
  }

  /* What is around the events: base layers, outlines, the chosen event ------------------------------------------------ */

  function showBase() {
    document.body.classList.toggle("rasid-dark", dark());
    const wanted = options.web[state.base];
    if (web && web.rasidName !== state.base) { map.removeLayer(web); web = null; }
    if (wanted && !web) {
      web = L.tileLayer(wanted.url, { attribution: wanted.attribution, maxZoom: 19, className: "rasid-web" });
      web.rasidName = state.base;
      web.addTo(map);
    }
    showOutlines();
    showTowns();
  }

  /* The tiles end at zoom 6: beyond, they fade to washes of colour and the names of towns are written over them. */

  const Town = L.CircleMarker.extend({
    _updatePath: function () {
      if (!drawing(this)) return;
      const ctx = this._renderer._ctx, p = this._point;
      ctx.globalAlpha = 1;
      disc(ctx, p.x, p.y, 2, dark() ? "#97a3b0" : "#77828e");
      ctx.font = "400 11.5px " + family;
      ctx.textAlign = "center";
      ctx.textBaseline = "top";
      ctx.lineJoin = "round";
      ctx.lineWidth = 3;
      ctx.strokeStyle = dark() ? "rgba(18,23,29,.85)" : "rgba(255,255,255,.85)";
      ctx.strokeText(this.options.text, p.x, p.y + 4);
      ctx.fillStyle = dark() ? "#b9c2cc" : "#4a5560";
      ctx.fillText(this.options.text, p.x, p.y + 4);
    },
    _updateBounds: function () {
      L.CircleMarker.prototype._updateBounds.call(this);
      this._pxBounds = L.bounds(this._pxBounds.min.subtract([70, 4]), this._pxBounds.max.add([70, 20]));
    },
  });

  function showTowns() {
    const near = map.getZoom() > 6 && !options.web[state.base];
    const tiles = map.getPane("tilePane");
    tiles.classList.toggle("rasid-wash", near);
    tiles.style.setProperty("--rasid-blur", Math.min(4 * Math.pow(2, map.getZoom() - 7), 40) + "px");
    if (!near) {
      if (towns) { map.removeLayer(towns); towns = null; }
      townsFetched = null;
      return;
    }
    const bounds = map.getBounds(), wanted = [map.getZoom(), state.language, state.theme].join();
    if (townsFetched && townsFetched.wanted === wanted && townsFetched.bounds.contains(bounds)) return;
    townsFetched = { wanted: wanted, bounds: bounds.pad(0.2) };
    const mine = townsFetched;
    fetch(HOME + "towns.json?" + view() + "&lang=" + encodeURIComponent(state.language)).then((answer) => (answer.ok ? answer.json() : [])).then(function (found) {
      if (mine !== townsFetched) return;
      const next = L.layerGroup(found.map((t) => new Town([t[2], t[1]], { renderer: map.rasidTowns, pane: "rasid-towns", radius: 3, text: t[0], interactive: false })));
      next.addTo(map);
      if (towns) map.removeLayer(towns);
      towns = next;
    }).catch(() => {});
  }

  function view() {
    const bounds = map.getBounds();
    return new URLSearchParams({ z: map.getZoom(), w: bounds.getWest(), s: bounds.getSouth(), e: bounds.getEast(), n: bounds.getNorth() });
  }

  function showOutlines() {
    if (!outlines) return;
    const zoom = map.getZoom(), seen = options.web[state.base] || zoom < 5 ? 0 : zoom < 6 ? 0.3 : 0.55;
    outlines.setStyle({ color: dark() ? "#8b98a8" : "#6b7785", opacity: seen });
  }

  function loadOutlines() {
    fetch(HOME + "admin1.geojson").then((answer) => (answer.ok ? answer.json() : null)).then(function (areas) {
      if (!areas) return;
      map.createPane("rasid-outlines").style.zIndex = 250;
      map.getPane("rasid-outlines").style.pointerEvents = "none";
      outlines = L.geoJSON(areas, {
        renderer: L.canvas({ pane: "rasid-outlines", padding: 0.3 }), pane: "rasid-outlines", interactive: false,
        style: { weight: 0.9, fill: false, smoothFactor: 1.2 },
      }).addTo(map);
      showBase();
    }).catch(() => {});
  }

  function showSelection() {
    if (selection) { map.removeLayer(selection); selection = null; }
    const s = state.selected;
    if (!s) return;
    const style = { renderer: map.rasidCanvas, pane: "rasid", interactive: false, color: ink(), fill: false };
    selection = L.layerGroup([new Extent([s.lat, s.lon], Object.assign({ radius: s.extent_km * 1000, weight: 1.4, dashArray: [3, 4] }, style))]);
    if (s.point) selection.addLayer(L.circleMarker([s.lat, s.lon], Object.assign({ radius: 12, weight: 2.4 }, style)));
    selection.addTo(map);
    const at = L.latLng(s.lat, s.lon);
    if (!map.getBounds().pad(-0.1).contains(at)) map.panTo(at, { animate: false });
  }

  /* The two calls ---------------------------------------------------------------------------------------------------- */

  function attach(target, given) {
    map = target;
    options = given;
    map.createPane("rasid").style.zIndex = 450;
    map.rasidCanvas = L.canvas({ pane: "rasid", padding: 0.3, tolerance: 4 });
    tip = document.createElement("div");
    tip.className = "rasid-tip";
    map.getContainer().appendChild(tip);
    map.on("moveend", ask).on("movestart zoomstart", hideTip).on("zoomend", showOutlines).on("moveend", showTowns);
    map.attributionControl.setPrefix("Leaflet");
    L.control.scale({ imperial: false }).addTo(map);
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
    map.createPane("rasid-towns").style.zIndex = 300;
    map.getPane("rasid-towns").style.pointerEvents = "none";
    map.rasidTowns = L.canvas({ pane: "rasid-towns", padding: 0.3 });
    loadOutlines();
  }

  function show(next) {
    const first = !state.key, moved = JSON.stringify(next.selected) !== JSON.stringify(state.selected);
    const redraw = next.theme !== state.theme;
    state = next;
    showBase();
    if (first && next.fit) map.fitBounds([[next.fit[1], next.fit[0]], [next.fit[3], next.fit[2]]], { padding: [40, 40], maxZoom: 8, animate: false });
    if (redraw && !first) fetched = null;
    if (moved || redraw) showSelection();
    ask();
  }

  window.rasid = {
    attach: attach,
    show: show,
    // for tests: where the shape of a row lies in the map's frame
    where: function (row) {
      const shape = byRow.get(row);
      if (!shape) return null;
      const at = map.latLngToContainerPoint(shape.getLatLng());
      return { x: at.x, y: at.y - (shape instanceof Ring ? shape._radiusY : 0) };
    },
    rows: () => Array.from(byRow.keys()),
  };
})();
