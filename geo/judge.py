"""Weigh one name's candidates: odds from spelling, kind, size, stated country, first-level area and parents.

Odds are natural logarithms. What fits costs nothing and what does not fit costs odds, so that ``fit`` alone says if a
place can be meant at all; the priors (kind, population) only rank the places that can.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geo.admin import Area, distance_to, load_areas
from geo.fold import fold_name
from geo.gazetteer import Gazetteer
from geo.kinds import kind_of, misfit
from geo.likeness import SAME_CLOSE
from geo.phrase import parse_phrase
from geo.place import Candidate, Place, PlaceQuery
from geo.region import CURATED, REGION, country_fits
from geo.sphere import distance_km

FITS_WELL = -1.0  # where a place of this very name fits so well, other spellings are not looked for
EDGE_KM = 10.0  # so far outside a stated area is still "at its edge": polygons and borders are rough
# Another spelling costs odds beside those of its likeness: the more places compete, the more look alike by chance.
IN_AREA_COSTS = 0.6  # inside the stated first-level area
IN_COUNTRY_COSTS = 2.4  # inside the stated country, or one the report looks at
ANYWHERE_COSTS = 3.0
ELSEWHERE_COSTS = 4.2  # outside the countries the report looks at
CLOSE_TIMES = 0.3  # the same letters but for an article or a space: this share of the cost
WELL_KNOWN_COSTS = 1.0  # countries, seas and the like, whose spellings are all in the gazetteer
KNOWN_NAME_COSTS = 3.0  # another spelling, while the very name is in the gazetteer too
OTHER_KIND = 1.0  # misfit from which a place of the very name is another thing
OTHER_KIND_TIMES = 1.5  # another spelling and another kind: the cost of the kind, times this
OUTSIDE_COSTS = 2.0  # odds: a town outside the region the gazetteer is made for
COUNTRY_HELPS = 2.5  # odds: a country, where the text does not say what kind of place it means
CURATED_HELPS = 0.7  # odds: a place of the embedded gazetteer, which has towns and known sites, not every hamlet
WORLD_CITY = 1_000_000  # people: known the world over
MAIN_NAME_HELPS = 0.4  # odds: the name a place is shown by, not one of its others


@dataclass(slots=True)
class Option:
    """One candidate of one query: what speaks against it (``fit``, 0 = nothing) and how likely it is beforehand."""

    candidate: Candidate
    fit: float = 0.0
    prior: float = 0.0
    support: float = 0.0  # from the neighbours in the article
    home: float = 0.0  # in the country of the outlet
    share: float = 0.0  # of the odds of all candidates
    known_site: bool = False  # a row of our own tables, which news keeps naming
    reasons: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """The candidate's place."""
        return self.candidate.place

    @property
    def odds(self) -> float:
        """Everything together."""
        return self.fit + self.prior + self.support + self.home

    def add_fit(self, odds: float, reason: str) -> None:
        """Count for or against the place being meant at all."""
        self.fit += odds
        self.reasons.append(f"{reason} ({odds:+.1f})" if odds else reason)

    def add_prior(self, odds: float, reason: str) -> None:
        """Count for ranking only."""
        self.prior += odds
        self.reasons.append(f"{reason} ({odds:+.1f})")


def judge(query: PlaceQuery, gazetteer: Gazetteer, countries: Sequence[str] = ()) -> list[Option]:
    """Find and weigh the candidates of one query, by itself."""
    areas = stated_areas(query, gazetteer)
    parents = [(name, _parent_places(name, gazetteer)) for name in query.parents]
    options = _weigh(_find(query, gazetteer, fuzzy=False), query, areas, parents, countries)
    if not any(option.fit >= FITS_WELL for option in options):
        query = _read_again(query, gazetteer, options)
        options = _weigh(_find(query, gazetteer, fuzzy=True), query, areas, parents, countries)
    if query.kind is None and not query.inside:
        _prefer_towns(options)
    elif query.kind == "countryside":
        _prefer_areas(options)
    return options


def _weigh(
    options: list[Option],
    query: PlaceQuery,
    areas: Sequence[Area],
    parents: Sequence[tuple[str, Sequence[Candidate]]],
    countries: Sequence[str],
) -> list[Option]:
    exact = any(
        option.candidate.score == 1.0 and (query.kind is None or misfit(query.kind, option.place.kind) < OTHER_KIND)
        for option in options
    )
    in_area = bool(areas) or any(item.place.kind == "governorate" for _, found in parents for item in found)
    for option in options:
        _judge_country(option, query, countries)
        if areas:
            _judge_area(option, areas)
        for name, found in parents:
            _judge_parent(option, name, found)
        _judge_spelling(option, exact, _context_cost(option, query, in_area, countries))
        _judge_kind(option, query)
        _judge_prior(option, query)
    return options


def _read_again(query: PlaceQuery, gazetteer: Gazetteer, options: Sequence[Option]) -> PlaceQuery:
    """A name that is not known may hold kind words and sides that the caller left in."""
    if query.kind is not None or options:
        return query
    read = parse_phrase(query.name, lambda text: gazetteer.strength(fold_name(text)) is not None)
    return replace(query, name=read.name, kind=read.kind, also=(*query.also, *read.also))


