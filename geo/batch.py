"""Lists of place descriptions: each one a query of its own, without neighbours, in one probable country."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from geo.fold import fold_name
from geo.gazetteer import STRONG_POPULATION, Gazetteer
from geo.geocoder import place_all
from geo.judge import WORLD_CITY
from geo.kinds import KINDS, kind_values
from geo.phrase import parse_phrase
from geo.phrase_words import bare_name, is_only_phrase_words, phrase_words
from geo.place import PLACED, Place, Placement, PlaceQuery
from geo.region import REGION, country_fits

SAMPLE = 400  # rows from which the country of a whole list is guessed
ENOUGH = 20  # placed rows, at least, for such a guess
BREADTHS = {
    "country": 5, "governorate": 4, "countryside": 4, "region": 4, "desert": 4, "district": 3, "city": 3, "town": 2,
    "village": 1,
}  # fmt: skip
MOSTLY = 0.6  # share of them that must lie in one country
NEARLY_ALL = 0.8  # share from which a name means a place of that country if there is one
_MARKS = r",،;:|>/\\()\[\]"
_PIECES = re.compile(rf"(\s*(?:[{_MARKS}]|\s[-–—]\s)(?:\s*[{_MARKS}–—-])*\s*)")
WELL_KNOWN = 500_000  # people: such a city is meant wherever the list looks


def query_of(
    gazetteer: Gazetteer, name: str, country: str | None = None, admin1: str | None = None, kind: str | None = None
) -> PlaceQuery:
    """Make a query of a written place description and what is known beside it.

    Parameters
    ----------
    gazetteer
        Says which whole strings are names, so that their words are not taken apart.
    name
        Description such as "Homs town", "10 km north of X", "X, Y governorate".
    country
        ISO 3166 alpha-2 code, or a country's name.
    admin1, kind
        First-level area and kind of place, where known.
    """
    code = country_code(gazetteer, country)
    name, code = _without_country(gazetteer, name, code)
    query = parse_phrase(
        name,
        lambda text: gazetteer.is_known(text, code),
        lambda text, of: breadth(gazetteer, text, of, code),
    )
    return replace(
        query,
        country=code,
        admin1=area_name(gazetteer, admin1, code),
        kind=read_kind_word(kind) or query.kind,
    )


def _without_country(gazetteer: Gazetteer, name: str, code: str | None) -> tuple[str, str | None]:
    """Take the country off a description that ends or begins with it: "X, Y, Syria", "SY - X", "X (Iraq)".

    Returns
    -------
    tuple
        The other parts, and the stated country or the one said; all parts where several are said or another one is
        stated.
    """
    pieces = _PIECES.split(name)
    if len(pieces) == 1:
        return name, code
    words = pieces[::2]
    said = [number for number, word in enumerate(words) if _country_said(gazetteer, word)]
    codes = {_country_said(gazetteer, words[number]) for number in said}
    rest = [number for number, word in enumerate(words) if number not in said and fold_name(word)]
    named = [number for number in rest if not is_only_phrase_words(words[number])]
    if len(codes) != 1 or not named or code not in (None, *codes):
        return name, code
    kept = [words[rest[0]]]
    for number in rest[1:]:
        kept += [pieces[2 * number - 1], words[number]]
    return "".join(kept), codes.pop()


def _country_said(gazetteer: Gazetteer, word: str) -> str | None:
    """Country whose code or name a part of a description is; None where a town bears the name, too."""
    text = word.strip()
    if text in REGION:
        return text
    found = gazetteer.lookup(text, fuzzy=False, kind="country")
    countries = {item.place.country for item in found if item.place.kind == "country"}
    towns = any(_is_a_city_of(text, item.place) for item in found)
    return countries.pop() if len(countries) == 1 and not towns else None


def _is_a_city_of(name: str, place: Place) -> bool:
    """Say whether a place is a city that goes by this name, as Amman and Oman do in Arabic."""
    main = fold_name(name) in (fold_name(place.name), fold_name(place.name_ar or ""))
    return place.country in REGION and place.population >= (STRONG_POPULATION if main else WORLD_CITY)


def area_name(gazetteer: Gazetteer, admin1: str | None, country: str | None = None) -> str | None:
    """Name of a first-level area without the words for what it is; words that are part of its name are kept.

    "Homs governorate" is Homs, but the countryside of Damascus is another governorate than Damascus.
    """
    words = (admin1 or "").split()
    for first, last in ((0, 0), (0, 1), (1, 0), (1, 1)):
        name = " ".join(words[first : len(words) - last])
        found = gazetteer.lookup(name, fuzzy=False, kind="governorate", countries=(country,) if country else ())
        if any(item.place.kind == "governorate" and country_fits(country, item.place.country) for item in found):
            return name
    return bare_name(admin1.strip()) if admin1 and admin1.strip() else None


def read_kind_word(kind: str | None) -> str | None:
    """Kind of a written kind: one of ours, a word of place descriptions, another gazetteer's word; None = not known.

    Examples
    --------
    >>> read_kind_word("airbase"), read_kind_word("Military Airport"), read_kind_word("AIRB"), read_kind_word("planet")
    ('airbase', 'airbase', 'airbase', None)
    """
    word = (kind or "").strip()
    if word.casefold() in KINDS:
        return word.casefold()
    known = phrase_words().get(tuple(fold_name(word).split()))
    if known is not None and known.role == "kind":
        return known.value
    found = kind_values().get(word.casefold())
    return "town" if found == "settlement" else found


def breadth(gazetteer: Gazetteer, name: str, kind: str | None, country: str | None = None) -> int:
    """How wide a place of this name and kind is: 0 a site or a quarter, 1 a village ... 5 a country."""
    if kind in BREADTHS:
        return BREADTHS[kind]
    if kind is not None and kind not in ("area", "mountain"):
        return 0
    least = BREADTHS["town"] if kind == "area" else 0
    found = [item.place for item in gazetteer.lookup(name, fuzzy=False, countries=(country,) if country else ())]
    wide = [BREADTHS.get(place.kind, 0) for place in found if country_fits(country, place.country)]
    return max(least, max(wide, default=1))


def country_code(gazetteer: Gazetteer, country: str | None) -> str | None:
    """ISO 3166 alpha-2 code of a code or a country's name; None where it is neither."""
    if not country or not country.strip():
        return None
    if len(country.strip()) == 2 and country.strip().isascii():
        return country.strip().upper()
    found = [item.place for item in gazetteer.lookup(country, kind="country") if item.place.kind == "country"]
    return found[0].country if found else None


