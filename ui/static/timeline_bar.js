/* Rasid's timeline, 7 of 8: the bar of buttons and choices above the histogram, and the words that say what is shown.

   timeline.bar: attach(panel, act) where act has zoom(), clear(), bars(), split(by); write() after the words or the theme changed,
   say(note) after anything else did. */
(function () {
  "use strict";

  const { time, number, sayDays, word, make, ask, bounds } = window.rasid.timeline;
  const { chart, play } = window.rasid.timeline;
  const PATHS = {
    play: "M4 2.5v11l9-5.5z", pause: "M4 3h3v10H4zM9 3h3v10H9z", back: "M3 3h2v10H3zM13 3v10L6 8z", forward: "M11 3h2v10h-2zM3 3v10l7-5z",
    clear: "M4 3 8 7l4-4 1 1-4 4 4 4-1 1-4-4-4 4-1-1 4-4-4-4z",
    zoom: "M7 2a5 5 0 0 1 4 8l3.2 3.2-1 1L10 11a5 5 0 1 1-3-9zm0 1.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM6.3 5h1.4v1.3H9v1.4H7.7V9H6.3V7.7H5V6.3h1.3z",
    whole: "M7 2a5 5 0 0 1 4 8l3.2 3.2-1 1L10 11a5 5 0 1 1-3-9zm0 1.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM5 6.3h4v1.4H5z",
    options: "M2 4h7v1.5H2zM13 4h1v1.5h-1zM10 3h2v3.5h-2zM2 10.5h2V12H2zM8 10.5h6V12H8zM5 9.5h2V13H5z",
  };
  const SPEEDS = [1, 2, 4, 8, 16, 30], STEPS = ["day", "week", "month", "event"], UNITS = ["auto", "day", "week", "month", "year"];
  const buttons = {}, selects = {};
  let bar = null, period = null, counted = null, aside = null, legend = null, choices = null, counting = "";

  function icon(name) {
    const space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg"), path = document.createElementNS(space, "path");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", PATHS[name]);
    svg.append(path);
    return svg;
  }

  function button(name, action) {
    buttons[name] = make("button", "rasid-time-" + name, { type: "button" }, icon(name));
    buttons[name].addEventListener("click", action);
    return buttons[name];
  }

  function label(element, said, shape) {
    element.setAttribute("aria-label", said);
    element.title = said;
    if (shape) element.replaceChildren(icon(shape));
  }

  function select(name, options, action) {
    selects[name] = make("select");
    selects[name].append(...options.map((value) => make("option", "", { value })));
    selects[name].addEventListener("change", () => action(selects[name].value));
    return make("label", "", {}, make("span"), selects[name]);
  }

  /* Words ------------------------------------------------------------------------------------------------------------ */

  const OPTIONS = {
    step: (value) => word("step_" + value),
    speed: (value) => word("per_second", { count: value }),
    unit: (value) => (value === "auto" && time.bars && time.bars.unit ? word("auto") + " · " + word(time.bars.unit) : word(value)),
    split: (value) => word("split_" + value),
  };
  const LABELS = { step: "step", speed: "speed", unit: "bars", split: "split" };

  function write() {
    if (!time.words) return;
    bar.dir = legend.dir = time.words.direction;
    bar.parentElement.setAttribute("aria-label", word("heading"));
    ["back", "forward", "clear", "options"].forEach((name) => label(buttons[name], word(name)));
    Object.entries(selects).forEach(function ([name, element]) {
      element.previousSibling.textContent = word(LABELS[name]);
      [...element.options].forEach((option) => { option.textContent = OPTIONS[name](option.value); });
      element.value = String(time[name] || "day");
    });
    say();
  }

  function say(note) {
    if (!time.words) return;
    const all = time.first === null, there = Boolean(time.bars && time.bars.edges);
    label(buttons.play, word(time.playing ? "pause" : "play"), time.playing ? "pause" : "play");
    label(buttons.zoom, word(time.axis && all ? "whole" : "zoom"), time.axis && all ? "whole" : "zoom");
    [buttons.play, buttons.back, buttons.forward].forEach((each) => { each.disabled = !there; });
    buttons.zoom.disabled = !there || (all && !time.axis);
    buttons.clear.disabled = all;
    period.parentElement.setAttribute("aria-live", time.playing ? "off" : "polite");
    period.textContent = !there ? word("nothing") : all && !time.axis ? word("all") : sayDays(...(all ? bounds() : [time.first, time.last]));
    counted.textContent = [count(all && !time.axis), time.event ? sayEvent() : "", note ? word(note) : ""].filter(Boolean).join(" · ");
    const vague = there && !time.event && time.bars.spread.some((row) => row.length);
    const undated = time.bars && time.bars.undated ? word("undated", { count: number(time.bars.undated) }) : "";
    aside.replaceChildren(...(vague ? [make("span", "rasid-time-hatched", {}, word("spread"))] : []), ...(undated ? [make("span", "", {}, undated)] : []));
    sayLegend();
  }

  function sayEvent() {
    const said = word("event", { number: number(time.event.number), total: number(time.events || 0) });
    return said + ": \u2068" + (time.event.place || "…") + "\u2069" + (time.event.at ? "" : " (" + word("unplaced") + ")");
  }

  function sayLegend() {
    const shown = time.bars && time.bars.parts && time.split === "actor";
    legend.hidden = !shown;
    if (!shown) return;
    const held = (part, index) => time.bars.sure[index].some(Boolean) || time.bars.spread[index].length;
    legend.replaceChildren(...time.bars.parts.filter(held).map(function (part) {
      const dot = make("i");
      dot.style.background = chart.themed(part.colour);
      return make("span", "", {}, dot, make("bdi", "", {}, part.name));
    }));
  }

  /* How many events overlap the period: vague ones too. Exact for every period, from two counts a day. */
  function count(all) {
    if (!time.bars || !time.bars.edges) return "";
    if (all) return word("events", { count: number(time.bars.total) });
    if (!time.days || time.days.key !== time.key) {
      countDays();
      return "";
    }
    const [first, last] = time.first === null ? bounds() : [time.first, time.last], { first: low, begun, ended } = time.days;
    const inside = begun[Math.min(last - low, begun.length - 1)] - (first > low ? ended[first - 1 - low] : 0);
    document.body.dataset.rasidInside = inside;
    return word("events", { count: number(inside) });
  }

  function countDays() {
    if (counting === time.key) return;
    const key = (counting = time.key);
    ask("days", { first: time.span[0], last: time.span[1] }).then((answer) => answer.json()).then(function (days) {
      if (key !== time.key) return;
      time.days = Object.assign(days, { key });
      say();
    }).catch(() => {}).finally(() => { if (counting === key) counting = ""; });
  }

  /* ------------------------------------------------------------------------------------------------------------------ */

  function attach(panel, act) {
    const moves = make("div", "rasid-time-moves", { dir: "ltr" }, button("back", () => play.step(-1)), button("play", play.toggle), button("forward", () => play.step(1)));
    period = make("b", "", { dir: "auto" });
    counted = make("span", "", { dir: "auto" });
    aside = make("div", "rasid-time-aside");
    choices = make("div", "rasid-time-choices", {},
      select("step", STEPS, (value) => { time.step = value; play.leave(); say(); }),
      select("speed", SPEEDS, (value) => { time.speed = Number(value); }),
      select("unit", UNITS, (value) => { time.unit = value; act.bars(); }),
      select("split", ["event_type", "actor"], act.split));
    const words = make("div", "rasid-time-words", { role: "status" }, period, " ", counted);
    const open = () => { buttons.options.setAttribute("aria-expanded", String(bar.classList.toggle("rasid-time-open"))); };
    bar = make("div", "rasid-time-bar", {}, moves, words, aside, choices, button("zoom", act.zoom), button("clear", act.clear), button("options", open));
    buttons.options.setAttribute("aria-expanded", "false");
    legend = make("div", "rasid-time-legend", { hidden: "" });
    panel.append(bar, legend);
  }

  window.rasid.timeline.bar = { attach, write, say };
})();
