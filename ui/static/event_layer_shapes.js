/* Rasid's layer, 2 of 6: the shapes it draws, each a Leaflet path that paints itself on the layer's canvas.

   rasid.shapes: Cluster (a ring split by kind, with its number), Pin (a site or town), Ring (the extent of a coarse
   place), Extent (of the chosen event), Arrow (from launch to target), Town (a name written on the map). */
(function () {
  "use strict";

  const { family, dark, ink, paper, colour, alpha, shorten, disc, ring, cross, write } = window.rasid.paint;

  const STATUS = ["actual", "historical", "future", "hypothetical", "denied"];

  const drawing = (layer) => layer._renderer._drawing && !layer._empty();

  const Cluster = L.CircleMarker.extend({
    _updatePath: function () {
      if (!drawing(this)) return;
      const ctx = this._renderer._ctx, p = this._point, r = this._radius, count = this.options.count;
      ctx.globalAlpha = 1;
      disc(ctx, p.x, p.y, r + 1.5, dark() ? "rgba(0,0,0,.45)" : "rgba(255,255,255,.9)");
      let from = -Math.PI / 2;
      this.options.types.forEach(function (part) {
        const to = from + (part[1] / count) * 2 * Math.PI;
        ctx.beginPath();
        ctx.moveTo(p.x, p.y);
        ctx.arc(p.x, p.y, r, from, to);
        ctx.fillStyle = colour(part[0]);
        ctx.fill();
        from = to;
      });
      disc(ctx, p.x, p.y, r - 4.5, paper());
      write(ctx, shorten(count), p.x, p.y, r < 17 ? 11 : 12.5, ink());
    },
  });

  const Pin = L.CircleMarker.extend({
    _updatePath: function () {
      if (!drawing(this)) return;
      const ctx = this._renderer._ctx, p = this._point, r = this._radius, own = colour(this.options.type);
      const status = STATUS[this.options.status], past = status === "historical";
      ctx.globalAlpha = 1;
      disc(ctx, p.x, p.y, r + 1.5, dark() ? "rgba(0,0,0,.6)" : "rgba(255,255,255,.95)");
      if (status === "actual" || past) {
        disc(ctx, p.x, p.y, r, this.options.site ? alpha(own, past ? 0.45 : 1) : alpha(own, past ? 0.12 : 0.4));
      }
      ring(ctx, p.x, p.y, r - 0.5, own, this.options.site ? 1 : 2, status === "future" || status === "hypothetical" ? [2, 2] : []);
      if (status === "denied") cross(ctx, p.x, p.y, r - 1.5, own);
      if (this.options.reviewed) ring(ctx, p.x, p.y, r + 2.5, ink(), 1.2, []);
    },
  });

  const SMALLEST = 8; // pixels: an area stays visible however far out the map is zoomed

  const Ring = L.Circle.extend({
    _project: function () {
      L.Circle.prototype._project.call(this);
      this._radius = Math.max(this._radius, SMALLEST);
      this._radiusY = Math.max(this._radiusY, SMALLEST);
      this._updateBounds();
    },
    _updatePath: function () {
      if (!drawing(this)) return;
      const ctx = this._renderer._ctx;
      ring(ctx, this._point.x, this._point.y, this._radius, dark() ? "rgba(0,0,0,.5)" : "rgba(255,255,255,.75)", 4.5, []);
      this._renderer._updateCircle(this);
      if (this.options.count < 2) return;
      const at = this._chip(), text = shorten(this.options.count);
      ctx.globalAlpha = 1;
      ctx.setLineDash([]);
      const width = 12 + 7 * text.length;
      ctx.beginPath();
      ctx.roundRect(at.x - width / 2, at.y - 9, width, 18, 9);
      ctx.fillStyle = paper();
      ctx.fill();
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = this.options.color;
      ctx.stroke();
      write(ctx, text, at.x, at.y, 11, ink());
    },
    _chip: function () {
      return L.point(this._point.x, this._point.y - this._radiusY);
    },
    _updateBounds: function () {
      L.Circle.prototype._updateBounds.call(this);
      this._pxBounds = L.bounds(this._pxBounds.min.subtract([24, 12]), this._pxBounds.max.add([24, 12]));
    },
    _containsPoint: function (p) {
      const away = Math.hypot(p.x - this._point.x, p.y - this._point.y);
      if (this._radius < 24) return away <= this._radius + 4;
      const chip = this._chip();
      return Math.abs(away - this._radius) < 6 || (Math.abs(p.x - chip.x) < 18 && Math.abs(p.y - chip.y) < 11);
    },
  });

  const Extent = L.Circle.extend({
    _updatePath: function () {
      if (drawing(this) && this._radius > 15) this._renderer._updateCircle(this);
    },
  });

  const Arrow = L.Polyline.extend({
    _updatePath: function () {
      if (!this._renderer._drawing || !this._rings.length || !this._pxBounds.intersects(this._renderer._bounds)) return;
      const ctx = this._renderer._ctx, path = this._rings[0], own = this.options.color;
      if (path.length < 3) return;
      const tipAt = path[path.length - 1], before = path[path.length - 3];
      const start = path[0], span = Math.hypot(tipAt.x - start.x, tipAt.y - start.y);
      if (span < 16) return;
      ctx.globalAlpha = 1;
      ctx.setLineDash([]);
      ctx.beginPath();
      path.forEach(function (point, index) { index ? ctx.lineTo(point.x, point.y) : ctx.moveTo(point.x, point.y); });
      ctx.lineWidth = this.options.weight + 2.5;
      ctx.strokeStyle = dark() ? "rgba(0,0,0,.5)" : "rgba(255,255,255,.8)";
      ctx.stroke();
      ctx.lineWidth = this.options.weight;
      ctx.strokeStyle = alpha(own, 0.85);
      ctx.stroke();
      const angle = Math.atan2(tipAt.y - before.y, tipAt.x - before.x), size = 8 + this.options.weight;
      const end = { x: tipAt.x - 7 * Math.cos(angle), y: tipAt.y - 7 * Math.sin(angle) };
      ctx.beginPath();
      ctx.moveTo(end.x, end.y);
      ctx.lineTo(end.x - size * Math.cos(angle - 0.42), end.y - size * Math.sin(angle - 0.42));
      ctx.lineTo(end.x - size * Math.cos(angle + 0.42), end.y - size * Math.sin(angle + 0.42));
      ctx.closePath();
      ctx.fillStyle = own;
      ctx.fill();
      ctx.beginPath();
      ctx.rect(start.x - 4, start.y - 4, 8, 8);
      ctx.fillStyle = paper();
      ctx.fill();
      ctx.lineWidth = 1.8;
      ctx.strokeStyle = own;
      ctx.stroke();
    },
  });

  const Town = L.CircleMarker.extend({
    _updatePath: function () {
      if (!drawing(this)) return;
      const ctx = this._renderer._ctx, p = this._point;
      ctx.globalAlpha = 1;
      disc(ctx, p.x, p.y, 2, dark() ? "#97a3b0" : "#77828e");
      ctx.font = "400 11.5px " + family;
      ctx.textAlign = "center";
      ctx.textBaseline = "top";
      ctx.lineJoin = "round";
      ctx.lineWidth = 3;
      ctx.strokeStyle = dark() ? "rgba(18,23,29,.85)" : "rgba(255,255,255,.85)";
      ctx.strokeText(this.options.text, p.x, p.y + 4);
      ctx.fillStyle = dark() ? "#b9c2cc" : "#4a5560";
      ctx.fillText(this.options.text, p.x, p.y + 4);
    },
    _updateBounds: function () {
      L.CircleMarker.prototype._updateBounds.call(this);
      this._pxBounds = L.bounds(this._pxBounds.min.subtract([70, 4]), this._pxBounds.max.add([70, 20]));
    },
  });

  window.rasid.shapes = { STATUS, Cluster, Pin, Ring, Extent, Arrow, Town };
})();
