/* Rasid's layer, 4 of 6: cells. Asks the server for what is in view and turns the answer into shapes.

   rasid.cells: ask() asks unless what is drawn covers the view, again() asks whatever is drawn, view() says the screen
   as z, w, s, e, n, byRow maps a row to its shape. ui/payload.py says the form of an answer: words in it are data. */
(function () {
  "use strict";

  const { now } = window.rasid;
  const { colour } = window.rasid.paint;
  const { STATUS, Cluster, Pin, Ring, Arrow } = window.rasid.shapes;
  const { pick, onClick, onOver, hide } = window.rasid.point;
  const HOME = "../../rasid/";
  const byRow = new Map();
  let drawn = null, fetched = null, asking = null, waiting = 0, stale = 0;

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
    const common = { renderer: now.map.rasidCanvas, pane: "rasid" };
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
    cells.clusters.map((c, number) => [...c, number]).sort((a, b) => a[2] - b[2]).forEach(function (c) {
      group.addLayer(new Cluster([c[1], c[0]], Object.assign({
        radius: Math.min(13 + 2.4 * Math.log2(c[2]), 36), count: c[2], types: c[5],
        said: c[3] >= 0 ? { place: c[3] } : { cluster: c[c.length - 1], of: cells.asked }, bounds: c[4], breakdown: c[5], title: "",
      }, common)));
    });
    return group;
  }

  function swap(cells) {
    const next = shapes(cells);
    next.on("click", onClick).on("mouseover", onOver).on("mouseout", hide);
    next.addTo(now.map);
    if (drawn) now.map.removeLayer(drawn);
    drawn = next;
    hide();
    mark(cells);
  }

  function mark(cells) {
    const hook = document.body.dataset;
    hook.rasidKey = now.state.key;
    hook.rasidClusters = cells.clusters.length;
    hook.rasidPoints = cells.points.length;
    hook.rasidAreas = cells.areas.length;
    hook.rasidRoutes = cells.routes.length;
    hook.rasidEvents = cells.points.length + cells.clusters.reduce((sum, c) => sum + c[2], 0) + cells.areas.reduce((sum, a) => sum + a[4], 0);
    hook.rasidDrawn = Number(hook.rasidDrawn || 0) + 1;
    now.map.fire("rasid-drawn");
  }

  function ask() {
    clearTimeout(waiting);
    waiting = setTimeout(askNow, 15);
  }

  // what is shown; the timeline chooses days without the app having to draw its page again
  function source() {
    const days = now.days, by = now.state.split === "actor" ? "by=actor&" : "";
    if (!days || days.first === null) return "cells/" + (days ? days.key : now.state.key) + "?" + by;
    return "timeline/cells/" + days.key + "?first=" + days.first + "&last=" + days.last + "&" + by;
  }

  function askNow() {
    if (!now.state.key) return;
    const bounds = now.map.getBounds(), zoom = now.map.getZoom(), from = source();
    if (!Number.isInteger(zoom)) return; // the map is on its way, and asks when it has arrived
    if (fetched && fetched.from === from && fetched.zoom === zoom && fetched.bounds.contains(bounds)) return;
    if (asking) asking.abort();
    const mine = (asking = new AbortController());
    const wanted = { from: from, zoom: zoom, bounds: bounds.pad(0.2) }, asked = from + view();
    fetch(HOME + asked, { signal: mine.signal })
      .then(function (answer) {
        if (answer.status === 410 && ++stale < 6) { // the server forgot: a rerun leaves it the same again
          pick({ stale: now.state.key });
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
        swap(Object.assign(cells, { asked: asked }));
      })
      .catch(function (error) {
        if (error.name !== "AbortError") document.body.dataset.rasidError = error.message;
      });
  }

  function view() {
    const bounds = now.map.getBounds();
    return new URLSearchParams({ z: now.map.getZoom(), w: bounds.getWest(), s: bounds.getSouth(), e: bounds.getEast(), n: bounds.getNorth() });
  }

  function again() {
    fetched = null;
    ask();
  }

  window.rasid.cells = { HOME, byRow, ask, again, view, curve };
})();
