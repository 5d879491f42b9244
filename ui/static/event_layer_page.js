/* Rasid's layer, the page around the map: its counters and its legend follow the map at once, before the app has drawn
   the page again; what has to wait for that is marked as behind.

   rasid.page: tell(counts, source) writes what an answer of the server counts, again() writes it once more while that is
   still what is asked for, behind(on) marks what waits. Only numbers are written, where the app has put numbers itself. */
(function () {
  "use strict";

  const { now } = window.rasid;
  let counts = null, meant = "", waits = false;

  function page() {
    try {
      return window.parent === window ? null : window.parent.document;
    } catch (error) {
      if (error.name !== "SecurityError") throw error; // a page that is not ours holds the map
      return null;
    }
  }

  function put(element, said) {
    if (element && element.textContent !== said) element.textContent = said;
  }

  function hide(element, hidden) {
    if (element && element.hidden !== hidden) element.hidden = hidden;
  }

  const grouped = (number) => number.toLocaleString("en-US");

  function again() {
    const around = page();
    if (!around || !counts || meant !== window.rasid.cells.source()) return;
    ["shown", "unplaced", "undated"].forEach((name) => put(around.querySelector(".rasid-" + name), grouped(counts[name])));
    const undated = around.querySelector(".rasid-undated");
    if (undated) hide(undated.parentElement, !counts.undated);
    around.querySelectorAll(`.rasid-legend[data-split="${now.state.split}"] [data-part]`).forEach(function (part) {
      const number = counts.parts[Number(part.dataset.part)] || 0;
      put(part.querySelector("bdi"), String(number));
      hide(part, !number);
    });
  }

  function tell(next, source) {
    [counts, meant] = [next, source];
    again();
  }

  function behind(on) {
    const around = page();
    if (!around || waits === on && ("rasidBehind" in around.body.dataset) === on) return;
    waits = on;
    if (on) around.body.dataset.rasidBehind = "";
    else delete around.body.dataset.rasidBehind;
  }

  window.rasid.page = { tell, again, behind };
})();
