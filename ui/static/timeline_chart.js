/* Rasid's timeline, 2 of 8: the histogram. One canvas of stacked bars over an axis; what is not sure of its bar is
   hatched. The bars are painted once and copied at every move of the period, pale outside of it.

   timeline.chart: attach(box) makes it, prepare() paints new bars, paint() shows the period, dayAt(x), xOf(day),
   barOf(day), onHover for the tip. */
(function () {
  "use strict";

  const { dark, ink, family, colour } = window.rasid.paint;
  const { now } = window.rasid;
  const { time, date, dayOf, format } = window.rasid.timeline;
  const AXIS = 18, PAD = 9, TOP = 6, FAINT = 0.26;
  let canvas = null, copy = null, size = { width: 0, height: 0 };

  const scale = () => window.devicePixelRatio || 1;
  const edges = () => time.bars.edges;
  const spanOf = () => [edges()[0], edges()[edges().length - 1]];

  function xOf(day) {
    const [low, high] = spanOf();
    return PAD + ((day - low) / (high - low)) * (size.width - 2 * PAD);
  }

  function dayAt(x) {
    const [low, high] = spanOf(), share = (x - PAD) / (size.width - 2 * PAD);
    return Math.min(Math.max(low + Math.floor(share * (high - low)), low), high - 1);
  }

  function barOf(day) {
    const list = edges();
    let low = 0, high = list.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (list[middle] <= day) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function themed(hex) {
    const type = now.options.colours.indexOf(hex);
    return type < 0 ? hex : colour(type);
  }

  function hatch(ctx, hex) {
    const tile = document.createElement("canvas"), step = 5 * scale();
    tile.width = tile.height = Math.round(step);
    const brush = tile.getContext("2d");
    brush.globalAlpha = 0.22;
    brush.fillStyle = hex;
    brush.fillRect(0, 0, tile.width, tile.height);
    brush.globalAlpha = 1;
    brush.strokeStyle = hex;
    brush.lineWidth = 1.1 * scale();
    brush.beginPath();
    [-1, 0, 1].forEach(function (shift) {
      brush.moveTo((shift - 0.1) * tile.width, 1.1 * tile.height);
      brush.lineTo((shift + 1.1) * tile.width, -0.1 * tile.height);
    });
    brush.stroke();
    const pattern = ctx.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / scale()));
    return pattern;
  }

  function stacks() {
    const { parts, sure, spread } = time.bars, count = edges().length - 1;
    const vague = parts.map(() => new Float64Array(count)), totals = new Float64Array(count);
    parts.forEach(function (part, index) {
      spread[index].forEach(([bar, amount]) => { vague[index][bar] = amount; });
      for (let bar = 0; bar < count; bar++) totals[bar] += sure[index][bar] + vague[index][bar];
    });
    return { vague, totals, highest: totals.reduce((most, total) => Math.max(most, total), 0) };
  }

  function paintBars(ctx) {
    const floor = size.height - AXIS, room = floor - TOP, { sure, parts } = time.bars;
    const { vague, totals, highest } = (time.bars.stacks = stacks());
    if (!highest) return;
    const fills = parts.map((part) => [themed(part.colour), hatch(ctx, themed(part.colour))]);
    totals.forEach(function (total, bar) {
      if (!total) return;
      const left = xOf(edges()[bar]), right = xOf(edges()[bar + 1]), gap = right - left > 4 ? 1 : 0;
      const tall = Math.max((total / highest) * room, 2), each = tall / total, wide = Math.max(right - left - gap, 1);
      let y = floor;
      [sure, vague].forEach(function (kind, which) {
        parts.forEach(function (part, index) {
          const height = kind[index][bar] * each;
          if (!height) return;
          y -= height;
          ctx.fillStyle = fills[index][which];
          ctx.fillRect(left, y, wide, height);
        });
      });
    });
  }

  /* The axis --------------------------------------------------------------------------------------------------------- */

  const months = (day) => date(day).getUTCFullYear() * 12 + date(day).getUTCMonth();
  const ofMonth = (month) => dayOf(Math.floor(month / 12), month % 12, 1);

  function ticks() {
    const [low, high] = spanOf(), most = Math.max(Math.floor(size.width / 74), 2), days = high - low, found = [];
    const step = [1, 2, 7, 14].find((each) => days / each <= most);
    if (step) {
      for (let day = low; day < high; day += step) found.push([day, { day: "numeric", month: "short" }]);
      return found;
    }
    const first = months(low) + (date(low).getUTCDate() > 1 ? 1 : 0), last = months(high - 1);
    const each = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((number) => (last - first) / number <= most) || 6000;
    for (let month = Math.ceil(first / each) * each; month <= last; month += each) {
      const january = month % 12 === 0;
      found.push([ofMonth(month), january ? { year: "numeric" } : { month: "short" }]);
    }
    if (found.length && !found.some((tick) => tick[1].year)) found[0][1] = { month: "short", year: "numeric" };
    return found;
  }

  function paintAxis(ctx) {
    const floor = size.height - AXIS;
    ctx.fillStyle = dark() ? "rgba(232,234,237,.28)" : "rgba(31,41,51,.22)";
    ctx.fillRect(PAD, floor, size.width - 2 * PAD, 1);
    ctx.font = "400 11px " + family;
    ctx.textBaseline = "top";
    let free = 0;
    ticks().forEach(function ([day, options]) {
      const said = format(options).format(date(day)), wide = ctx.measureText(said).width, x = xOf(day);
      const left = Math.min(Math.max(x - (options.day ? 0 : 0), 0), size.width - wide - 2);
      ctx.fillStyle = dark() ? "rgba(232,234,237,.4)" : "rgba(31,41,51,.35)";
      ctx.fillRect(Math.round(x), floor, 1, 4);
      if (left < free) return;
      free = left + wide + 10;
      ctx.fillStyle = dark() ? "#aab4c0" : "#5b6875";
      ctx.direction = "ltr";
      ctx.textAlign = "left";
      ctx.fillText(said, left + 3, floor + 4);
    });
  }

  /* Calls ------------------------------------------------------------------------------------------------------------ */

  function fit(target) {
    target.width = Math.round(size.width * scale());
    target.height = Math.round(size.height * scale());
    const ctx = target.getContext("2d");
    ctx.setTransform(scale(), 0, 0, scale(), 0, 0);
    return ctx;
  }

  function prepare() {
    size = { width: canvas.clientWidth, height: canvas.clientHeight };
    if (!size.width || !time.bars || !time.bars.edges) return;
    copy = copy || document.createElement("canvas");
    paintBars(fit(copy));
    fit(canvas);
    paint();
  }

  function paint() {
    const ctx = canvas.getContext("2d"), floor = size.height - AXIS;
    ctx.clearRect(0, 0, size.width, size.height);
    if (!time.bars || !time.bars.edges || !copy) return;
    const all = time.first === null, left = all ? 0 : xOf(time.first), right = all ? size.width : xOf(time.last + 1);
    ctx.globalAlpha = all ? 1 : FAINT;
    ctx.drawImage(copy, 0, 0, size.width, size.height);
    ctx.globalAlpha = 1;
    if (!all) {
      ctx.fillStyle = dark() ? "rgba(86,180,233,.13)" : "rgba(11,122,158,.09)";
      ctx.fillRect(left, 0, right - left, floor);
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, 0, Math.max(right - left, 1), size.height);
      ctx.clip();
      ctx.drawImage(copy, 0, 0, size.width, size.height);
      ctx.restore();
    }
    paintAxis(ctx);
  }

  function attach(box) {
    canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    box.append(canvas);
  }

  const room = () => Math.max(Math.floor((canvas.clientWidth - 2 * PAD) / 5), 20);

  window.rasid.timeline.chart = { attach, prepare, paint, xOf, dayAt, barOf, themed, room, ink };
})();