def place_list(queries: Sequence[PlaceQuery], gazetteer: Gazetteer) -> Iterator[Placement]:
    """Place the entries of one list, each by itself; rows that name no country lean to the one the list is about."""
    countries, share = probable_countries(queries, gazetteer)
    for query in queries:
        answer = place_all([query], gazetteer, countries=countries if query.country is None else ())[0]
        if query.country is None and share >= NEARLY_ALL and _is_stranger(answer, countries):
            at_home = place_all([replace(query, country=countries[0])], gazetteer)[0]
            answer = replace(at_home, query=query) if at_home.status == PLACED else answer
        yield answer


def _is_stranger(answer: Placement, countries: Sequence[str]) -> bool:
    """Say whether a place lies outside the countries of its list and is no place that everybody knows."""
    if answer.status != PLACED or answer.country in countries or answer.precision in ("country", "adm1", "water"):
        return False
    found = next((item.place for item in answer.candidates if item.place.place_id == answer.place_id), None)
    return found is not None and found.population < WELL_KNOWN


def probable_countries(queries: Sequence[PlaceQuery], gazetteer: Gazetteer) -> tuple[tuple[str, ...], float]:
    """Country in which most rows of a list lie, by an even sample, and their share; ((), 0) if there is none."""
    open_rows = [query for query in queries if query.country is None]
    step = max(1, len(open_rows) // SAMPLE)
    counts = Counter(_countries_of(open_rows[::step], gazetteer))
    total = sum(counts.values())
    for code, number in counts.most_common(1):
        if total >= ENOUGH and number / total >= MOSTLY:
            return (code,), number / total
    return (), 0.0


def _countries_of(queries: Iterable[PlaceQuery], gazetteer: Gazetteer) -> Iterator[str]:
    for query in queries:
        answer = place_all([query], gazetteer)[0]
        if answer.status == PLACED and answer.country:
            yield answer.country
