/* Rasid's timeline, 1 of 8: what is common to its files.

   Every file adds its part to window.rasid.timeline. time holds what is shown; days are whole numbers since 1970-01-01,
   a period of null .. null is all days. Words of the timeline come from the server; all is shown with textContent. */
(function () {
  "use strict";

  const { now } = window.rasid;
  const DAY = 86400000;
  const time = {
    key: "", words: null, language: "", bars: null, span: null, days: null,
    first: null, last: null, axis: null,
    unit: "auto", split: "event_type", step: "", speed: 4, playing: false, event: null,
  };
  const formats = new Map();

  const date = (day) => new Date(day * DAY);
  const dayOf = (year, month, day) => Date.UTC(year, month, day) / DAY;
  const number = (count) => count.toLocaleString("en-US");

  function format(options) {
    const tag = word("dates") || "en", name = tag + JSON.stringify(options);
    if (!formats.has(name)) {
      const wanted = Object.assign({ timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" }, options);
      formats.set(name, new Intl.DateTimeFormat([tag, "en"], wanted));
    }
    return formats.get(name);
  }

  const isFirst = (day) => date(day).getUTCDate() === 1;

  // whole months are said as months, all else with its days
  function sayDays(first, last) {
    const months = isFirst(first) && isFirst(last + 1);
    const options = months ? { month: "long", year: "numeric" } : { day: "numeric", month: "short", year: "numeric" };
    return format(options).formatRange(date(first), date(last));
  }

  function word(key, values) {
    const said = (time.words || {})[key] || "";
    return said.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
  }

  // an event of vague date begins early and ends late; where nobody chose a period the whole is meant
  function bounds() {
    if (!time.span) return null;
    return time.axis ? [Math.max(time.axis[0], time.span[0]), Math.min(time.axis[1], time.span[1])] : time.span.slice();
  }

  function make(name, classes, attributes, ...children) {
    const element = document.createElement(name);
    if (classes) element.className = classes;
    Object.entries(attributes || {}).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...children);
    return element;
  }

  function ask(name, query, signal) {
    const address = "../../rasid/timeline/" + name + "/" + time.key + "?" + new URLSearchParams(query);
    return fetch(address, { signal }).then(function (answer) {
      if (!answer.ok) throw Object.assign(new Error("timeline: " + answer.status), { status: answer.status });
      return answer;
    });
  }

  function view() {
    const box = now.map.getBounds();
    return { z: Math.round(now.map.getZoom()), w: box.getWest(), s: box.getSouth(), e: box.getEast(), n: box.getNorth() };
  }

  window.rasid.timeline = { time, date, dayOf, number, format, sayDays, word, bounds, make, ask, view };
})();
