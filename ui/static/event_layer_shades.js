/* Rasid's layer, the other ways to see the same events: heat, and first-level areas shaded by their counts.

   rasid.shades: attach(), show() follows the state. ui/heat.py and ui/shades.py say the form of the answers; names in
   them are shown with textContent only. */
(function () {
  "use strict";

  const { now } = window.rasid;
  const { dark } = window.rasid.paint;
  const { HOME, view } = window.rasid.cells;
  const { pick, tell, hide } = window.rasid.point;
  // From faint to full, the lightness always one way: readable without telling colours apart.
  const WARM = [[253, 224, 168], [244, 172, 94], [222, 106, 61], [160, 44, 62], [84, 16, 56]];
  const GLOW = [[84, 32, 96], [160, 44, 88], [224, 92, 62], [248, 166, 70], [255, 241, 178]];
  const SIGMA = 0.95; // squares
  let overlay = null, shaded = null, outlines = null, asked = 0, told = "", waiting = false;

  const layer = () => now.state.layer || "events";
  const playing = () => Boolean(window.rasid.timeline && window.rasid.timeline.time && window.rasid.timeline.time.playing);

  /* Heat ------------------------------------------------------------------------------------------------------------- */

  function smooth(cells, wide, high) {
    const reach = 3, kernel = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * SIGMA * SIGMA)));
    let plane = new Float32Array(wide * high);
    for (let i = 0; i < cells.length; i += 3) plane[cells[i + 1] * wide + cells[i]] += cells[i + 2];
    [1, wide].forEach(function (step) {
      const next = new Float32Array(wide * high), long = step === 1 ? wide : high;
      for (let at = 0; at < plane.length; at++) {
        if (!plane[at]) continue;
        const here = step === 1 ? at % wide : Math.floor(at / wide);
        for (let k = -reach; k <= reach; k++) if (here + k >= 0 && here + k < long) next[at + k * step] += plane[at] * kernel[k + reach];
      }
      plane = next;
    });
    return plane;
  }

  function paint(said) {
    const [wide, high] = said.size, plane = smooth(said.cells, wide, high), scale = dark() ? GLOW : WARM;
    const most = plane.reduce((a, b) => Math.max(a, b), 0), canvas = document.createElement("canvas");
    canvas.width = wide;
    canvas.height = high;
    const ctx = canvas.getContext("2d"), image = ctx.createImageData(wide, high);
    plane.forEach(function (value, at) {
      const share = most ? Math.log1p((value / most) * 24) / Math.log1p(24) : 0;
      const place = Math.min(share * (scale.length - 1), scale.length - 1.001), low = Math.floor(place), rest = place - low;
      for (let part = 0; part < 3; part++) image.data[4 * at + part] = scale[low][part] * (1 - rest) + scale[low + 1][part] * rest;
      image.data[4 * at + 3] = 215 * Math.min(share * 2.4, 1) ** 1.4;
    });
    ctx.putImageData(image, 0, 0);
    return canvas.toDataURL();
  }

  function corner(x, y) {
    return [(Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, x * 360 - 180];
  }

  function showHeat(said) {
    const [left, top, right, bottom] = said.box;
    const next = L.imageOverlay(paint(said), [corner(left, bottom), corner(right, top)], { pane: "rasid-shades", className: "rasid-heat" });
    next.addTo(now.map);
    if (overlay) now.map.removeLayer(overlay);
    overlay = next;
    let sum = 0;
    for (let i = 2; i < said.cells.length; i += 3) sum += said.cells[i];
    mark("heat", sum);
  }

  /* Areas ------------------------------------------------------------------------------------------------------------- */

  function showAreas(said) {
    const colours = said.colours[dark() ? "dark" : "light"];
    const next = L.geoJSON(outlines, {
      pane: "rasid-shades", renderer: now.map.rasidShades,
      filter: (one) => one.properties.id in said.areas,
      style: (one) => ({ fillColor: colours[said.areas[one.properties.id][0]], fillOpacity: 0.78, color: dark() ? "#12171d" : "#ffffff", weight: 1.1 }),
    });
    next.on("mousemove", function (event) {
      const [, count, name] = said.areas[event.propagatedFrom.feature.properties.id];
      tell(now.map.mouseEventToContainerPoint(event.originalEvent), name, (now.state.words.count || "").replace("{count}", count.toLocaleString("en")));
    });
    next.on("mouseout", hide);
    next.on("click", function (event) {
      L.DomEvent.stopPropagation(event);
      pick({ admin1: event.propagatedFrom.feature.properties.id });
    });
    next.addTo(now.map);
    if (shaded) now.map.removeLayer(shaded);
    shaded = next;
    mark("areas", Object.values(said.areas).reduce((sum, one) => sum + one[1], 0));
  }

  /* Both --------------------------------------------------------------------------------------------------------------- */

  function mark(name, sum) {
    document.body.dataset.rasidLayer = name;
    document.body.dataset.rasidShaded = sum;
  }

  function clear() {
    [overlay, shaded].forEach((one) => one && now.map.removeLayer(one));
    overlay = shaded = null;
    told = "";
    mark("events", 0);
  }

  function ask(address, then) {
    const mine = ++asked;
    waiting = true;
    const outline = layer() === "areas" && !outlines ? fetch(HOME + "admin1.geojson").then((answer) => answer.json()) : Promise.resolve(outlines);
    Promise.all([fetch(address).then((answer) => (answer.ok ? answer.json() : null)), outline]).then(function ([said, found]) {
      outlines = found;
      if (said && mine === asked) then(said);
    }).catch(() => {}).finally(() => { if (mine === asked) waiting = false; });
  }

  function show() {
    const wanted = layer(), over = wanted !== "events";
    ["rasid", "rasid-film"].forEach((pane) => now.map.getPane(pane)?.classList.toggle("rasid-away", over));
    if (!over) { asked++; if (overlay || shaded) clear(); return; }
    if (wanted === "heat" && shaded) { now.map.removeLayer(shaded); shaded = null; }
    if (wanted === "areas" && overlay) { now.map.removeLayer(overlay); overlay = null; }
    const shown = playing() ? window.rasid.timeline.time : now.days, key = shown ? shown.key : now.state.key;
    const days = shown && shown.first !== null ? "&first=" + shown.first + "&last=" + shown.last : "";
    const address = wanted === "heat" ? "heat/" + key + "?" + view() + days
      : "shades/" + now.state.key + "?of=" + key + days + "&lang=" + encodeURIComponent(now.state.language);
    const next = address + " " + now.state.theme;
    if (next === told) return;
    told = next;
    ask(HOME + address, wanted === "heat" ? showHeat : showAreas);
  }

  // while time plays: as often as answers come
  function follow() {
    if (playing() && layer() !== "events" && !waiting) show();
  }

  function attach() {
    now.map.createPane("rasid-shades").style.zIndex = 245; // under the outlines and the names of towns
    now.map.rasidShades = L.svg({ pane: "rasid-shades", padding: 0.3 });
    now.map.on("moveend rasid-drawn", show); // also when the timeline shows other days
    setInterval(follow, 200);
  }

  window.rasid.shades = { attach, show };
})();
