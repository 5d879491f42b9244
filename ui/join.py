"""Packed columns one after another: how a table that is read in pieces, or grows, gets its columns."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from ui.columns import Category, Columns, number_routes, number_spots
from ui.search import SearchText, join_texts

_NUMBERED = {"spot", "route"}  # numbers that mean something only inside one table


def join_columns(parts: Sequence[Columns]) -> Columns:
    """Make the columns of a table of those of its pieces, in their order; at least one."""
    if len(parts) == 1:
        return parts[0]
    joined: dict[str, Any] = {}
    for field in fields(Columns):
        if field.name not in _NUMBERED:
            joined[field.name] = _join([getattr(part, field.name) for part in parts])
    placed, x, y = joined["placed"], joined["x"], joined["y"]
    spot = number_spots(placed, x, y, joined["extent_km"])
    route = number_routes(placed, joined["origin_x"], joined["origin_y"], x, y)
    return Columns(**joined, spot=spot, route=route)


def _join(parts: Sequence[Any]) -> Any:
    if isinstance(parts[0], Category):
        return join_categories(parts)
    if isinstance(parts[0], SearchText):
        return join_texts(parts)
    return np.concatenate(parts)


def join_categories(parts: Sequence[Category]) -> Category:
    """Make one word column of several, its words in order."""
    values = sorted({value for part in parts for value in part.values})
    numbers = {value: number for number, value in enumerate(values)}
    codes = [np.array([numbers[value] for value in part.values], dtype=np.int32)[part.codes] for part in parts]
    return Category(tuple(values), np.concatenate(codes))
