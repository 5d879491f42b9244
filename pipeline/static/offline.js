/* The map of an exported page: everything it shows stands in the page as JSON, and is shown with textContent only. */
(function () {
  "use strict";

  const data = JSON.parse(document.getElementById("data").textContent);
  const events = data.events, byId = new Map(events.map((event) => [event.id, event]));
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const POINTS = ["site", "town"], CELL = 60, LISTED = 200;
  const ink = dark ? "#e8eaed" : "#1f2933", paper = dark ? "#1b222b" : "#ffffff";
  let language = data.languages[0], chosen = null, among = null, wanted = "", hidden = new Set(), shown = [], layer = null, mark = null, written = null;

  const $ = (id) => document.getElementById(id);
  const word = (key, values) => Object.entries(values || {}).reduce((said, [name, value]) => said.replace("{" + name + "}", value), data.words[language][key] || key);
  const named = (kind, id, words) => (data.names[kind][id] || {})[language] || words || id || "";
  const colour = (type) => data.colours[type] || "#888888";
  const fold = (text) => Array.from(text.toLowerCase(), (letter) => data.letters[letter] ?? letter).join("");

  function make(name, text, kind) {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    if (name === "bdi") element.dir = "auto";
    return element;
  }

  // words of the news in an element of the page: their direction stays their own
  function news(name, text, kind) {
    const element = make(name, undefined, kind);
    element.append(make("bdi", text));
    return element;
  }

  /* Map -------------------------------------------------------------------------------------------------------------- */

  const map = L.map("map", { minZoom: 2, maxZoom: 14, attributionControl: false, zoomAnimation: true });
  const ground = L.canvas({ padding: 0.5 }), names = L.canvas({ padding: 0.2, pane: "shadowPane" }), above = L.canvas({ padding: 0.3, pane: "markerPane", tolerance: 4 });
  map.getPane("shadowPane").style.pointerEvents = "none";

  // rings are whole numbers, each the step from the one before, in hundredths of a degree: lon, lat, lon, lat ...
  function unpack(numbers) {
    const ring = [];
    let x = 0, y = 0;
    for (let i = 0; i < numbers.length; i += 2) { x += numbers[i]; y += numbers[i + 1]; ring.push([y / 100, x / 100]); }
    return ring;
  }

  function drawGround() {
    const fill = dark ? "#1f2731" : "#f6f4ef", line = dark ? "#3a4653" : "#c9c4ba", style = { renderer: ground, interactive: false, fillOpacity: 1 };
    data.land.forEach((polygon) => L.polygon(polygon.map(unpack), { ...style, fillColor: fill, color: line, weight: 0.6 }).addTo(map));
    data.areas.forEach((polygon) => L.polygon(polygon.map(unpack), { ...style, fillColor: fill, color: line, weight: 0.8 }).addTo(map));
  }

  /* Names of countries and areas: as many as have room. */

  const Name = L.CircleMarker.extend({
    _updatePath: function () {
      if (!this._renderer._drawing || this._empty()) return;
      const ctx = this._renderer._ctx, p = this._point;
      ctx.globalAlpha = 1;
      ctx.font = (this.options.country ? "600 12.5px " : "400 11px ") + "system-ui, sans-serif";
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = dark ? (this.options.country ? "#8f9ba8" : "#74818e") : this.options.country ? "#857f75" : "#9a948a";
      ctx.fillText(this.options.text, p.x, p.y);
    },
    _updateBounds: function () {
      L.CircleMarker.prototype._updateBounds.call(this);
      this._pxBounds = L.bounds(this._pxBounds.min.subtract([70, 8]), this._pxBounds.max.add([70, 8]));
    },
  });

  function drawNames() {
    const seen = map.getBounds().pad(0.1), taken = [], next = L.layerGroup(), pixels = (256 * 2 ** map.getZoom()) / 40075;
    data.ground.forEach(function ([lon, lat, km, country, words]) {
      if (km * pixels < (country ? 22 : 34) || (!country && km * pixels > 900) || !seen.contains([lat, lon])) return;
      const text = words[language] || words.en, at = map.latLngToContainerPoint([lat, lon]), wide = text.length * 3.8 + 8;
      if (taken.some((other) => Math.abs(other.at.y - at.y) < 17 && Math.abs(other.at.x - at.x) < other.wide + wide)) return;
      taken.push({ at, wide });
      next.addLayer(new Name([lat, lon], { renderer: names, interactive: false, radius: 1, text, country }));
    });
    next.addTo(map);
    if (written) map.removeLayer(written);
    written = next;
  }

  const SMALLEST = 8; // pixels: an area stays visible however far out the map is zoomed

  const Extent = L.Circle.extend({
    _project: function () {
      L.Circle.prototype._project.call(this);
      this._radius = Math.max(this._radius, SMALLEST);
      this._radiusY = Math.max(this._radiusY, SMALLEST);
      this._updateBounds();
    },
    _containsPoint: function (p) {
      const away = Math.hypot(p.x - this._point.x, p.y - this._point.y);
      return this._radius < 24 ? away <= this._radius + 4 : Math.abs(away - this._radius) < 7;
    },
  });

  const Ring = L.CircleMarker.extend({
    _updatePath: function () {
      if (!this._renderer._drawing || this._empty()) return;
      const ctx = this._renderer._ctx, p = this._point, r = this._radius;
      let from = -Math.PI / 2;
      ctx.globalAlpha = 1;
      ctx.setLineDash([]);
      this.options.parts.forEach(function ([type, count]) {
        const to = from + (count / this.options.count) * 2 * Math.PI;
        ctx.beginPath();
        ctx.moveTo(p.x, p.y);
        ctx.arc(p.x, p.y, r, from, to);
        ctx.fillStyle = colour(type);
        ctx.fill();
        from = to;
      }, this);
      ctx.beginPath();
      ctx.arc(p.x, p.y, r - 4.5, 0, 2 * Math.PI);
      ctx.fillStyle = paper;
      ctx.fill();
      ctx.font = "600 12px system-ui, sans-serif";
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = ink;
      ctx.fillText(String(this.options.count), p.x, p.y + 0.5);
    },
  });

  function gather() {
    const cells = new Map(), seen = map.getBounds().pad(0.25), zoom = map.getZoom();
    shown.forEach(function (event) {
      if (event.lon === undefined || !POINTS.includes(event.precision) || !seen.contains([event.lat, event.lon])) return;
      const p = map.project([event.lat, event.lon], zoom), key = Math.floor(p.x / CELL) + " " + Math.floor(p.y / CELL);
      cells.set(key, [...(cells.get(key) || []), event]);
    });
    return [...cells.values()];
  }

  function pin(event) {
    const past = event.status !== "actual";
    return L.circleMarker([event.lat, event.lon], { renderer: above, radius: event.precision === "site" ? 6 : 7, color: colour(event.type), weight: 2, fillColor: colour(event.type), fillOpacity: (event.precision === "site" ? 0.95 : 0.4) * (past ? 0.4 : 1) })
      .on("click", () => choose([event]));
  }

  function cluster(found) {
    const lat = found.reduce((sum, event) => sum + event.lat, 0) / found.length, lon = found.reduce((sum, event) => sum + event.lon, 0) / found.length;
    const parts = new Map();
    found.forEach((event) => parts.set(event.type, (parts.get(event.type) || 0) + 1));
    const bounds = L.latLngBounds(found.map((event) => [event.lat, event.lon])), one = bounds.getNorthEast().equals(bounds.getSouthWest());
    return new Ring([lat, lon], { renderer: above, radius: Math.min(13 + 2.4 * Math.log2(found.length), 34), count: found.length, parts: [...parts].sort((a, b) => b[1] - a[1]) })
      .on("click", () => (one || map.getZoom() >= 14 ? choose(found) : map.fitBounds(bounds, { padding: [60, 60], maxZoom: map.getZoom() + 3 })));
  }

  function drawEvents() {
    const next = L.layerGroup(), areas = new Map();
    shown.filter((event) => event.lon !== undefined && !POINTS.includes(event.precision)).forEach(function (event) {
      const key = [event.lon, event.lat, event.km].join();
      areas.set(key, [...(areas.get(key) || []), event]);
    });
    [...areas.values()].sort((a, b) => b[0].km - a[0].km).forEach(function (found) {
      const style = { renderer: above, radius: found[0].km * 1000, color: colour(found[0].type), weight: 1.8, dashArray: "6 5", fillOpacity: 0.05 };
      next.addLayer(new Extent([found[0].lat, found[0].lon], style).on("click", () => choose(found)));
    });
    gather().forEach((found) => next.addLayer(found.length === 1 ? pin(found[0]) : cluster(found)));
    next.addTo(map);
    if (layer) map.removeLayer(layer);
    layer = next;
    document.body.dataset.drawn = shown.filter((event) => event.lon !== undefined).length;
  }

  function choose(found, fly) {
    among = found.length > 1 ? found : null;
    chosen = found[0] || null;
    if (mark) { map.removeLayer(mark); mark = null; }
    if (chosen && chosen.lon !== undefined) {
      const at = [chosen.lat, chosen.lon], style = { renderer: above, interactive: false, color: ink, fill: false, weight: 2.2 };
      mark = (POINTS.includes(chosen.precision) ? L.circleMarker(at, { ...style, radius: 12 }) : L.circle(at, { ...style, radius: chosen.km * 1000 })).addTo(map);
      if (fly) map.flyTo(at, Math.max(map.getZoom(), 7), { duration: 0.6 });
    }
    write();
  }

  /* Words ------------------------------------------------------------------------------------------------------------ */

  const days = (event) => (event.first ? (event.first === event.last ? event.first : event.first + " – " + event.last) : word("detail.undated"));

  function row(event) {
    const button = make("button");
    button.type = "button";
    const dot = make("i");
    dot.style.background = colour(event.type);
    button.append(dot, news("span", event.place || "–"), make("small", days(event)));
    button.addEventListener("click", () => choose([event], true));
    const item = make("li");
    item.append(button);
    return item;
  }

  function field(list, label, value, note) {
    if (value === undefined || value === null || value === "") return;
    const told = make("dd");
    told.append(make("bdi", String(value)));
    if (note) told.append(news("small", note));
    list.append(make("dt", label), told);
  }

  function details(event) {
    const box = make("section", undefined, "details"), list = make("dl"), close = make("button", word("detail.close"));
    close.type = "button";
    close.addEventListener("click", () => choose([]));
    const kind = make("p", word("event_type." + event.type), "kind");
    kind.style.setProperty("--hue", colour(event.type));
    box.append(kind, news("h2", event.place || "–"), make("p", days(event), "days"));
    if (event.status !== "actual") box.append(make("p", word("time_status." + event.status), "told"));
    const where = event.precision ? word("precision." + event.precision) + ", " + word("detail.within", { km: event.km }) : word("place_status." + event.placed);
    field(list, word("detail.where"), [event.admin1, word("country." + event.country)].filter((part) => part && !part.startsWith("country.")).join(" · ") || event.place, where);
    field(list, word("detail.who"), named("actor", event.actor_id, event.actor), event.basis && word("actor_basis." + event.basis));
    field(list, word("detail.target"), named("actor", event.target_id, event.target));
    field(list, word("detail.weapon"), named("weapon", event.weapon, event.weapon));
    field(list, word("detail.killed"), event.killed ?? word("detail.unknown"));
    field(list, word("detail.wounded"), event.wounded ?? word("detail.unknown"));
    field(list, word("detail.attribution"), event.attribution);
    field(list, word("detail.source"), event.source, event.title);
    field(list, word("detail.review"), word("review_status." + event.review));
    box.append(list);
    if (/^https?:\/\//.test(event.url || "")) {
      const link = make("a", word("detail.link"));
      link.href = event.url;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      box.append(link);
    }
    if (event.quotes) {
      box.append(make("h3", word("detail.quotes")));
      event.quotes.forEach(([name, quote]) => {
        const line = make("p", undefined, "quote");
        line.append(make("small", word("evidence." + name)), news("q", quote));
        box.append(line);
      });
    }
    box.append(close);
    return box;
  }

  function legend() {
    const counts = new Map();
    events.forEach((event) => counts.set(event.type, (counts.get(event.type) || 0) + 1));
    $("legend").replaceChildren(...[...counts].sort((a, b) => b[1] - a[1]).map(function ([type, count]) {
      const label = make("label"), box = make("input"), dot = make("i");
      box.type = "checkbox";
      box.checked = !hidden.has(type);
      box.addEventListener("change", () => { box.checked ? hidden.delete(type) : hidden.add(type); filter(); });
      dot.style.background = colour(type);
      label.append(box, dot, make("span", word("event_type." + type)), make("bdi", String(count)));
      return label;
    }));
  }

  function write() {
    document.documentElement.lang = language;
    document.documentElement.dir = data.directions[language];
    const placed = shown.filter((event) => event.lon !== undefined).length, list = make("ul");
    $("counts").replaceChildren(make("b", String(placed)), make("span", word("count.shown")), make("b", String(shown.length - placed)), make("span", word("count.unplaced")));
    $("search").placeholder = word("filter.search_hint");
    $("search").setAttribute("aria-label", word("filter.search"));
    (among || shown).slice(0, LISTED).forEach((event) => list.append(row(event)));
    const parts = chosen ? [details(chosen)] : [];
    if (!chosen || among) parts.push(list);
    if (!chosen && shown.length > LISTED) parts.push(make("p", word("table.limited", { limit: LISTED, total: shown.length }), "hint"));
    if (!shown.length) parts.push(make("p", word("count.empty_title"), "hint"));
    $("side").replaceChildren(...parts);
    $("made").replaceChildren(...data.made.flatMap(([name, value]) => [make("dt", word("offline." + name)), news("dd", value)]));
    $("honest").textContent = word("about.honest");
    legend();
  }

  function filter() {
    const words = fold(wanted).split(/\s+/).filter(Boolean);
    shown = events.filter((event) => !hidden.has(event.type) && words.every((one) => event.text.includes(one)));
    drawEvents();
    write();
  }

  data.languages.forEach(function (code) {
    const button = make("button", data.words[code].language);
    button.type = "button";
    button.lang = code;
    button.addEventListener("click", () => { language = code; write(); drawNames(); });
    $("languages").append(button);
  });
  $("search").addEventListener("input", () => { wanted = $("search").value; filter(); });
  const placed = events.filter((event) => event.lon !== undefined);
  if (placed.length) map.fitBounds(L.latLngBounds(placed.map((event) => [event.lat, event.lon])), { padding: [50, 50], maxZoom: 8 });
  else map.setView([30, 42], 4);
  L.control.scale({ imperial: false }).addTo(map);
  drawGround();
  map.on("moveend", drawEvents).on("moveend", drawNames);
  drawNames();
  filter();
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose([]); });
  window.rasidOffline = { map: map, choose: (id) => choose([byId.get(id)]) }; // for tests
})();
