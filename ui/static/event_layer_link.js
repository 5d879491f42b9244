/* Rasid's layer, the link: where the map looks goes into the address of the page, without a run of the page.

   rasid.link: attach() listens, start() looks where the address said or answers false, show() keeps the address as it
   is wanted, fly(selected) goes to an event.
   Only moves of a hand are written: what the page does by itself leaves the address as it is. */
(function () {
  "use strict";

  const { now } = window.rasid;
  const CLOSE = 9; // zoom level from which a site or a town is seen with what is around it
  let own = 0, size = null, wanted = null;

  // A run of the page may write the address anew without knowing the last move: what is wanted is written again.
  function write() {
    if (!wanted) return;
    try {
      const page = window.parent.location, said = new URLSearchParams(page.search);
      if (said.get("view") === wanted) return;
      said.set("view", wanted);
      const query = said.toString().replaceAll("%2F", "/").replaceAll("%2C", ",").replaceAll("%3A", ":");
      window.parent.history.replaceState(window.parent.history.state, "", page.pathname + "?" + query + page.hash);
    } catch (error) {
      if (error.name !== "SecurityError") throw error; // a page that is not ours holds the map
    }
  }

  function moved() {
    const seen = now.map.getSize(), resized = !size || !seen.equals(size);
    size = seen;
    if (own || resized || !now.state.key) return;
    const at = now.map.getCenter().wrap();
    wanted = [now.map.getZoom(), at.lat.toFixed(4), at.lng.toFixed(4)].join("/");
    write();
  }

  // a move of ours: not written
  function quietly(move) {
    own++;
    move();
    own--;
  }

  function show() {
    [100, 500, 1500].forEach((wait) => setTimeout(write, wait));
  }

  function start() {
    const look = now.state.view;
    if (!look) return false;
    quietly(() => now.map.setView([look[1], look[2]], look[0], { animate: false }));
    wanted = [look[0], look[1].toFixed(4), look[2].toFixed(4)].join("/");
    return true;
  }

  function fly(to) {
    const at = L.latLng(to.lat, to.lon), calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const how = { animate: !calm, duration: 0.8 };
    if (to.point) now.map.flyTo(at, Math.max(now.map.getZoom(), CLOSE), how);
    else now.map.flyToBounds(at.toBounds(2200 * to.extent_km), { ...how, padding: [20, 20], maxZoom: CLOSE });
  }

  function attach() {
    now.map.on("moveend", moved);
  }

  window.rasid.link = { attach, start, show, fly, quietly };
})();
