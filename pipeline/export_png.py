"""Events as a PNG picture of the map: ground, events, legend, and how it was made, in the picture and in its metadata.

Drawn as the app draws them: sites and towns that would overlap are one ring split by kind with their number, coarser
places dashed circles of their extent. The map fits its events; words of the picture are English.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL.PngImagePlugin import PngInfo

from pipeline.codes import event_types
from pipeline.picture import (
    INK,
    PAPER,
    QUIET,
    Box,
    Frame,
    Picture,
    Style,
    draw_ground,
    fit_frame,
    measure,
    overlaps,
    within,
)
from pipeline.provenance import Provenance, describe_provenance
from pipeline.screen_words import read_screens

WIDTH, HEIGHT = 1600, 1160
MOST_DRAWN = 200_000  # events that the app offers a picture of
_MAP: Box = (40, 96, 1560, 936)
_CELL = 54  # pixels in which points become one ring
_POINTS = ("site", "town")
_MOST_AREAS, _MOST_NAMES, _LONGEST_NAME = 400, 40, 60
_REGION: Box = (25, 12, 60, 42)
_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Mark:
    """Events drawn as one: where (pixels), how many of which kind, the place where it is one, whether it is a site."""

    x: float
    y: float
    kinds: Counter[str]
    place: str | None
    site: bool

    @property
    def count(self) -> int:
        """How many events it stands for."""
        return self.kinds.total()

    @property
    def radius(self) -> float:
        """In pixels."""
        return 7.0 if self.count == 1 else min(12 + 1.6 * float(np.log2(self.count)), 29)


def write_png(events: gpd.GeoDataFrame, path: Path, provenance: Provenance) -> None:
    """Write a picture of the events that are placed; those that are not are counted in it."""
    placed = events[(events["place_status"] == "placed").to_numpy()]
    picture = Picture(WIDTH, HEIGHT)
    lon, lat = placed.geometry.x.to_numpy(), placed.geometry.y.to_numpy()
    frame = fit_frame(_MAP, _bounds(lon, lat, placed["extent_km"].to_numpy()))
    taken = draw_ground(picture, frame, _LANGUAGE)
    _draw_areas(picture, frame, placed, lon, lat)
    _draw_marks(picture, frame, _gather(frame, placed, lon, lat), taken)
    _draw_around(picture, placed, len(events) - len(placed), provenance)
    picture.finish().save(path, format="PNG", optimize=True, pnginfo=_metadata(provenance))


def _bounds(lon: NDArray[np.float64], lat: NDArray[np.float64], km: NDArray[np.float64]) -> Box:
    if not len(lon):
        return _REGION
    reach = np.minimum(np.nan_to_num(km), 150) / 111  # a whole country need not fit
    return (
        float((lon - reach).min()),
        float((lat - reach).min()),
        float((lon + reach).max()),
        float((lat + reach).max()),
    )


def _colour(kind: str) -> str:
    return event_types()[kind].colour


def _draw_areas(
    picture: Picture, frame: Frame, placed: pd.DataFrame, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> None:
    """Draw the extent of each coarse place once, the widest first, with the number of its events."""
    coarse = ~placed["precision"].isin(_POINTS).to_numpy()
    table = pd.DataFrame(
        {"lon": lon, "lat": lat, "km": placed["extent_km"].to_numpy(), "kind": placed["event_type"].to_numpy()}
    )
    groups = (
        table[coarse]
        .groupby(["lon", "lat", "km"], sort=False, as_index=False)
        .agg(count=("kind", "size"), kind=("kind", "first"))
    )
    widest = groups.nlargest(_MOST_AREAS, "count").sort_values("km", ascending=False)
    xs, ys = frame.place(widest["lon"].to_numpy(), widest["lat"].to_numpy())
    for x, y, north, km, count, kind in zip(
        xs, ys, *(widest[name] for name in ("lat", "km", "count", "kind")), strict=True
    ):
        radius, colour = max(frame.reach(km, north), 9.0), _colour(kind)
        picture.disc(x, y, radius, f"{colour}14")
        picture.dashes(x, y, radius, colour)
        if count > 1:
            text, top = f"{count:,}", y - radius
            wide = measure(text, 12) / 2 + 7
            picture.rectangle((x - wide, top - 9, x + wide, top + 9), PAPER, colour)
            picture.text(x, top, text, Style(12, INK, True, "mm"))


def _gather(frame: Frame, placed: pd.DataFrame, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[Mark]:
    """Join the sites and towns that would overlap."""
    exact = placed["precision"].isin(_POINTS).to_numpy()
    x, y = frame.place(lon[exact], lat[exact])
    names = placed["matched_name"].fillna(placed["place_name"]).to_numpy()[exact]
    kinds, sites = placed["event_type"].to_numpy()[exact], (placed["precision"] == "site").to_numpy()[exact]
    cell = (x // _CELL).astype(np.int64) * 10_000 + (y // _CELL).astype(np.int64)
    marks = []
    for rows in pd.Series(range(len(x))).groupby(cell, sort=False).indices.values():
        known = {name for name in names[rows] if isinstance(name, str)}
        place = known.pop() if len(known) == 1 else None
        marks.append(
            Mark(float(x[rows].mean()), float(y[rows].mean()), Counter(kinds[rows]), place, bool(sites[rows].all()))
        )
    return sorted(marks, key=lambda mark: mark.count)


def _draw_marks(picture: Picture, frame: Frame, marks: Sequence[Mark], taken: list[Box]) -> None:
    for mark in marks:
        parts = [(_colour(kind), count) for kind, count in mark.kinds.most_common()]
        picture.disc(mark.x, mark.y, mark.radius + 1.5, "#ffffffe6")
        if mark.count == 1:
            colour = parts[0][0]
            picture.disc(mark.x, mark.y, mark.radius, colour if mark.site else f"{colour}66", colour, 2)
            continue
        picture.pie(mark.x, mark.y, mark.radius, parts)
        picture.disc(mark.x, mark.y, mark.radius - 5, "#ffffff")
        picture.text(mark.x, mark.y, f"{mark.count:,}", Style(13, INK, True, "mm"))
    _name_marks(picture, frame, marks, taken)


def _name_marks(picture: Picture, frame: Frame, marks: Sequence[Mark], taken: list[Box]) -> None:
    """Name the places with most events, as far as there is room."""
    busy = [(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in marks]
    named = 0
    for mark in sorted(marks, key=lambda mark: -mark.count):
        if mark.place is None or len(mark.place) > _LONGEST_NAME or named >= _MOST_NAMES:
            continue
        half, below = measure(mark.place, 13) / 2, mark.y + mark.radius + 3
        box = (mark.x - half - 3, below, mark.x + half + 3, below + 18)
        if within(frame.box, box) and not any(overlaps(box, other) for other in (*taken, *busy)):
            picture.text(mark.x, below + 9, mark.place, Style(13, INK, anchor="mm", halo=True))
            taken.append(box)
            named += 1


def _draw_around(picture: Picture, placed: pd.DataFrame, others: int, provenance: Provenance) -> None:
    """Draw what stands around the map: a frame of paper, heading, legend, how it was made."""
    left, top, right, bottom = _MAP
    for box in ((0, 0, WIDTH, top), (0, bottom, WIDTH, HEIGHT), (0, 0, left, HEIGHT), (right, 0, WIDTH, HEIGHT)):
        picture.rectangle(box, fill=PAPER)
    picture.rectangle(_MAP, outline="#c9c4ba")
    words = read_screens()[_LANGUAGE]
    wide = picture.text(left, 60, "Rasid", Style(34, strong=True))
    heading = f"{len(placed):,} {words['count.shown']} · {others:,} {words['count.unplaced']}"
    picture.text(left + wide + 22, 60, heading, Style(20, QUIET))
    below = _draw_legend(picture, Counter(placed["event_type"]), words)
    said = describe_provenance(provenance)
    lines = [f"{words[f'offline.{name}']}: {_say(value)}" for name, value in said.items() if value]
    for number, line in enumerate(lines):
        picture.text(left, below + 30 + 20 * number, _shorten(line, right - left), Style(13, QUIET))


def _draw_legend(picture: Picture, kinds: Counter[str], words: Mapping[str, str]) -> float:
    """Draw the kinds with their colours and numbers, and what the shapes mean; answer where it ends."""
    x, y = _MAP[0], _MAP[3] + 28
    for kind, count in kinds.most_common():
        text = f"{words[f'event_type.{kind}']}  {count:,}"
        if x + 24 + measure(text, 14) > _MAP[2]:
            x, y = _MAP[0], y + 24
        picture.disc(x + 6, y - 5, 6, _colour(kind))
        x += 22 + picture.text(x + 18, y, text, Style(14)) + 20
    picture.text(_MAP[0], y + 25, words["about.honest"], Style(13, QUIET))
    return y + 25


def _say(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _shorten(line: str, room: float) -> str:
    line = line[:400]
    while measure(line, 13) > room:
        line = line[: int(len(line) * 0.95) - 1] + "…"
    return line


def _metadata(provenance: Provenance) -> PngInfo:
    info = PngInfo()
    info.add_text("Software", "Rasid")
    for name, value in describe_provenance(provenance).items():
        info.add_itxt(name, _say(value))
    return info
