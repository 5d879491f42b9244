/* Rasid's timeline, 6 of 8: play, pause and step. A step moves the period by a day, a week, a month, or to the next
   event; playing takes so many steps a second and ends with the days.

   timeline.play: attach(change), start(), pause(), toggle(), step(direction), leave() forgets the event shown. */
(function () {
  "use strict";

  const { now } = window.rasid;
  const { time, date, dayOf, bounds, ask } = window.rasid.timeline;
  const { film } = window.rasid.timeline;
  const WIDTH = { day: 7, week: 28, month: 92, year: 730 }; // days of a period nobody chose, by the bars
  const { ink } = window.rasid.paint;
  let change = null, last = 0, busy = false, ahead = [], beacon = null;

  const width = () => (time.first === null ? WIDTH[time.bars.unit] : time.last - time.first + 1);

  function monthOn(day, months) {
    const at = date(day), target = at.getUTCMonth() + months, year = at.getUTCFullYear();
    const length = new Date(Date.UTC(year, target + 1, 0)).getUTCDate();
    return dayOf(year, target, Math.min(at.getUTCDate(), length));
  }

  // the period at the edge from which one sets out
  function edge(direction) {
    const [low, high] = bounds(), days = Math.min(width(), high - low + 1);
    return direction > 0 ? [low, low + days - 1] : [high - days + 1, high];
  }

  // a step on, null at the end; whole months stay whole months
  function next(direction) {
    const [low, high] = bounds();
    if (time.first === null) return edge(direction);
    if (direction > 0 ? time.last >= high : time.first <= low) return null;
    let first = time.first, end = time.last;
    if (time.step === "month") {
      const whole = date(first).getUTCDate() === 1 && date(end + 1).getUTCDate() === 1;
      end = whole ? monthOn(end + 1, direction) - 1 : monthOn(first, direction) + (end - first);
      first = monthOn(first, direction);
    } else {
      const days = direction * (time.step === "week" ? 7 : 1);
      first += days;
      end += days;
    }
    const back = Math.max(end - high, 0) - Math.max(low - first, 0); // the last step may be shorter
    return [first - back, end - back];
  }

  /* Events ----------------------------------------------------------------------------------------------------------- */

  async function fetchEvents(direction) {
    const from = time.event || { first: time.first === null ? bounds()[0] : time.first, row: -1 };
    const query = { day: from.first, row: from.row, number: direction > 0 ? 40 : 1 };
    if (direction < 0) query.back = 1;
    const answer = await ask("events", query), said = await answer.json();
    time.events = said.total || time.events;
    return said.events.filter((event) => event.first <= bounds()[1] && event.last >= bounds()[0]);
  }

  async function stepEvent(direction, settled) {
    if (direction < 0 || !ahead.length) ahead = await fetchEvents(direction);
    const event = ahead.shift();
    if (direction < 0) ahead = [];
    if (!event) return false;
    time.event = event;
    const days = width(), [low, high] = bounds(), start = Math.max(event.first, low);
    let [first, end] = time.first === null ? [start, start + days - 1] : [time.first, time.last];
    if (start > end) [first, end] = [start - days + 1, start];
    if (start < first) [first, end] = [start, start + days - 1];
    change(Math.max(first, low), Math.min(end, high), settled, event.row);
    point(event);
    return true;
  }

  function point(event) {
    if (beacon) now.map.removeLayer(beacon);
    beacon = null;
    if (!event || !event.at) return;
    const style = { pane: "rasid-film", interactive: false, fill: false, className: "rasid-beacon" };
    beacon = L.circleMarker(event.at, Object.assign({ radius: 15, weight: 2.5, color: ink() }, style)).addTo(now.map);
    if (!now.map.getBounds().pad(-0.08).contains(event.at)) now.map.panTo(event.at, { animate: false });
  }

  function leave() {
    time.event = null;
    ahead = [];
    point(null);
  }

  /* The clock -------------------------------------------------------------------------------------------------------- */

  async function step(direction) {
    if (!time.bars || !time.bars.edges || busy) return;
    if (time.playing) pause();
    busy = true;
    try {
      if (time.step === "event") {
        if (await stepEvent(direction, true)) return;
      } else {
        leave();
        const period = next(direction);
        if (period) return change(period[0], period[1], true);
      }
      change(time.first, time.last, true, undefined, "last_event");
    } finally {
      busy = false;
    }
  }

  async function start() {
    if (time.playing || !time.bars || !time.bars.edges) return;
    time.playing = true;
    if (time.first === null || time.last >= bounds()[1]) {
      leave();
      change(...edge(1), false);
    } else change(time.first, time.last, false);
    await film.open(time.first, time.last);
    last = performance.now();
    if (time.playing) requestAnimationFrame(tick);
  }

  function tick(clock) {
    if (!time.playing) return;
    requestAnimationFrame(tick);
    const pause = 1000 / time.speed;
    if (busy || clock - last < pause) return;
    if (!film.ready(time.last)) return; // the next reel is still on its way
    const steps = Math.min(Math.floor((clock - last) / pause), 4);
    last = clock - last > 4 * pause ? clock : last + steps * pause;
    advance(steps);
  }

  async function advance(steps) {
    busy = true;
    try {
      for (let each = 0; each < steps && time.playing; each++) {
        const period = time.step === "event" ? null : next(1);
        const on = time.step === "event" ? await stepEvent(1, false) : Boolean(period);
        if (!on) return pause();
        if (period) change(period[0], period[1], false);
      }
      film.move(time.first, time.last);
    } catch {
      pause();
    } finally {
      busy = false;
    }
  }

  function pause() {
    if (!time.playing) return;
    time.playing = false;
    film.close();
    change(time.first, time.last, true, time.event ? time.event.row : undefined);
  }

  function attach(told) {
    change = told;
  }

  window.rasid.timeline.play = { attach, start, pause, step, leave, toggle: () => (time.playing ? pause() : start()) };
})();
