/* Rasid's layer, the link: where the map looks goes into the address of the page, without a run of the page.

   rasid.link: attach() listens, start() looks where the address said or answers false, fly(selected) goes to an event.
   Only moves of a hand are written: what the page does by itself leaves the address as it is. */
(function () {
  "use strict";

  const { now } = window.rasid;
  const CLOSE = 9; // zoom level from which a site or a town is seen with what is around it
  let own = 0;

  function write() {
    if (own) return;
    const at = now.map.getCenter().wrap(), word = [now.map.getZoom(), at.lat.toFixed(4), at.lng.toFixed(4)].join("/");
    try {
      const page = window.parent.location, said = new URLSearchParams(page.search);
      said.set("view", word);
      const query = said.toString().replaceAll("%2F", "/").replaceAll("%2C", ",").replaceAll("%3A", ":");
      window.parent.history.replaceState(window.parent.history.state, "", page.pathname + "?" + query + page.hash);
    } catch (error) {
      if (error.name !== "SecurityError") throw error; // a page that is not ours holds the map
    }
  }

  // a move of ours: not written
  function quietly(move) {
    own++;
    move();
    own--;
  }

  function start() {
    const look = now.state.view;
    if (!look) return false;
    quietly(() => now.map.setView([look[1], look[2]], look[0], { animate: false }));
    return true;
  }

  function fly(to) {
    const at = L.latLng(to.lat, to.lon), calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const how = { animate: !calm, duration: 0.8 };
    if (to.point) now.map.flyTo(at, Math.max(now.map.getZoom(), CLOSE), how);
    else now.map.flyToBounds(at.toBounds(2200 * to.extent_km), { ...how, padding: [20, 20], maxZoom: CLOSE });
  }

  function attach() {
    now.map.on("moveend", write);
  }

  window.rasid.link = { attach, start, fly, quietly };
})();
