/* Rasid's layer, 5 of 6: what is around the events. Web tiles, outlines of provinces, names of towns, the chosen event.

   rasid.around: attach() makes their panes, show() suits them to the theme and base layer, showSelection() marks the
   chosen event. The embedded tiles end at zoom 6: beyond, they fade to washes of colour and towns are written. */
(function () {
  "use strict";

  const { now } = window.rasid;
  const { dark, ink } = window.rasid.paint;
  const { Extent, Town } = window.rasid.shapes;
  const { HOME, view } = window.rasid.cells;
  const { fly } = window.rasid.link;
  let outlines = null, selection = null, web = null, towns = null, townsFetched = null;

  function showBase() {
    document.body.classList.toggle("rasid-dark", dark());
    const wanted = now.options.web[now.state.base];
    if (web && web.rasidName !== now.state.base) { now.map.removeLayer(web); web = null; }
    if (wanted && !web) {
      web = L.tileLayer(wanted.url, { attribution: wanted.attribution, maxZoom: 19, className: "rasid-web" });
      web.rasidName = now.state.base;
      web.addTo(now.map);
    }
    showOutlines();
    showTowns();
  }

  function showTowns() {
    const near = now.map.getZoom() > 6 && !now.options.web[now.state.base];
    const tiles = now.map.getPane("tilePane");
    tiles.classList.toggle("rasid-wash", near);
    tiles.style.setProperty("--rasid-blur", Math.min(4 * Math.pow(2, now.map.getZoom() - 7), 40) + "px");
    if (!near) {
      if (towns) { now.map.removeLayer(towns); towns = null; }
      townsFetched = null;
      return;
    }
    const bounds = now.map.getBounds(), wanted = [now.map.getZoom(), now.state.language, now.state.theme].join();
    if (townsFetched && townsFetched.wanted === wanted && townsFetched.bounds.contains(bounds)) return;
    townsFetched = { wanted: wanted, bounds: bounds.pad(0.2) };
    const mine = townsFetched;
    fetch(HOME + "towns.json?" + view() + "&lang=" + encodeURIComponent(now.state.language)).then((answer) => (answer.ok ? answer.json() : [])).then(function (found) {
      if (mine !== townsFetched) return;
      const next = L.layerGroup(found.map((t) => new Town([t[2], t[1]], { renderer: now.map.rasidTowns, pane: "rasid-towns", radius: 3, text: t[0], interactive: false })));
      next.addTo(now.map);
      if (towns) now.map.removeLayer(towns);
      towns = next;
    }).catch(() => {});
  }

  function showOutlines() {
    if (!outlines) return;
    const zoom = now.map.getZoom(), seen = now.options.web[now.state.base] || zoom < 5 ? 0 : zoom < 6 ? 0.3 : 0.55;
    outlines.setStyle({ color: dark() ? "#8b98a8" : "#6b7785", opacity: seen });
  }

  function loadOutlines() {
    fetch(HOME + "admin1.geojson").then((answer) => (answer.ok ? answer.json() : null)).then(function (areas) {
      if (!areas) return;
      now.map.createPane("rasid-outlines").style.zIndex = 250;
      now.map.getPane("rasid-outlines").style.pointerEvents = "none";
      outlines = L.geoJSON(areas, {
        renderer: L.canvas({ pane: "rasid-outlines", padding: 0.3 }), pane: "rasid-outlines", interactive: false,
        style: { weight: 0.9, fill: false, smoothFactor: 1.2 },
      }).addTo(now.map);
      showBase();
    }).catch(() => {});
  }

  function showSelection(moved) {
    if (selection) { now.map.removeLayer(selection); selection = null; }
    const s = now.state.selected;
    if (!s) return;
    const style = { renderer: now.map.rasidChosen, pane: "rasid-chosen", interactive: false, color: ink(), fill: false };
    selection = L.layerGroup([new Extent([s.lat, s.lon], Object.assign({ radius: s.extent_km * 1000, weight: 1.4, dashArray: [3, 4] }, style))]);
    if (s.point) selection.addLayer(L.circleMarker([s.lat, s.lon], Object.assign({ radius: 12, weight: 2.4 }, style)));
    selection.addTo(now.map);
    const at = L.latLng(s.lat, s.lon);
    if (!moved) return;
    if (s.fly) fly(s);
    else if (!now.map.getBounds().pad(-0.1).contains(at)) now.map.panTo(at, { animate: false });
  }

  function attach() {
    now.map.createPane("rasid-towns").style.zIndex = 300;
    now.map.getPane("rasid-towns").style.pointerEvents = "none";
    now.map.rasidTowns = L.canvas({ pane: "rasid-towns", padding: 0.3 });
    now.map.createPane("rasid-chosen").style.zIndex = 460;
    now.map.getPane("rasid-chosen").style.pointerEvents = "none";
    now.map.rasidChosen = L.canvas({ pane: "rasid-chosen", padding: 0.3 });
    now.map.on("zoomend", showOutlines).on("moveend", showTowns);
    loadOutlines();
  }

  window.rasid.around = { attach, show: showBase, showSelection };
})();
