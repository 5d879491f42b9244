/* Rasid's layer, the last of its files: the two calls from outside. Draws the events of the cells it asks the server for on one
   Leaflet canvas, and says what was clicked.

   window.rasid.attach(map, options)  once, when folium has made the map
   window.rasid.show(state)           whenever what is shown changes: a key, never a word of any article

   Words of events arrive as JSON (ui/payload.py says its form) and are shown with textContent only. The files are
   loaded in the order that ui/event_layer.py names them. */
(function () {
  "use strict";

  const { now, shapes, point, cells, around, area, shades, link } = window.rasid;

  function attach(map, options) {
    now.map = map;
    now.options = options;
    map.createPane("rasid").style.zIndex = 450;
    map.rasidCanvas = L.canvas({ pane: "rasid", padding: 0.3, tolerance: 4 });
    point.attach();
    map.on("moveend", cells.ask);
    map.attributionControl.setPrefix("Leaflet");
    L.control.scale({ imperial: false }).addTo(map);
    new ResizeObserver(() => link.quietly(() => map.invalidateSize({ pan: false }))).observe(map.getContainer());
    around.attach();
    area.attach();
    shades.attach();
    link.attach();
  }

  function show(next) {
    const before = now.state, first = !before.key, fit = next.fit;
    const moved = JSON.stringify(next.selected) !== JSON.stringify(before.selected), redraw = next.theme !== before.theme;
    now.state = next;
    around.show();
    if (first && !link.start() && fit) link.quietly(() => now.map.fitBounds([[fit[1], fit[0]], [fit[3], fit[2]]], { padding: [40, 40], maxZoom: 8, animate: false }));
    area.show();
    shades.show();
    link.show();
    if (moved || redraw) around.showSelection(moved);
    if (redraw && !first) cells.again();
    else cells.ask();
  }

  // for tests: where the shape of a row lies in the map's frame
  function where(row) {
    const shape = cells.byRow.get(row);
    if (!shape) return null;
    const at = now.map.latLngToContainerPoint(shape.getLatLng());
    return { x: at.x, y: at.y - (shape instanceof shapes.Ring ? shape._radiusY : 0) };
  }

  Object.assign(window.rasid, { attach, show, where, rows: () => Array.from(cells.byRow.keys()) });
})();
