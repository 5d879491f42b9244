/* Rasid's layer, 1 of 6: what is common to its files, and how they paint.

   Every file adds its part to window.rasid; rasid.now holds the map, the options and what is shown.
   Here: colours that suit the theme, short numbers, and discs, rings, crosses and words on a canvas. */
(function () {
  "use strict";

  const now = { map: null, options: null, state: {}, days: null };

  const family = '"IBM Plex Sans Arabic", system-ui, sans-serif';

  const dark = () => now.state.theme === "dark";
  const ink = () => (dark() ? "#e8eaed" : "#1f2933");
  const paper = () => (dark() ? "#1b222b" : "#ffffff");

  // dark colours are lifted where the map is dark
  function colour(type) {
    const hex = now.options.colours[type] || "#888888", value = parseInt(hex.slice(1), 16);
    const parts = [value >> 16, (value >> 8) & 255, value & 255];
    if (!dark() || 0.3 * parts[0] + 0.59 * parts[1] + 0.11 * parts[2] > 110) return hex;
    return "#" + parts.map((part) => Math.round(part + (255 - part) * 0.38).toString(16).padStart(2, "0")).join("");
  }

  function alpha(hex, opacity) {
    const value = parseInt(hex.slice(1), 16);
    return "rgba(" + (value >> 16) + "," + ((value >> 8) & 255) + "," + (value & 255) + "," + opacity + ")";
  }

  function shorten(count) {
    if (count < 1000) return String(count);
    if (count < 10000) return (count / 1000).toFixed(1) + "k";
    if (count < 1000000) return Math.round(count / 1000) + "k";
    return (count / 1000000).toFixed(1) + "M";
  }

  function disc(ctx, x, y, radius, fill) {
    ctx.beginPath();
    ctx.arc(x, y, Math.max(radius, 0), 0, 2 * Math.PI);
    ctx.fillStyle = fill;
    ctx.fill();
  }

  function ring(ctx, x, y, radius, stroke, width, dash) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.setLineDash(dash);
    ctx.lineWidth = width;
    ctx.strokeStyle = stroke;
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function cross(ctx, x, y, arm, stroke) {
    ctx.beginPath();
    ctx.moveTo(x - arm, y - arm);
    ctx.lineTo(x + arm, y + arm);
    ctx.moveTo(x + arm, y - arm);
    ctx.lineTo(x - arm, y + arm);
    ctx.lineWidth = 1.8;
    ctx.strokeStyle = stroke;
    ctx.stroke();
  }

  function write(ctx, text, x, y, size, fill) {
    ctx.font = "600 " + size + "px " + family;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = fill;
    ctx.fillText(text, x, y + 0.5);
  }

  window.rasid = { now, paint: { family, dark, ink, paper, colour, alpha, shorten, disc, ring, cross, write } };
})();
