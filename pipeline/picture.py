"""The canvas of a picture of the map: the ground in Web Mercator, and the shapes that are drawn on it.

Everything is drawn at twice its size and made smaller at the end, which smooths every edge.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import category

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.background import load_ground, load_names
from pipeline.errors import UsageError

SCALE = 2  # drawn pixels a pixel of the picture
INK, QUIET, PAPER = "#1f2933", "#5b6875", "#fbfaf8"
_SEA, _LAND, _LINE, _BORDER = "#dfe6ea", "#f6f4ef", "#d6d1c7", "#a8a297"
_NAMES = "#8a8479"
_KM = 40_075.017  # around the equator
_TALLEST = 85.0511

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the map: pixels of the picture it fills (left, top, right, bottom) and where its middle lies.

    ``x`` and ``y`` are shares of the Web-Mercator world, ``world`` is how many pixels the world would be wide.
    """

    box: Box
    x: float
    y: float
    world: float

    def place(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Put positions (degrees) on the picture, in pixels."""
        x, y = mercator(lon, lat)
        left, top, right, bottom = self.box
        return (x - self.x) * self.world + (left + right) / 2, (y - self.y) * self.world + (top + bottom) / 2

    def reach(self, km: float, lat: float) -> float:
        """Length of a distance on the ground at a latitude, in pixels."""
        return km / _KM * self.world / math.cos(math.radians(lat))


def mercator(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Turn degrees (WGS 84) into shares of the Web-Mercator world, y growing southwards."""
    sine = np.sin(np.radians(np.clip(lat, -_TALLEST, _TALLEST)))
    return lon / 360 + 0.5, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)


def fit_frame(box: Box, bounds: Box, smallest: float = 1.6) -> Frame:
    """Fit a window to bounds (west, south, east, north), with room around, at least ``smallest`` degrees wide."""
    west, south, east, north = bounds
    (left, right), (bottom, top) = mercator(np.array([west, east]), np.array([south, north]))
    wide, high = max(right - left, smallest / 360) * 1.16, max(bottom - top, smallest / 360) * 1.16
    world = min((box[2] - box[0]) / wide, (box[3] - box[1]) / high)
    return Frame(box, float(left + right) / 2, float(top + bottom) / 2, float(world))


@lru_cache(maxsize=32)
def load_font(size: float, strong: bool = False) -> ImageFont.FreeTypeFont:
    """Open the embedded font, which writes Arabic and Latin."""
    spec = find_spec("fontpkg_ibm_plex_sans_arabic")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError("The package 'fontpkg-ibm-plex-sans-arabic' is not installed; run: make setup")
    folder = Path(next(iter(spec.submodule_search_locations))) / "files"
    name = "IBMPlexSansArabic-SemiBold.ttf" if strong else "IBMPlexSansArabic-Regular.ttf"
    return ImageFont.truetype(folder / name, round(size * SCALE))


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is written; ``anchor`` as Pillow says it (ls: from the left on the line, mm: around its middle)."""

    size: float
    colour: str = INK
    strong: bool = False
    anchor: str = "ls"
    halo: bool = False


class Picture:
    """A picture being drawn; all lengths are pixels of the finished picture."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
        self._pen = ImageDraw.Draw(self.image, "RGBA")

    def finish(self) -> Image.Image:
        """Answer the picture at its own size."""
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)

    def rectangle(self, box: Box, fill: str | None = None, outline: str | None = None) -> None:
        """Draw a rectangle."""
        self._pen.rectangle(_up(box), fill=fill, outline=outline, width=SCALE)

    def polygon(
        self, x: NDArray[np.float64], y: NDArray[np.float64], fill: str | None, line: str, width: float
    ) -> None:
        """Draw a closed shape."""
        points = np.column_stack([x, y]) * SCALE
        flat = list(map(tuple, points.tolist()))
        if fill:
            self._pen.polygon(flat, fill=fill)
        self._pen.line(flat, fill=line, width=max(round(width * SCALE), 1), joint="curve")

    def disc(
        self, x: float, y: float, radius: float, fill: str, outline: str | None = None, width: float = 1.5
    ) -> None:
        """Draw a filled circle."""
        self._pen.ellipse(_up(_around(x, y, radius)), fill=fill, outline=outline, width=round(width * SCALE))

    def pie(self, x: float, y: float, radius: float, parts: Sequence[tuple[str, int]]) -> None:
        """Draw a circle split by counts, clockwise from the top."""
        total, at = sum(count for _, count in parts), -90.0
        for colour, count in parts:
            self._pen.pieslice(_up(_around(x, y, radius)), at, at + 360 * count / total, fill=colour)
            at += 360 * count / total

    def dashes(self, x: float, y: float, radius: float, colour: str, width: float = 1.8) -> None:
        """Draw a dashed circle."""
        step = min(max(360 * 11 / (2 * math.pi * max(radius, 1)), 0.6), 45)
        for number in range(round(360 / step)):
            start = number * step
            self._pen.arc(
                _up(_around(x, y, radius)), start, start + step * 0.55, fill=colour, width=round(width * SCALE)
            )

    def text(self, x: float, y: float, text: str, style: Style) -> float:
        """Write one line; answer how wide it is."""
        font, text = load_font(style.size, style.strong), one_line(text)
        stroke = round(1.6 * SCALE) if style.halo else 0
        self._pen.text(
            (x * SCALE, y * SCALE),
            text,
            style.colour,
            font,
            style.anchor,
            stroke_width=stroke,
            stroke_fill=(255, 255, 255, 215),
        )
        return font.getlength(text) / SCALE