def _parent_places(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    return gazetteer.lookup(name, fuzzy=False) or gazetteer.lookup(name)[:5]


def _find(query: PlaceQuery, gazetteer: Gazetteer, *, fuzzy: bool) -> list[Option]:
    near = (query.country, *(("IL", "PS") if query.country in ("IL", "PS") else ())) if query.country else ()
    found: dict[str, Candidate] = {}
    for name in (query.name, *query.also):
        for candidate in gazetteer.lookup(name, fuzzy=fuzzy, kind=query.kind, countries=near):
            known = found.get(candidate.place.place_id)
            if known is None or known.score < candidate.score:
                found[candidate.place.place_id] = candidate
    return [Option(candidate) for candidate in found.values()]


def stated_areas(query: PlaceQuery, gazetteer: Gazetteer) -> list[Area]:
    """First-level areas that ``query.admin1`` may name; empty where it names none."""
    if not query.admin1:
        return []
    found = [
        item
        for item in gazetteer.lookup(query.admin1, kind="governorate")
        if item.place.kind == "governorate" and country_fits(query.country, item.place.country)
    ]
    best = max((item.score for item in found), default=0.0)
    named = (load_areas().named(item.place.country, item.place.name) for item in found if item.score >= best - 0.02)
    return [area for area in named if area is not None]


def _context_cost(option: Option, query: PlaceQuery, in_area: bool, countries: Sequence[str]) -> float:
    if in_area and option.fit > -1:
        return IN_AREA_COSTS
    if query.country or option.place.country in countries or (query.parents and option.fit > -1):
        return IN_COUNTRY_COSTS
    return ELSEWHERE_COSTS if countries else ANYWHERE_COSTS


def _judge_spelling(option: Option, exact: bool, context_cost: float) -> None:
    score = option.candidate.score
    if score >= 1.0:
        return
    if score >= SAME_CLOSE:
        option.add_fit(-CLOSE_TIMES * context_cost - (0.8 if exact else 0.0), option.candidate.reasons[0])
        return
    odds = math.log(score / (1 - score)) - context_cost - (KNOWN_NAME_COSTS if exact else 0.0)
    if kind_of(option.place.kind).family in ("area", "water"):
        odds -= WELL_KNOWN_COSTS
    option.add_fit(min(-0.3, odds), option.candidate.reasons[0])


def _judge_kind(option: Option, query: PlaceQuery) -> None:
    if query.kind is None:
        if query.inside and option.place.kind in ("governorate", "country", "region"):
            option.add_prior(1.5, "a part of an area is meant")
        return
    cost = misfit(query.kind, option.place.kind) * (1.0 if option.candidate.score >= SAME_CLOSE else OTHER_KIND_TIMES)
    option.add_fit(-cost, f"asked for {query.kind}, is {option.place.kind}")


def _judge_prior(option: Option, query: PlaceQuery) -> None:
    place = option.place
    option.add_prior(2.0 * kind_of(place.kind).prior - 1.0, place.kind)
    if option.candidate.matched_name in (place.name, place.name_ar):
        option.add_prior(MAIN_NAME_HELPS, "its main name")
    if place.kind == "country" and query.kind is None:
        option.add_prior(COUNTRY_HELPS, "a country")
    elif place.country and place.country not in REGION and kind_of(place.kind).family == "settlement":
        option.add_prior(-OUTSIDE_COSTS if place.population < WORLD_CITY else -OUTSIDE_COSTS / 4, "outside the region")
    if place.source in CURATED:
        option.add_prior(CURATED_HELPS, "in the embedded gazetteer")
    if place.population:
        option.add_prior(0.8 * math.log10(max(1.0, place.population / 500)), f"population {place.population:,}")


def _prefer_towns(options: Sequence[Option]) -> None:
    towns = [
        option
        for option in options
        if option.fit > -1 and kind_of(option.place.kind).family in ("settlement", "water", "terrain")
    ]
    for option in options:
        if option.place.kind in ("governorate", "district") and any(
            town.place.country in (option.place.country, None) and town.candidate.score >= option.candidate.score - 0.03
            for town in towns
        ):
            option.add_prior(-1.5, "the town or water of this name is nearer at hand")


def _prefer_areas(options: Sequence[Option]) -> None:
    known = any(option.place.kind == "governorate" and option.fit > -1 for option in options)
    for option in options if known else ():
        if option.place.kind != "governorate":
            option.add_prior(-5.0, "the countryside of the governorate of this name")


def _judge_country(option: Option, query: PlaceQuery, countries: Sequence[str]) -> None:
    country = option.place.country
    if query.country and not country_fits(query.country, country):
        option.add_fit(-8.0, f"in {country}, not {query.country}")
    elif countries and country and country not in countries:
        option.add_prior(-1.5, f"in {country}, where the report does not look")


def _judge_area(option: Option, areas: Sequence[Area]) -> None:
    place, name = option.place, areas[0].name
    if place.kind == "country":
        return
    away = min(distance_to(area.geometry, place.lon, place.lat) for area in areas)
    if away == 0 or place.admin1 in {area.name for area in areas}:
        option.add_fit(0.0, f"in {name}")
    elif kind_of(place.kind).family in ("water", "terrain") or place.kind == "region":
        option.add_fit(-0.5 if away <= place.extent_km else -4.0, f"{away:.0f} km from {name}")
    else:
        option.add_fit(-0.6 - min(6.4, max(0.0, away - EDGE_KM) / 15), f"{away:.0f} km outside {name}")


def _judge_parent(option: Option, name: str, found: Sequence[Candidate]) -> None:
    if found:
        best = max(_inside_odds(option.place, item.place) for item in found)
        option.add_fit(best, f"{'in or near' if best > -1 else 'far from'} {name}")


def _inside_odds(place: Place, parent: Place) -> float:
    if place.place_id == parent.place_id:
        return -1.0
    if parent.kind == "country":
        return 0.0 if country_fits(parent.country, place.country) else -5.0
    away = distance_km(place.lon, place.lat, parent.lon, parent.lat)
    if parent.kind == "governorate":
        if place.admin1 == parent.admin1 and place.country == parent.country:
            return 0.0
        return -4.0 if away > 1.5 * parent.extent_km else -1.5
    reach = parent.extent_km + 20
    return -min(5.0, 0.6 * away / reach)
