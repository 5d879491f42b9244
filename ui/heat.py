"""The heat layer: how many events lie in each small square of the screen, out of the same cells as the clusters.

Only sites and towns take part. What is known only as an area has no square of its own, and is counted instead.
"""

from dataclasses import dataclass

import numpy as np
import orjson
from numpy.typing import NDArray

from ui.cells import View, frame_view
from ui.columns import POINT_PRECISIONS, Columns, Mask
from ui.shelf import Shown

_FINER = 2  # a cell of the clusters (64 pixels) is cut into 4 x 4 squares
MOST_SQUARES = 2000


@dataclass(frozen=True, slots=True)
class Heat:
    """Counts of the squares that are not empty: ``x``, ``y`` in squares from the corner at ``left``, ``top``.

    ``left`` and ``top`` are Web-Mercator units, a square is ``1 << shift`` of them; the frame is ``columns`` by
    ``rows`` squares.
    """

    left: int
    top: int
    shift: int
    columns: int
    rows: int
    x: NDArray[np.int64]
    y: NDArray[np.int64]
    counts: NDArray[np.int64]


def count_heat(columns: Columns, mask: Mask, view: View) -> Heat:
    """Count the sites and towns of ``mask`` in the squares of a screen, in larger ones where too many are not empty."""
    frame = frame_view(view)
    left, top, right, bottom = frame.box
    x, y = columns.x, columns.y
    exact = (columns.precision >= 0) & (columns.precision < POINT_PRECISIONS)
    rows = np.flatnonzero(mask & exact & (x >= left) & (x < right) & (y >= top) & (y < bottom))
    for finer in range(_FINER, -1, -1):
        shift = max(frame.shift - finer, 0)
        wide, high = (right - left) >> shift, (bottom - top) >> shift
        square = ((y[rows] - top) >> shift).astype(np.int64) * wide + ((x[rows] - left) >> shift)
        counts = np.bincount(square, minlength=1)
        filled = np.flatnonzero(counts)
        if len(filled) <= MOST_SQUARES:
            break
    return Heat(left, top, shift, wide, high, filled % wide, filled // wide, counts[filled])


def count_left_out(columns: Columns, mask: Mask) -> int:
    """Count the placed events that no heat shows, for they are known only as an area."""
    return int((mask & columns.placed & (columns.precision >= POINT_PRECISIONS)).sum())


def render_heat(shown: Shown, view: View) -> bytes:
    """Say the heat of a screen as JSON: ``box`` in shares of the world (left, top, right, bottom), ``size``, ``cells``.

    ``cells`` is one flat list of x, y, count.
    """
    heat = count_heat(shown.book.columns, shown.mask, view)
    world = float(1 << 30)
    right, bottom = heat.left + (heat.columns << heat.shift), heat.top + (heat.rows << heat.shift)
    said = {
        "box": [edge / world for edge in (heat.left, heat.top, right, bottom)],
        "size": [heat.columns, heat.rows],
        "cells": np.column_stack([heat.x, heat.y, heat.counts]).ravel().tolist(),
    }
    return orjson.dumps(said)
