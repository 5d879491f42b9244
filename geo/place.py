"""Places, questions about them and answers: frozen records that decide nothing.

Coordinates are WGS 84 degrees (EPSG:4326), longitude first wherever two stand together; distances are kilometres.
"""

from dataclasses import dataclass

PLACED, AMBIGUOUS, UNPLACED = "placed", "ambiguous", "unplaced"


@dataclass(frozen=True, slots=True)
class Place:
    """One row of a gazetteer: a point and the radius around it that should hold the whole place."""

    place_id: str
    name: str
    name_ar: str | None
    kind: str  # an id of data/gazetteer/kinds.csv
    lon: float
    lat: float
    extent_km: float
    precision: str  # site, town, near_town, adm2, adm1, country, water
    country: str | None  # ISO 3166 alpha-2
    admin1: str | None
    admin2: str | None
    population: int  # 0 = not known
    source: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, with how well it fits (0 to 1) and why."""

    place: Place
    matched_name: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """A name to place, with all that the words around it say."""

    name: str
    kind: str | None = None
    parents: tuple[str, ...] = ()  # names it is said to lie in or at, nearest first
    country: str | None = None  # ISO 3166 alpha-2, known for certain
    admin1: str | None = None  # name of the first-level area, known for certain
    bearing: float | None = None  # degrees clockwise from north: the side of the named place that is meant
    distance_km: float | None = None
    inside: bool = False  # True: a part of the named place; False: away from it
    near: bool = False  # beside or around the named place
    between: str | None = None  # the other end of "between X and Y"
    also: tuple[str, ...] = ()  # other names the text gives the same place
    weight: float = 1.0  # how much this name counts when its neighbours are chosen


@dataclass(frozen=True, slots=True)
class Placement:
    """The answer for one query; coordinates are None exactly where ``status`` is not placed."""

    status: str  # placed, ambiguous, unplaced
    query: PlaceQuery
    place_id: str | None = None
    matched_name: str | None = None
    lon: float | None = None
    lat: float | None = None
    precision: str | None = None
    extent_km: float | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
