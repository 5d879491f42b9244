/* Rasid's timeline, 8 of 8: the two calls from outside, and what a choice sets off.

   window.rasid.timeline.attach()     once, after the event layer was attached: puts the panel under the map
   window.rasid.timeline.show(state)  whenever what is shown changes: key (all filters but that of days), first, last

   A choice shows at once on the map, and is told the app when it is settled, which then chooses the same days in its
   fields and in the address. The files are loaded in the order that ui/timeline_panel.py names them. */
(function () {
  "use strict";

  const { now, cells } = window.rasid;
  const { time, word, make, ask } = window.rasid.timeline;
  const { chart, brush, film, play, bar } = window.rasid.timeline;
  const WAIT = 450; // milliseconds after the last key before the app is told
  const HEIGHT = 132; // pixels, as ui/timeline_panel.py and timeline.css have it
  let box = null, later = 0, sent = [], told = "", asked = null, tries = 0, due = 0, remark;

  const periodOf = (state) => String([state.first, state.last]);

  function change(first, last, settled, row, note) {
    const moved = first !== time.first || last !== time.last;
    if (settled && row === undefined && time.event && moved) play.leave();
    time.first = first;
    time.last = last;
    now.days = { key: time.key, first, last };
    if (!time.playing) cells.ask();
    refresh(note);
    clearTimeout(later);
    if (settled) later = setTimeout(() => tell(row), row === undefined ? WAIT : 150);
  }

  // once a picture is enough, however many steps it took
  function refresh(note) {
    remark = note;
    if (!due) due = requestAnimationFrame(paint);
  }

  function paint() {
    const note = remark;
    due = 0;
    chart.paint();
    brush.place();
    bar.say(note);
    Object.assign(document.body.dataset, { rasidFirst: String(time.first), rasidLast: String(time.last) });
  }

  function tell(row) {
    const days = [time.first, time.last], said = periodOf(time);
    if (said === (sent.length ? sent[sent.length - 1] : told) && row === undefined) return;
    sent.push(said);
    window.rasid.point.pick(row === undefined ? { days } : { days, row });
  }

  // what the app says wins, but for what it had not heard of yet
  function follow(next) {
    const said = periodOf(next), known = sent.indexOf(said);
    if (known >= 0) sent = sent.slice(known + 1);
    else if (said !== told) sent = [];
    const older = sent.length > 0;
    told = said;
    if (older || time.playing && known < 0 && said === periodOf(time)) return;
    if (said === periodOf(time)) return;
    if (time.playing) play.pause();
    clearTimeout(later);
    time.first = next.first;
    time.last = next.last;
  }

  function fetchBars() {
    if (asked) asked.abort();
    const mine = (asked = new AbortController()), key = time.key;
    const query = { unit: time.unit, by: time.split, room: chart.room(), lang: now.state.language };
    if (time.axis) Object.assign(query, { first: time.axis[0], last: time.axis[1] });
    ask("bars", query, mine.signal).then((answer) => answer.json()).then(function (bars) {
      if (mine.signal.aborted) return;
      tries = 0;
      time.bars = Object.assign(bars, { key });
      time.span = bars.span;
      if (!time.step && bars.unit) time.step = { day: "day", week: "week" }[bars.unit] || "month";
      document.body.dataset.rasidBars = bars.edges ? bars.edges.length - 1 : 0;
      document.body.dataset.rasidUnit = bars.unit || "";
      document.body.dataset.rasidTotal = bars.total || 0;
      draw();
      bar.write();
    }).catch(function (error) {
      if (error.status === 410 && ++tries < 6) setTimeout(fetchBars, 600 * tries); // the app puts it back
      else if (error.name !== "AbortError") document.body.dataset.rasidError = error.message;
    });
  }

  function draw() {
    chart.prepare();
    refresh();
  }

  async function fetchWords(language) {
    const answer = await fetch("../../rasid/timeline/words/" + encodeURIComponent(language));
    if (!answer.ok || language !== now.state.language) return;
    time.words = await answer.json();
    bar.write();
    draw();
  }

  function zoom() {
    time.axis = time.first === null ? null : [time.first, time.last];
    if (time.axis) change(null, null, false); // the part looked at is the period now, until one is brushed in it
    if (time.axis) change(time.axis[0], time.axis[1], true);
    fetchBars();
  }

  // rings and bars at once; the app then explains their colours
  function split(by) {
    time.split = now.state.split = by;
    cells.ask();
    fetchBars();
    film.reopen();
    window.rasid.point.pick({ split: by });
  }

  function clear() {
    play.pause();
    const part = Boolean(time.axis);
    time.axis = null;
    change(null, null, true);
    if (part) fetchBars();
  }

  function show(next) {
    const filters = next.key !== time.key || now.state.split !== time.split, spoken = now.state.language !== time.language;
    time.key = next.key;
    time.split = now.state.split;
    follow(next);
    now.days = { key: time.key, first: time.first, last: time.last };
    cells.ask();
    if (spoken) {
      time.language = now.state.language;
      fetchWords(time.language);
    }
    if (filters || spoken) {
      play.leave();
      fetchBars();
      if (time.playing) film.reopen();
    }
    draw();
  }

  function attach() {
    const panel = make("section", "rasid-time", { role: "group" });
    document.body.append(panel);
    const above = now.map.getContainer();
    above.style.height = above.offsetHeight - HEIGHT + "px"; // not by the style sheet, which may come late
    now.map.invalidateSize({ pan: false });
    box = make("div", "rasid-time-chart");
    bar.attach(panel, { zoom, clear, bars: fetchBars, split });
    panel.append(box);
    chart.attach(box);
    brush.attach(box, (first, last, settled) => { play.pause(); change(first, last, settled); });
    play.attach(change);
    film.attach();
    let room = 0;
    new ResizeObserver(function () {
      draw();
      if (time.key && time.unit === "auto" && chart.room() !== room) fetchBars();
      room = chart.room();
    }).observe(box);
  }

  Object.assign(window.rasid.timeline, { attach, show });
})();
