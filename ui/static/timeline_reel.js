/* Rasid's timeline, 4 of 8: reels. ui/reel.py says their form. A Running window holds what a period of days shows, cell
   by cell, and moves forward by adding what begins and taking away what has ended.

   timeline.reel: decode(bytes), Running. */
(function () {
  "use strict";

  const ARRAYS = [["place", Uint32Array], ["count", Uint32Array], ["first", Int16Array], ["last", Int16Array],
    ["look", Uint16Array], ["x", Uint8Array], ["y", Uint8Array]];

  function decode(bytes) {
    const size = new DataView(bytes).getUint32(0, true);
    const reel = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, size)));
    const total = reel.lengths[0] + reel.lengths[1] + reel.lengths[2];
    let at = 4 + size;
    ARRAYS.forEach(function ([name, Kind]) {
      reel[name] = new Kind(bytes, at, total);
      at += total * Kind.BYTES_PER_ELEMENT;
    });
    return reel;
  }

  // what one place holds now: how many, the sums of their positions, how many of each look
  function entry(map, key, make) {
    let found = map.get(key);
    if (!found) map.set(key, (found = Object.assign({ count: 0, x: 0, y: 0, looks: new Map() }, make)));
    return found;
  }

  class Running {
    constructor(first, last) {
      Object.assign(this, { first, last, until: -Infinity, reels: [], leaving: new Map(), total: 0 });
      Object.assign(this, { cells: new Map(), areas: new Map(), routes: new Map() });
    }

    feed(reel) {
      const [points, areas, routes] = reel.lengths;
      this.frame = { shift: reel.shift, left: reel.left, top: reel.top, columns: reel.columns };
      this.until = reel.until;
      this.reels.push({ reel, next: [0, points, points + areas], ends: [points, points + areas, points + areas + routes] });
      this.move(this.first, this.last);
    }

    move(first, last) {
      this.first = first;
      this.last = last;
      this.reels.forEach((each) => this.begin(each));
      this.reels = this.reels.filter((each) => each.next.some((at, kind) => at < each.ends[kind]));
      for (const day of this.leaving.keys()) {
        if (day >= first) continue;
        this.leaving.get(day).forEach(([map, key, reel, index]) => this.change(map, key, reel, index, -1));
        this.leaving.delete(day);
      }
    }

    begin(each) {
      const { reel, next, ends } = each, day = this.last - reel.since;
      for (let kind = 0; kind < 3; kind++) {
        let at = next[kind];
        while (at < ends[kind] && reel.first[at] <= day) this.enter(reel, kind, at++);
        next[kind] = at;
      }
    }

    enter(reel, kind, index) {
      const end = reel.since + reel.last[index];
      if (end < this.first) return;
      const map = [this.cells, this.areas, this.routes][kind], place = reel.place[index];
      const about = kind ? reel[kind === 1 ? "areas" : "routes"][place] : null, key = kind ? about[0] : place;
      entry(map, key, { place: key, about });
      this.change(map, key, reel, index, 1);
      if (!this.leaving.has(end)) this.leaving.set(end, []);
      this.leaving.get(end).push([map, key, reel, index]);
    }

    change(map, key, reel, index, sign) {
      const found = map.get(key), count = sign * reel.count[index], look = reel.look[index];
      found.count += count;
      found.x += count * (reel.x[index] + 0.5);
      found.y += count * (reel.y[index] + 0.5);
      const left = (found.looks.get(look) || 0) + count;
      if (left) found.looks.set(look, left);
      else found.looks.delete(look);
      if (!found.count) map.delete(key);
      if (map !== this.routes) this.total += count;
    }
  }

  window.rasid.timeline.reel = { decode, Running };
})();
