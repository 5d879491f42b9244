"""Choose the place each name of an article means: all names together, with reasons.

Each name's candidates are weighed by themselves (geo/judge.py); then neighbours in the same article speak for each
other's candidates, a few rounds long. The share of the best spot in the odds of all decides: placed or ambiguous.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.admin import load_areas
from geo.fold import fold_name
from geo.gazetteer import OWN_TABLES, Gazetteer
from geo.holder import PlaceOne, place_at_holder
from geo.judge import WORLD_CITY, Option, judge, stated_areas
from geo.kinds import kind_of
from geo.place import AMBIGUOUS, PLACED, UNPLACED, Candidate, Place, Placement, PlaceQuery
from geo.region import REGION
from geo.relative import Spot, spot_between, spot_of
from geo.sphere import distance_km

ROUNDS = 3
NEAR_KM = 60.0  # neighbours this close speak for each other
AROUND = 60  # names before and after one that count as its neighbours: more than an ordinary article has
SURE = 0.62  # least share of the odds that the chosen spot must hold
SURE_STATED = 0.55  # where the country is known for certain
LEAST_FIT = -2.4  # below this the name is another place's, or nobody's
ALONE = 0.02  # support below which a place has no neighbour and no compatriot in the article
ALONE_COSTS = 4.0  # odds, with many other places; a small town of the region alone is likely another one of its name
SAME_SPOT_KM = 6.0  # two gazetteers' points for one place
ONE_AREA_KM = 40.0  # places of one name this close make one spot with a wider extent
TWIN_KM = 3.0  # rows of one kind this close are one place, told twice
TOWN_KM = 15.0  # a spot wider than that is told as a district, not as a town
HOME_HELPS = 0.7  # odds: a place in the country of the outlet, where the article itself names no other place for sure
HOME_FADES = 3.0  # how fast that fades with every other place the article names
COUNTED_SHARE = 0.1  # of the odds, from which a place of the name widens the extent
SHOWN = 8  # candidates handed back


def place_all(
    queries: Sequence[PlaceQuery], gazetteer: Gazetteer, *, countries: Sequence[str] = (), home: str | None = None
) -> list[Placement]:
    """Place the names of one article by one joint choice.

    Parameters
    ----------
    queries
        Names with what the text says about them.
    gazetteer
        Where names are looked up.
    countries
        ISO 3166 alpha-2 codes that all names are probably of (the other rows of a list): a prior, not a filter.
    home
        Where the outlet is at home: decides between places that fit as well where nothing in the article does.

    Returns
    -------
    list of Placement
        One for each query, in order. A name that is not found is unplaced; no name spoils another's answer.
    """
    options = [_merge_twins(judge(query, gazetteer, countries)) for query in queries]
    names = [fold_name(query.name) for query in queries]
    for found in options if home else ():
        _lean_home(found, home, HOME_HELPS)
    for _ in range(ROUNDS if len(set(names)) > 1 else 0):
        _share_out(options)
        for number, found in enumerate(options):
            around = range(max(0, number - AROUND), min(len(options), number + AROUND + 1))
            others = [item for item in around if names[item] != names[number]]
            _support(found, [options[item] for item in others], [queries[item].weight for item in others], home)
    _share_out(options)

    def place_one(query: PlaceQuery) -> Placement:
        return place_all([query], gazetteer, countries=countries, home=home)[0]

    answers = [_answer(query, found, place_one) for query, found in zip(queries, options, strict=True)]
    told = {fold_name(answer.query.name): answer for answer in answers if answer.status == PLACED}
    return [_held(answer, told, gazetteer, place_one) for answer in answers]


def _held(answer: Placement, told: Mapping[str, Placement], gazetteer: Gazetteer, ask: PlaceOne) -> Placement:
    """An unknown name at the town that holds it, where it is said to lie in one."""
    query = answer.query
    if answer.status != UNPLACED or not (query.parents or (query.admin1 and query.kind)):
        return answer

    def place_one(other: PlaceQuery) -> Placement:
        return told.get(fold_name(other.name)) or ask(other)

    found = place_at_holder(query, gazetteer, stated_areas(query, gazetteer), place_one)
    return replace(found, candidates=answer.candidates) if found else answer


def _merge_twins(found: Sequence[Option]) -> list[Option]:
    """Keep the best of the rows that several gazetteers have for one place."""
    kept: list[Option] = []
    for option in sorted(found, key=lambda item: -item.odds):
        twin = next((other for other in kept if _are_twins(option.place, other.place)), None)
        if twin is None:
            kept.append(option)
        (twin or option).known_site |= option.place.source in OWN_TABLES
    return kept


def _are_twins(place: Place, other: Place) -> bool:
    family = kind_of(place.kind).family
    if family != kind_of(other.kind).family or (family == "area" and place.kind != other.kind):
        return False
    wide = family in ("area", "terrain", "water")
    return _away(place, other) <= (max(TWIN_KM, min(place.extent_km, other.extent_km) / 2) if wide else TWIN_KM)


def _share_out(options: Sequence[Sequence[Option]]) -> None:
    for found in options:
        top = max((option.odds for option in found), default=0.0)
        weights = [math.exp(option.odds - top) for option in found]
        for option, weight in zip(found, weights, strict=True):
            option.share = weight / sum(weights)


def _lean_home(found: Sequence[Option], home: str | None, odds: float) -> None:
    for option in found:
        if home is not None and option.place.country == home and option.place.kind != "country":
            option.home = odds


def _support(
    found: Sequence[Option], others: Sequence[Sequence[Option]], weights: Sequence[float], home: str | None
) -> None:
    _lean_home(found, home, HOME_HELPS / (1 + HOME_FADES * _sure_weight(others, weights)))
    seats = {option.place.country for option in found if option.place.kind == "governorate" and option.fit >= LEAST_FIT}
    for option in found:
        near = country = 0.0
        for neighbours, weight in zip(others, weights, strict=True):
            close_by, same = _neighbour(option.place, neighbours)
            near += close_by * weight
            country += same * weight
        option.support = 2.0 * math.tanh(near) + 1.5 * math.tanh(country)
        known = option.place.country in seats or option.place.country == home
        if near < ALONE and country < ALONE and not known and _may_be_another(option):
            option.support = -ALONE_COSTS * math.tanh(_sure_weight(others, weights) / 2)


def _may_be_another(option: Option) -> bool:
    """Say whether a place is of the sort whose name other, unlisted places of the region bear too."""
    place = option.place
    settlement = kind_of(place.kind).family == "settlement"
    return settlement and not option.known_site and place.country in REGION and place.population < WORLD_CITY


def _sure_weight(others: Sequence[Sequence[Option]], weights: Sequence[float]) -> float:
    """How many other names of the article mean one known place."""
    best = (max(found, key=lambda option: option.share, default=None) for found in others)
    return sum(
        weight
        for option, weight in zip(best, weights, strict=True)
        if option is not None and option.share >= SURE and option.fit >= LEAST_FIT
    )


def _neighbour(place: Place, others: Sequence[Option]) -> tuple[float, float]:
    near = same = 0.0
    for option in others:
        if option.share < 0.02 or option.fit < LEAST_FIT:
            continue
        if option.place.country == place.country and place.country:
            same += option.share * 0.5
        if option.place.kind != "country":
            away = distance_km(place.lon, place.lat, option.place.lon, option.place.lat)
            near += option.share * 0.6 * math.exp(-away / NEAR_KM)
    return near, same


def _answer(query: PlaceQuery, found: Sequence[Option], place_one: PlaceOne) -> Placement:
    ranked = sorted(found, key=lambda option: -option.odds)
    candidates = tuple(_shown(option) for option in ranked[:SHOWN])
    if not ranked:
        return Placement(UNPLACED, query, reasons=("no such name in the gazetteer",))
    best = ranked[0]
    if best.fit + 0.5 * max(0.0, best.support) < LEAST_FIT:
        return Placement(UNPLACED, query, candidates=candidates, reasons=("no place of this name fits", *best.reasons))
    if best.support < LEAST_FIT:
        reason = "the only places of this name lie far from every other place of the article"
        return Placement(AMBIGUOUS, query, candidates=candidates, reasons=(reason,))
    reach = _reach(best, ranked, SURE_STATED if query.country else SURE)
    if reach is None:
        reason = f"{len(ranked)} places fit; the best holds {best.share:.0%} of the odds"
        return Placement(AMBIGUOUS, query, candidates=candidates, reasons=(reason,))
    spot = _spot(query, best.place, place_one)
    return _placed(query, best, _widen(spot, reach), candidates)


def _widen(spot: Spot, reach: float) -> Spot:
    """Make a spot hold the other places of its name nearby."""
    if reach <= spot.extent_km:
        return spot
    precise = spot.precision in ("site", "town", "near_town")
    precision = "adm2" if precise and reach > TOWN_KM else spot.precision
    reason = f"places of this name up to {reach:.0f} km away"
    return replace(spot, extent_km=reach, precision=precision, reasons=(*spot.reasons, reason))


def _shown(option: Option) -> Candidate:
    reasons = list(option.reasons)
    if option.support:
        reasons.append(f"other names of the article ({option.support:+.1f})")
    if option.home:
        reasons.append(f"in {option.place.country}, where the outlet is at home ({option.home:+.1f})")
    return replace(option.candidate, score=round(option.share, 3), reasons=tuple(reasons))


def _reach(best: Option, ranked: Sequence[Option], sure: float) -> float | None:
    """Radius in km around the best place that holds a sure share of the odds; None = too close to call."""
    away = {id(option): _away(best.place, option.place) for option in ranked}
    same = [option for option in ranked if _is_same_spot(best.place, option.place, away[id(option)])]
    if sum(option.share for option in same) >= sure:
        return 0.0
    near = [option for option in ranked if option in same or away[id(option)] <= ONE_AREA_KM]
    if sum(option.share for option in near) < sure:
        return None
    least = min(COUNTED_SHARE, best.share)
    return max(away[id(option)] + option.place.extent_km for option in near if option.share >= least)


def _away(place: Place, other: Place) -> float:
    return distance_km(place.lon, place.lat, other.lon, other.lat)


def _is_same_spot(place: Place, other: Place, away: float) -> bool:
    return away <= max(SAME_SPOT_KM, min(place.extent_km, other.extent_km))


def _spot(query: PlaceQuery, place: Place, place_one: PlaceOne) -> Spot:
    if not query.between:
        return spot_of(place, query)
    end = PlaceQuery(query.between, parents=(query.name, *query.parents), country=query.country)
    for wanted in (end, replace(end, country=None)):
        other = place_one(wanted)
        if other.status == PLACED:
            return spot_between(place, other)
    return spot_of(place, replace(query, between=None, kind="area"))


def _placed(query: PlaceQuery, best: Option, spot: Spot, candidates: tuple[Candidate, ...]) -> Placement:
    country, admin1 = _whereabouts(best.place, spot)
    place = best.place
    return Placement(
        PLACED, query, place.place_id, best.candidate.matched_name, round(spot.lon, 6), round(spot.lat, 6),
        spot.precision, round(spot.extent_km, 1), country, admin1, place.admin2, candidates,
        (*candidates[0].reasons, *spot.reasons),
    )  # fmt: skip


def _whereabouts(place: Place, spot: Spot) -> tuple[str | None, str | None]:
    if place.kind == "country":
        return place.country, None
    area = load_areas().locate(spot.lon, spot.lat, place.country)
    if place.kind == "governorate" or area is None or place.country not in (None, area.country):
        return place.country, place.admin1
    return area.country, area.name
