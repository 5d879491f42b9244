/* Rasid's timeline, 3 of 8: the brush. Drag over the bars to choose a period, drag the period to move it, its edges to
   change it; each of the three is a slider for the keyboard. Choosing snaps to bars, with Ctrl to days.

   timeline.brush: attach(box, change) where change(first, last, settled) is told every choice, place() follows it. */
(function () {
  "use strict";

  const { time, sayDays, word, bounds, make, number } = window.rasid.timeline;
  const { chart } = window.rasid.timeline;
  let box = null, change = null, period = null, tip = null;
  const handles = {};

  const chosen = () => (time.first === null ? bounds() : [time.first, time.last]);
  const edge = (bar) => time.bars.edges[Math.min(Math.max(bar, 0), time.bars.edges.length - 1)];

  // inside the days there are, in the right order; all of them is no choice
  function settle(first, last, settled) {
    const [low, high] = bounds(), whole = time.span;
    const kept = [Math.min(Math.max(first, low), high), Math.min(Math.max(last, low), high)].sort((a, b) => a - b);
    if (kept[0] <= whole[0] && kept[1] >= whole[1]) change(null, null, settled);
    else change(kept[0], kept[1], settled);
  }

  function place() {
    if (!box) return;
    const there = Boolean(time.bars && time.bars.edges);
    [period, handles.first, handles.last].forEach((element) => { element.hidden = !there; });
    if (!there) return;
    const [first, last] = chosen(), left = chart.xOf(first), right = chart.xOf(last + 1);
    period.style.left = left + "px";
    period.style.width = Math.max(right - left, 1) + "px";
    handles.first.style.left = left + "px";
    handles.last.style.left = right + "px";
    box.classList.toggle("rasid-time-all", time.first === null);
    const [low, high] = bounds();
    value(handles.first, word("from"), low, last, first, sayDays(first, first));
    value(handles.last, word("to"), first, high, last, sayDays(last, last));
    value(period, word("window"), low, high, first, time.first === null ? word("all") : sayDays(first, last));
  }

  function value(element, label, low, high, current, said) {
    Object.entries({ label, valuemin: low, valuemax: high, valuenow: current, valuetext: said })
      .forEach(([name, content]) => element.setAttribute("aria-" + name, content));
  }

  /* The pointer ------------------------------------------------------------------------------------------------------ */

  const xIn = (event) => event.clientX - box.getBoundingClientRect().left;

  function begin(event) {
    if (event.button || !time.bars || !time.bars.edges) return;
    const part = event.target.closest("[data-part]"), name = part ? part.dataset.part : "new";
    const [first, last] = chosen(), day = chart.dayAt(xIn(event));
    const free = time.first === null || name === "new";
    const drag = { name: name === "period" && free ? "new" : name, day, first, last, moved: false, x: xIn(event) };
    const move = (next) => dragged(drag, next);
    const end = function () {
      box.removeEventListener("pointermove", move);
      ["pointerup", "pointercancel"].forEach((kind) => box.removeEventListener(kind, end));
      if (drag.moved) settle(time.first === null ? time.span[0] : time.first, time.first === null ? time.span[1] : time.last, true);
      else if (drag.name === "new") clicked(drag.day);
    };
    box.setPointerCapture(event.pointerId);
    box.addEventListener("pointermove", move);
    ["pointerup", "pointercancel"].forEach((kind) => box.addEventListener(kind, end));
    (part || period).focus({ preventScroll: true });
    box.classList.add("rasid-time-pointed"); // the focus is seen by who came with the keyboard
    hideTip();
    event.preventDefault();
  }

  function dragged(drag, event) {
    if (!drag.moved && Math.abs(xIn(event) - drag.x) < 3) return;
    drag.moved = true;
    const day = chart.dayAt(xIn(event)), exact = event.ctrlKey || event.metaKey;
    const low = (at) => (exact ? at : edge(chart.barOf(at))), high = (at) => (exact ? at : edge(chart.barOf(at) + 1) - 1);
    if (drag.name === "new") settle(low(Math.min(drag.day, day)), high(Math.max(drag.day, day)), false);
    else if (drag.name === "first") settle(Math.min(low(day), drag.last), drag.last, false);
    else if (drag.name === "last") settle(drag.first, Math.max(high(day), drag.first), false);
    else shift(drag.first, drag.last, exact ? day - drag.day : low(day) - low(drag.day), false);
  }

  function clicked(day) {
    settle(edge(chart.barOf(day)), edge(chart.barOf(day) + 1) - 1, true);
  }

  // moving never changes the length
  function shift(first, last, days, settled) {
    const [low, high] = bounds(), kept = Math.min(Math.max(days, low - first), high - last);
    settle(first + kept, last + kept, settled);
  }

  /* The keyboard ----------------------------------------------------------------------------------------------------- */

  const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 };

  // a bar further; where the days begin or end inside a bar, to its edge first
  function along(day, steps, end) {
    const bar = chart.barOf(day), start = edge(bar), stop = edge(bar + 1) - 1;
    if (end) return edge(bar + steps + (steps > 0 && day < stop ? 0 : 1)) - 1;
    return day > start && steps < 0 ? edge(bar + steps + 1) : edge(bar + steps);
  }

  function key(event) {
    const part = event.target.dataset.part, [first, last] = chosen(), [low, high] = bounds() || [];
    if (!time.bars || !time.bars.edges) return;
    box.classList.remove("rasid-time-pointed");
    const steps = STEPS[event.key], exact = event.ctrlKey || event.metaKey;
    if (event.key === "Escape") change(null, null, true);
    else if (event.key === "Home" || event.key === "End") jump(part, event.key === "Home", first, last, low, high);
    else if (!steps) return;
    else if (part === "first") settle(Math.min(exact ? first + steps : along(first, steps, false), last), last, true);
    else if (part === "last") settle(first, Math.max(exact ? last + steps : along(last, steps, true), first), true);
    else if (event.shiftKey) settle(first, Math.max(along(last, steps, true), first), true);
    else if (time.first === null) clicked(steps > 0 ? low : high);
    else shift(first, last, exact ? steps : along(first, steps, false) - first, true);
    event.preventDefault();
  }

  function jump(part, home, first, last, low, high) {
    if (part === "first") settle(home ? low : last, last, true);
    else if (part === "last") settle(first, home ? first : high, true);
    else shift(first, last, home ? low - first : high - last, true);
  }

  /* The tip: what a bar holds ------------------------------------------------------------------------------------------ */

  function hover(event) {
    if (event.buttons || event.pointerType === "touch" || !time.bars || !time.bars.stacks) return hideTip();
    const bar = chart.barOf(chart.dayAt(xIn(event))), { parts, sure, stacks } = time.bars;
    if (!stacks.totals[bar]) return hideTip();
    const said = parts.map((part, index) => ({ part, sure: sure[index][bar], spread: stacks.vague[index][bar] }))
      .filter((line) => line.sure + line.spread > 0.005).sort((a, b) => b.sure + b.spread - a.sure - a.spread).slice(0, 5);
    const title = make("b", "", { dir: "auto" }, sayDays(edge(bar), edge(bar + 1) - 1));
    tip.replaceChildren(title, ...said.map(function ({ part, sure: count, spread }) {
      const row = make("div", "", { dir: time.words ? time.words.direction : "ltr" }), dot = make("i");
      dot.style.background = chart.themed(part.colour);
      const amount = number(count) + (spread > 0.005 ? " + " + spread.toFixed(spread < 10 ? 1 : 0) : "");
      row.append(dot, make("bdi", "", {}, part.name), make("bdi", "rasid-time-amount", {}, amount));
      return row;
    }));
    tip.hidden = false;
    const x = Math.min(Math.max(event.clientX - tip.offsetWidth / 2, 4), window.innerWidth - tip.offsetWidth - 4);
    tip.style.left = x + "px";
    tip.style.bottom = window.innerHeight - box.getBoundingClientRect().top + 6 + "px";
  }

  function hideTip() {
    tip.hidden = true;
  }

  function slider(part) {
    const element = make("div", "rasid-time-" + (part === "period" ? "period" : "handle"), { role: "slider", tabindex: 0 });
    element.dataset.part = part;
    element.addEventListener("keydown", key);
    return element;
  }

  function attach(target, told) {
    box = target;
    change = told;
    period = slider("period");
    ["first", "last"].forEach((part) => { handles[part] = slider(part); });
    tip = make("div", "rasid-time-tip", { hidden: "" });
    box.append(handles.first, period, handles.last);
    document.body.append(tip);
    box.addEventListener("pointerdown", begin);
    box.addEventListener("pointermove", hover);
    box.addEventListener("pointerleave", hideTip);
    box.addEventListener("dblclick", () => change(null, null, true));
  }

  window.rasid.timeline.brush = { attach, place };
})();