def measure(text: str, size: float, strong: bool = False) -> float:
    """How wide a line will be."""
    return load_font(size, strong).getlength(one_line(text)) / SCALE


def one_line(text: str) -> str:
    """Take out what breaks lines and turns directions: control and format characters."""
    return " ".join("".join(" " if category(letter)[0] in "CZ" else letter for letter in text).split())


def draw_ground(picture: Picture, frame: Frame, language: str) -> list[Box]:
    """Draw land, areas, borders and names; answer where names stand."""
    picture.rectangle(frame.box, fill=_SEA)
    ground = load_ground()
    for polygons, fill, line, width in (
        (ground.land, _LAND, _LINE, 0.6),
        (ground.areas, _LAND, _LINE, 0.6),
        (ground.countries, None, _BORDER, 1.1),
    ):
        for polygon in polygons:
            x, y = frame.place(polygon[0][:, 0], polygon[0][:, 1])
            if _meets(frame.box, x, y):
                picture.polygon(x, y, fill, line, width)
    return _draw_names(picture, frame, language)


def _draw_names(picture: Picture, frame: Frame, language: str) -> list[Box]:
    taken: list[Box] = []
    for name in load_names():
        pixels = frame.reach(name.km, name.lat)
        if pixels < (26 if name.country else 42) or (not name.country and pixels > 700):
            continue
        (x,), (y,) = frame.place(np.array([name.lon]), np.array([name.lat]))
        words, size = name.words[language], 15 if name.country else 12
        box = (x - measure(words, size) / 2 - 6, y - 11, x + measure(words, size) / 2 + 6, y + 9)
        if within(frame.box, box) and not any(overlaps(box, other) for other in taken):
            picture.text(x, y, words, Style(size, _NAMES, name.country, "mm"))
            taken.append(box)
    return taken


def within(outer: Box, inner: Box) -> bool:
    """Whether a box lies in another."""
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def overlaps(a: Box, b: Box) -> bool:
    """Whether two boxes meet."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _meets(box: Box, x: NDArray[np.float64], y: NDArray[np.float64]) -> bool:
    return bool(x.max() >= box[0] and x.min() <= box[2] and y.max() >= box[1] and y.min() <= box[3])


def _around(x: float, y: float, radius: float) -> Box:
    return x - radius, y - radius, x + radius, y + radius


def _up(box: Box) -> Box:
    left, top, right, bottom = (edge * SCALE for edge in box)
    return left, top, right, bottom
