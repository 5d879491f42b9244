/* Rasid's layer, the area: tools to draw a box, a circle or a polygon, and the area that is asked for.

   rasid.area: attach() adds the tools, show() draws the area of the state and writes the words of its language.
   What was drawn goes to the server as a word (ui/area.py); nothing here is text of an article. */
(function () {
  "use strict";

  const { now } = window.rasid;
  const { dark, ink } = window.rasid.paint;
  const { pick } = window.rasid.point;
  const ICONS = {
    box: "M4 6h16v12H4z",
    circle: "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16z",
    polygon: "M4 9l8-5 8 6-4 9H7z",
    view: "M4 9V5h4M16 5h4v4M20 15v4h-4M8 19H4v-4",
    remove: "M6 6l12 12M18 6L6 18",
  };
  const NEAR = 12, FEWEST = 6, MOST = 110; // pixels from the first corner that close a polygon; pixels of a drag; corners
  const buttons = {};
  let tools, sheet, hint, drawn = null, draft = null, kind = null, from = null, corners = [];

  const style = () => ({ pane: "rasid-area", interactive: false, color: ink(), weight: 1.8, fillColor: ink(), fillOpacity: 0.07, dashArray: "5 4" });
  const degrees = (value) => String(Number(value.toFixed(4)));
  const place = (event) => now.map.mouseEventToLatLng(event);
  const inside = (at) => L.latLng(Math.max(-85, Math.min(85, at.lat)), Math.max(-180, Math.min(180, at.lng)));

  function boxWord(a, b) {
    const one = inside(a), two = inside(b);
    const edges = [Math.min(one.lng, two.lng), Math.min(one.lat, two.lat), Math.max(one.lng, two.lng), Math.max(one.lat, two.lat)];
    return "box:" + edges.map(degrees).join();
  }

  /* Buttons --------------------------------------------------------------------------------------------------------- */

  function makeButton(name) {
    const button = document.createElement("button");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(svg.namespaceURI, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    path.setAttribute("d", ICONS[name]);
    svg.appendChild(path);
    button.type = "button";
    button.appendChild(svg);
    button.addEventListener("click", () => press(name));
    tools.appendChild(button);
    buttons[name] = button;
  }

  function press(name) {
    const again = kind === name;
    stop();
    if (name === "remove") pick({ area: "" });
    else if (name === "view") {
      const seen = now.map.getBounds();
      pick({ area: boxWord(seen.getSouthWest(), seen.getNorthEast()) });
    } else if (!again) start(name);
  }

  function showWords() {
    const words = now.state.words || {};
    Object.entries(buttons).forEach(function ([name, button]) {
      button.title = words[name] || name;
      button.setAttribute("aria-label", words[name] || name);
      if ("hint_" + name in words) button.setAttribute("aria-pressed", String(kind === name));
    });
    buttons.remove.style.display = now.state.area ? "" : "none";
    hint.textContent = kind ? words["hint_" + kind] || "" : "";
    hint.style.display = kind ? "block" : "none";
  }

  /* Drawing, on a sheet of its own above the map: nothing beneath is clicked ----------------------------------------- */

  function start(name) {
    kind = name;
    from = null;
    corners = [];
    sheet.style.display = "block";
    sheet.focus();
    showWords();
  }

  function stop() {
    kind = from = null;
    corners = [];
    sheet.style.display = "none";
    trace(null);
    showWords();
  }

  function trace(shape) {
    if (draft) now.map.removeLayer(draft);
    draft = shape;
    if (draft) draft.addTo(now.map);
  }

  function finish(word) {
    stop();
    pick({ area: word });
  }

  function onDown(event) {
    if (kind === "polygon") return;
    from = place(event);
    sheet.setPointerCapture(event.pointerId);
  }

  function onMove(event) {
    const at = place(event);
    if (kind === "polygon") {
      if (corners.length) trace(L.polygon([...corners, at], style()));
    } else if (from) trace(kind === "box" ? L.rectangle([from, at], style()) : L.circle(from, { ...style(), radius: now.map.distance(from, at) }));
  }

  function onUp(event) {
    const at = place(event);
    if (kind === "polygon") return addCorner(event, at);
    if (!from) return;
    const moved = now.map.latLngToContainerPoint(from).distanceTo(now.map.latLngToContainerPoint(at));
    if (moved < FEWEST) { from = null; trace(null); return; }
    const middle = inside(from), km = Math.min(now.map.distance(from, at) / 1000, 5000);
    finish(kind === "box" ? boxWord(from, at) : "circle:" + [degrees(middle.lng), degrees(middle.lat), String(Number(km.toPrecision(3)))].join());
  }

  function addCorner(event, at) {
    const spot = (latlng) => now.map.latLngToContainerPoint(latlng), here = spot(at);
    const closes = corners.length > 2 && spot(corners[0]).distanceTo(here) < NEAR;
    const twice = corners.length && spot(corners[corners.length - 1]).distanceTo(here) < 3;
    if (closes || (twice && corners.length > 2) || corners.length >= MOST) return close();
    if (!twice) corners.push(at);
    onMove(event);
  }

  function close() {
    if (corners.length < 3) return;
    finish("polygon:" + corners.map(inside).map((at) => degrees(at.lng) + "," + degrees(at.lat)).join());
  }

  function onKey(event) {
    if (event.key === "Escape") stop();
    else if (event.key === "Enter" && kind === "polygon") close();
    else if (event.key === "Backspace" && kind === "polygon") { corners.pop(); trace(corners.length ? L.polygon(corners, style()) : null); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /* The area that is asked for: what lies outside is shaded ------------------------------------------------------------ */

  function showArea() {
    if (drawn) { now.map.removeLayer(drawn); drawn = null; }
    const rings = now.state.area;
    if (!rings) return;
    const world = [[-89, -540], [-89, 540], [89, 540], [89, -540]];
    const common = { pane: "rasid-area", interactive: false };
    drawn = L.layerGroup([
      L.polygon([world, ...rings], { ...common, stroke: false, fillColor: dark() ? "#05080b" : "#46535f", fillOpacity: dark() ? 0.4 : 0.12, fillRule: "evenodd" }),
      L.polyline(rings.map((ring) => [...ring, ring[0]]), { ...common, color: ink(), weight: 1.6, opacity: 0.85 }),
    ]).addTo(now.map);
  }

  function show() {
    showWords();
    showArea();
  }

  function attach() {
    now.map.createPane("rasid-area").style.zIndex = 420;
    now.map.getPane("rasid-area").style.pointerEvents = "none";
    const Tools = L.Control.extend({
      options: { position: "topleft" },
      onAdd: function () {
        tools = L.DomUtil.create("div", "leaflet-bar rasid-tools");
        L.DomEvent.disableClickPropagation(tools);
        Object.keys(ICONS).forEach(makeButton);
        return tools;
      },
    });
    new Tools().addTo(now.map);
    sheet = L.DomUtil.create("div", "rasid-sheet", now.map.getContainer());
    sheet.tabIndex = -1;
    L.DomEvent.disableClickPropagation(sheet);
    sheet.addEventListener("pointerdown", onDown);
    sheet.addEventListener("pointermove", onMove);
    sheet.addEventListener("pointerup", onUp);
    tools.addEventListener("keydown", (event) => { if (kind && event.key !== "Enter") onKey(event); });
    sheet.addEventListener("keydown", onKey);
    hint = L.DomUtil.create("div", "rasid-sheet-hint", now.map.getContainer());
    hint.dir = "auto";
    hint.setAttribute("role", "status");
    showWords();
  }

  window.rasid.area = { attach, show };
})();
