/* Rasid's layer, 3 of 6: pointing. What a shape says when the pointer rests on it, and what a click tells the app.

   rasid.point: attach(), onClick, onOver, tell and hide (the tip), pick(said) sends what was chosen to the server.
   Words of events are shown with textContent only. */
(function () {
  "use strict";

  const { now } = window.rasid;
  const { shorten } = window.rasid.paint;
  const { Ring } = window.rasid.shapes;
  let tip = null, picks = 0;

  function pick(said) {
    said.n = ++picks;
    said.key = now.state.key;
    const value = { last_object_clicked_tooltip: JSON.stringify(said) };
    window.__GLOBAL_DATA__.last_object_clicked_tooltip = value.last_object_clicked_tooltip;
    window.__GLOBAL_DATA__.previous_data = value;
    window.Streamlit.setComponentValue(value);
  }

  function onClick(event) {
    const shape = event.propagatedFrom || event.layer;
    L.DomEvent.stopPropagation(event);
    if (shape.options.said) pick(Object.assign({}, shape.options.said));
    if (!shape.options.bounds || shape.options.said?.row >= 0 || shape.options.said?.place >= 0) return;
    const b = shape.options.bounds;
    now.map.fitBounds([[b[1], b[0]], [b[3], b[2]]], { padding: [60, 60], maxZoom: Math.max(now.map.getZoom() + 2, 13) });
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
      chosen.breakdown.slice(0, 5).forEach((part) => parts.push(line(shorten(part[1]) + "  " + (now.state.types || [])[part[0]], "rasid-tip-type")));
    } else {
      parts.push(line(chosen.title || "…", "rasid-tip-title"));
      if (chosen.note) parts.push(line(chosen.note, "rasid-tip-note"));
    }
    const at = now.map.latLngToContainerPoint(shape.getLatLng ? shape.getLatLng() : event.latlng);
    const spot = shape instanceof Ring ? now.map.mouseEventToContainerPoint(event.originalEvent) : at;
    open(spot, parts);
  }

  function open(spot, parts) {
    tip.replaceChildren(...parts);
    tip.style.display = "block";
    const flip = spot.x > now.map.getSize().x - 180;
    tip.style.left = spot.x + (flip ? -14 : 14) + "px";
    tip.style.top = spot.y - 12 + "px";
    tip.style.transform = flip ? "translateX(-100%)" : "none";
  }

  function tell(spot, title, note) {
    open(spot, [line(title, "rasid-tip-title"), line(note, "rasid-tip-note")]);
  }

  function hide() {
    if (tip) tip.style.display = "none";
  }

  function attach() {
    tip = document.createElement("div");
    tip.className = "rasid-tip";
    now.map.getContainer().appendChild(tip);
    now.map.on("movestart zoomstart", hide);
  }

  window.rasid.point = { attach, pick, onClick, onOver, tell, hide };
})();
