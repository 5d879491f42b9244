"""Places an article only describes: «الأراضي العراقية», "the Somali capital", "the north of the country"."""

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from geo.fold import fold_name
from geo.gazetteer import Gazetteer
from pipeline.annotate import Notes
from pipeline.lexicon import Match
from pipeline.party_signs import name_strength
from pipeline.records import PlaceMention
from pipeline.stand_in import actor_rows
from pipeline.text import Token, tokenize
from pipeline.toponym import Toponym
from pipeline.toponym_words import with_surroundings

_LOCATED, _NAMED = 3, 1  # how much a country something lies in counts beside one that is only spoken of


def territory_at(notes: Notes, gazetteer: Gazetteer, index: int) -> Toponym | None:
    """Read «الأراضي العراقية», "Iraqi territory" as the country; it is a place, but no place name."""
    adjective = notes.at("actor", index)
    if adjective is None or name_strength(notes, adjective) != "adjective":
        return None
    beside = notes.ending("kind", index) if notes.language.order == "vso" else notes.at("kind", adjective.last)
    row = actor_rows().get(adjective.value)
    if beside is None or beside.value != "country" or row is None or not row["country"]:
        return None
    name = _country_name(notes, gazetteer, row["country"])
    if name is None:
        return None
    return _described(notes, min(beside.first, index), max(beside.last, adjective.last), name, "country", beside.prefix)


def seat_at(notes: Notes, gazetteer: Gazetteer, index: int) -> Toponym | None:
    """Read «العاصمة الصومالية», "the Somali capital", «عاصمة بوركينا فاسو» as the capital, unless its name follows."""
    adjective = notes.at("nation", index)
    if adjective is not None:
        beside = _capital_beside(notes, adjective)
        if beside is None:
            return None
        first, last = min(beside.first, index), max(beside.last, adjective.last)
        return _seat(notes, adjective.value, first, last, beside.prefix)
    capital = notes.at("cue:capital", index)
    if capital is None:
        return None
    start = capital.last
    while start < len(notes.text.tokens) and notes.at("cue:genitive", start) is not None:
        start += 1
    country = _country_at(notes, gazetteer, start)
    return None if country is None else _seat(notes, country[0], index, country[1], capital.prefix)


def _capital_beside(notes: Notes, adjective: Match) -> Match | None:
    if notes.language.order == "vso":
        return notes.ending("cue:capital", adjective.first)
    return notes.at("cue:capital", adjective.last)


def _seat(notes: Notes, country: str, first: int, last: int, prefix: str) -> Toponym | None:
    name = notes.language.seats.get(country)
    if name is None or _follows(notes, last, name):
        return None
    return _described(notes, first, last, name, "city", prefix)


def _follows(notes: Notes, index: int, name: str) -> bool:
    """Say whether a name stands at a token or behind one mark or bracket: "the Syrian capital, Damascus"."""
    words = [token.text for token in tokenize(name).tokens if token.kind != "punct"]
    for start in (index, index + 1):
        texts = [token.text for token in notes.text.tokens[start : start + len(words)]]
        if texts == words:
            return True
    return False


def _country_at(notes: Notes, gazetteer: Gazetteer, index: int) -> tuple[str, int] | None:
    """The country named at a token and the token after its name."""
    texts = [token.text for token in takewhile(_is_word, notes.text.tokens[index : index + 4])]
    if not texts:
        return None
    length = gazetteer.longest_name(texts[0], texts[1:])
    country = _country_named(gazetteer, " ".join(texts[:length])) if length else None
    return None if country is None else (country, index + length)


def _is_word(token: Token) -> bool:
    return token.kind == "word"


def _country_named(gazetteer: Gazetteer, name: str) -> str | None:
    places = (place for place, _ in gazetteer.exact(fold_name(name)))
    return next((place.country for place in places if place.precision == "country"), None)


def with_homeland(notes: Notes, gazetteer: Gazetteer, found: list[Toponym]) -> list[Toponym]:
    """Add the sides of "the country": «شمال غربي البلاد» lies in the country the article is most about."""
    told = [m for m in notes.matches.get("cue:homeland", ()) if _is_side(notes, m, found)]
    if not told:
        return found
    name = _homeland(notes, gazetteer, found)
    if name is None:
        return found
    sides = [_described(notes, m.first, m.last, name, None, m.prefix) for m in told]
    return sorted([*found, *(with_surroundings(notes, side) for side in sides)], key=lambda toponym: toponym.first)


def _is_side(notes: Notes, told: Match, found: Sequence[Toponym]) -> bool:
    first = told.first
    while first and (notes.at("cue:genitive", first - 1) or notes.at("cue:article", first - 1)):
        first -= 1
    beside = notes.ending("direction", first)
    taken = any(toponym.outer_first <= told.first < toponym.outer_last for toponym in found)
    return beside is not None and not taken


def _homeland(notes: Notes, gazetteer: Gazetteer, found: Sequence[Toponym]) -> str | None:
    """A name of the country an article speaks of most; where something lies counts more than who is named."""
    votes: Counter[str] = Counter()
    named: dict[str, str] = {}
    for toponym in found:
        name = toponym.place.name
        country = _country_of(gazetteer, name)
        if country is not None:
            votes[country] += _LOCATED if _is_located(notes, toponym) else _NAMED
            if _country_named(gazetteer, name) == country:
                named[country] = name
    for nation in notes.matches.get("nation", ()):
        votes[nation.value] += _NAMED
    most = votes.most_common(2)
    if not most or (len(most) > 1 and most[0][1] == most[1][1]):
        return None
    country = most[0][0]
    return named.get(country) or _country_name(notes, gazetteer, country)


def _country_of(gazetteer: Gazetteer, name: str) -> str | None:
    """The country of a name that means places of one country only."""
    countries = {candidate.place.country for candidate in gazetteer.lookup(name, fuzzy=False)}
    return next(iter(countries)) if len(countries) == 1 else None


def _is_located(notes: Notes, toponym: Toponym) -> bool:
    joined = toponym.prefix[-1:] in notes.language.locative_prefixes and bool(toponym.prefix)
    return joined or notes.ending("cue:locative", toponym.outer_first) is not None


def _described(notes: Notes, first: int, last: int, name: str, kind: str | None, prefix: str) -> Toponym:
    place = PlaceMention(notes.text.mention(first, last), name, kind=kind)
    return Toponym(first, last, place, prefix, first, last, known=True, named=False)


def _country_name(notes: Notes, gazetteer: Gazetteer, country: str) -> str | None:
    """A name of a country that both the language's parties and the gazetteer know."""
    for (actor_id, name), strength in notes.language.actor_strength.items():
        row = actor_rows().get(actor_id)
        if strength != "metonym" or row is None or row["country"] != country:
            continue
        if _country_named(gazetteer, name) == country:
            return name
    return None
