"""Choose the place each name of an article means: all names together, with reasons.

Each name's candidates get a score in log odds from spelling, kind, size, stated country, first-level area and parents;
then neighbours in the same article speak for each other's candidates, a few rounds long. The odds of the best spot
against all others decide between placed and ambiguous.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.admin import Area, distance_to, load_areas
from geo.fold import fold_name
from geo.gazetteer import Gazetteer
from geo.kinds import agreement, kind_of
from geo.place import AMBIGUOUS, PLACED, UNPLACED, Candidate, Place, Placement, PlaceQuery
from geo.relative import Spot, spot_between, spot_of
from geo.sphere import distance_km

ROUNDS = 3
NEAR_KM = 60.0  # neighbours this close speak for each other
SURE = 0.62  # least share of the odds that the chosen spot must hold
LEAST_FIT = -4.5  # odds of the chosen place itself: below this the name is another place's, or nobody's
SAME_SPOT_KM = 6.0
SHOWN = 8  # candidates handed back


@dataclass(slots=True)
class _Option:
    """One candidate of one query with its odds."""

    candidate: Candidate
    odds: float
    reasons: list[str]
    support: float = 0.0
    share: float = 0.0

    @property
    def place(self) -> Place:
        return self.candidate.place

    def add(self, odds: float, reason: str) -> None:
        self.odds += odds
        self.reasons.append(f"{reason} ({odds:+.1f})")


def place_all(queries: Sequence[PlaceQuery], gazetteer: Gazetteer, *, countries: Sequence[str] = ()) -> list[Placement]:
    """Place the names of one article by one joint choice.

    Parameters
    ----------
    queries
        Names with what the text says about them.
    gazetteer
        Where names are looked up.
    countries
        ISO 3166 alpha-2 codes the article is probably about (outlet, section): a prior, not a filter.

    Returns
    -------
    list of Placement
        One for each query, in order. A name that is not found is unplaced; no name spoils another's answer.
    """
    options = [_options(query, gazetteer, countries) for query in queries]
    for _ in range(ROUNDS if len(queries) > 1 else 1):
        _share_out(options)
        _support(queries, options)
    _share_out(options)
    return [_answer(query, found, gazetteer, countries) for query, found in zip(queries, options, strict=True)]


def _options(query: PlaceQuery, gazetteer: Gazetteer, countries: Sequence[str]) -> list[_Option]:
    areas = _stated_areas(query, gazetteer)
    parents = [gazetteer.lookup(name, fuzzy=False) or gazetteer.lookup(name)[:5] for name in query.parents]
    options = [_Option(item, 0.0, []) for item in gazetteer.lookup(query.name, kind=query.kind)]
    for option in options:
        _judge_name(option)
        _judge_kind(option, query)
        _judge_country(option, query, countries)
        if query.admin1:
            _judge_area(option, areas)
        for name, found in zip(query.parents, parents, strict=True):
            _judge_parent(option, name, found)
    return options


def _stated_areas(query: PlaceQuery, gazetteer: Gazetteer) -> list[Area]:
    if not query.admin1:
        return []
    found = [
        item
        for item in gazetteer.lookup(query.admin1, kind="governorate")
        if item.place.kind == "governorate" and _country_fits(query.country, item.place.country)
    ]
    best = max((item.score for item in found), default=0.0)
    named = (load_areas().named(item.place.country, item.place.name) for item in found if item.score >= best - 0.02)
    return [area for area in named if area is not None]


def _country_fits(stated: str | None, found: str | None) -> bool:
    return stated is None or found == stated or {stated, found} == {"IL", "PS"}


def _judge_name(option: _Option) -> None:
    score = option.candidate.score
    if score < 1.0:
        option.add(-0.4 if score > 0.96 else -1.2 - 14 * (0.96 - score), option.candidate.reasons[0])
    place = option.place
    prior = 2.0 * kind_of(place.kind).prior - 1.0
    option.add(prior, place.kind)
    if place.population:
        option.add(0.5 * math.log10(max(1.0, place.population / 500)), f"population {place.population:,}")


def _judge_kind(option: _Option, query: PlaceQuery) -> None:
    found = option.place.kind
    if query.kind is None:
        if query.inside and found == "governorate":
            option.add(1.5, "a part of an area is meant")
        return
    fit = agreement(query.kind, found)
    if query.kind in ("governorate", "countryside", "district", "area") and found == "governorate":
        fit = max(fit, {"governorate": 1.0, "countryside": 1.0, "district": 0.5, "area": 0.5}[query.kind])
    odds = {1.0: 2.0, 0.6: 1.2, 0.5: 0.3}.get(fit, 0.0)
    if fit == 0.0:
        odds = -0.5 if _is_loose(query.kind, found) else -2.5
    option.add(odds, f"asked for {query.kind}, is {found}")


def _is_loose(asked: str, found: str) -> bool:
    settlement, area = kind_of(found).family == "settlement", kind_of(asked).family == "area"
    return settlement and (area or kind_of(asked).family == "terrain")


def _judge_country(option: _Option, query: PlaceQuery, countries: Sequence[str]) -> None:
    country = option.place.country
    if query.country and country:
        fits = _country_fits(query.country, country)
        option.add(2.0 if fits else -8.0, f"in {country}" if fits else f"in {country}, not {query.country}")
    elif countries and country in countries:
        option.add(1.5, f"in {country}, where the report looks")


def _judge_area(option: _Option, areas: Sequence[Area]) -> None:
    place = option.place
    if not areas or place.kind == "country":
        return
    away = min(distance_to(area.geometry, place.lon, place.lat) for area in areas)
    name = areas[0].name
    if away == 0 or place.admin1 in {area.name for area in areas}:
        option.add(2.5, f"in {name}")
    elif away <= place.extent_km + 8:
        option.add(0.5, f"at the edge of {name}")
    else:
        option.add(-min(6.0, 3.0 + away / 25), f"{away:.0f} km from {name}")


def _judge_parent(option: _Option, name: str, found: Sequence[Candidate]) -> None:
    if not found:
        return
    best = -3.0
    for item in found:
        best = max(best, _inside_odds(option.place, item.place))
    option.add(best, f"{'in or near' if best > 0 else 'far from'} {name}")


def _inside_odds(place: Place, parent: Place) -> float:
    if place is parent or place.place_id == parent.place_id:
        return 0.0
    if parent.kind == "country":
        return 2.5 if _country_fits(parent.country, place.country) else -4.0
    away = distance_km(place.lon, place.lat, parent.lon, parent.lat)
    if parent.kind == "governorate":
        if place.admin1 == parent.admin1 and place.country == parent.country:
            return 3.0
        return -2.0 if away > 2 * parent.extent_km else -0.5
    reach = parent.extent_km + 15
    return 3.0 - away / reach if away <= 3 * reach else -2.0


def _share_out(options: Sequence[list[_Option]]) -> None:
    for found in options:
        top = max((option.odds + option.support for option in found), default=0.0)
        weights = [math.exp(option.odds + option.support - top) for option in found]
        total = sum(weights)
        for option, weight in zip(found, weights, strict=True):
            option.share = weight / total


def _support(queries: Sequence[PlaceQuery], options: Sequence[list[_Option]]) -> None:
    for number, found in enumerate(options):
        if len(found) < 2:
            continue
        for option in found:
            near = country = 0.0
            for other, others in enumerate(options):
                if other == number or fold_name(queries[other].name) == fold_name(queries[number].name):
                    continue
                best, same = _neighbour(option.place, others)
                near += best * queries[other].weight
                country += same * queries[other].weight
            option.support = 2.0 * math.tanh(near) + 1.5 * math.tanh(country)


def _neighbour(place: Place, others: Sequence[_Option]) -> tuple[float, float]:
    near = same = 0.0
    for option in others:
        if option.share < 0.02:
            continue
        if option.place.country == place.country and place.country:
            same += option.share * 0.5
        if option.place.kind == "country":
            continue
        away = distance_km(place.lon, place.lat, option.place.lon, option.place.lat)
        near += option.share * 0.6 * math.exp(-away / NEAR_KM)
    return near, same


def _answer(query: PlaceQuery, found: list[_Option], gazetteer: Gazetteer, countries: Sequence[str]) -> Placement:
    ranked = sorted(found, key=lambda option: -(option.odds + option.support))
    candidates = tuple(
        replace(option.candidate, score=round(option.share, 3), reasons=tuple(option.reasons))
        for option in ranked[:SHOWN]
    )
    if not ranked:
        return Placement(UNPLACED, query, reasons=("no such name in the gazetteer",))
    best = ranked[0]
    if best.odds + best.support < LEAST_FIT:
        return Placement(UNPLACED, query, candidates=candidates, reasons=("no place of this name fits", *best.reasons))
    sure = _spot_share(best.place, ranked)
    if sure < SURE:
        reason = f"{len(ranked)} places fit; the best holds {sure:.0%} of the odds"
        return Placement(AMBIGUOUS, query, candidates=candidates, reasons=(reason,))
    spot = _spot(query, best.place, gazetteer, countries)
    if spot is None:
        return Placement(UNPLACED, query, candidates=candidates, reasons=(f"{query.between!r} is not known",))
    return _placed(query, best, spot, candidates)


def _spot_share(place: Place, ranked: Sequence[_Option]) -> float:
    return sum(option.share for option in ranked if _same_spot(place, option.place))


def _same_spot(place: Place, other: Place) -> bool:
    return distance_km(place.lon, place.lat, other.lon, other.lat) <= max(
        SAME_SPOT_KM, min(place.extent_km, other.extent_km)
    )


def _spot(query: PlaceQuery, place: Place, gazetteer: Gazetteer, countries: Sequence[str]) -> Spot | None:
    if not query.between:
        return spot_of(place, query)
    near = replace(query, name=query.between, between=None, kind=None, parents=(query.name, *query.parents))
    other = place_all([near], gazetteer, countries=countries)[0]
    return spot_between(place, other) if other.status == PLACED else None


def _placed(query: PlaceQuery, best: _Option, spot: Spot, candidates: tuple[Candidate, ...]) -> Placement:
    place = best.place
    area = load_areas().locate(spot.lon, spot.lat) if place.kind != "country" or query.bearing is not None else None
    own = place.kind in ("governorate",) or place.country not in (None, area.country if area else None)
    admin1 = place.admin1 if own or area is None else area.name
    country = place.country if own or area is None else area.country
    return Placement(
        PLACED, query, place.place_id, best.candidate.matched_name, round(spot.lon, 6), round(spot.lat, 6),
        spot.precision, round(spot.extent_km, 1), country, admin1, place.admin2, candidates,
        (*best.reasons, *spot.reasons),
    )  # fmt: skip
