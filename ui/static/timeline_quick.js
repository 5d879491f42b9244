/* Rasid's timeline, 7 of 9: the quick ranges, counted back from the last day of the data. One choice of several, for the
   keyboard too; the map follows at once, the app when the hand rests.

   timeline.quick: attach(panel, choose) where choose(first, last) is told the days, null and null for all of them;
   write() after the words changed, follow() after the days did. */
(function () {
  "use strict";

  const { time, make } = window.rasid.timeline;
  let row = null, choose = null, inputs = new Map();

  // days of a range; all the days there are is no period
  function daysOf(name) {
    if (name === "all" || !time.span) return [null, null];
    const [low, high] = time.span, first = high - Number(name) + 1;
    return first <= low ? [null, null] : [first, high];
  }

  function radio(name, said) {
    const input = make("input", "", { type: "radio", name: "rasid-quick", value: name });
    input.addEventListener("change", () => choose(...daysOf(name)));
    inputs.set(name, input);
    return make("label", "", {}, input, make("span", "", {}, said));
  }

  function write() {
    const { words } = time;
    if (!words || !words.quick) return;
    inputs = new Map();
    row.setAttribute("aria-label", words.quick_heading);
    row.dir = words.direction;
    row.replaceChildren(...words.quick.map(([name, said]) => radio(name, said)));
    follow();
  }

  function follow() {
    const same = ([first, last]) => first === time.first && last === time.last;
    const found = [...inputs.keys()].filter((name) => same(daysOf(name))).pop();
    inputs.forEach(function (input, name) {
      input.checked = name === found;
      input.disabled = !time.span;
    });
  }

  function attach(panel, told) {
    choose = told;
    row = make("div", "rasid-time-quick", { role: "radiogroup" });
    panel.append(row);
  }

  window.rasid.timeline.quick = { attach, write, follow };
})();
