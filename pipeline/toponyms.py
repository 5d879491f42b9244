"""Find place names in an article: known names, and unknown ones that a kind word or a preposition gives away.

A known name counts when it is strong, or when the words around it speak for a place (a kind word, a preposition, a
direction). Names of persons, parties, media and organisations that contain a place are no places.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from geo.fold import fold_name
from geo.gazetteer import Gazetteer
from pipeline.annotate import LONGEST_DATE, LONGEST_NUMBER, Notes
from pipeline.lexicon import Match, Variant
from pipeline.ordinary import load_ordinary_words
from pipeline.parties import name_strength
from pipeline.stand_in import actor_rows
from pipeline.records import Offset, PlaceMention
from pipeline.text import Token, skip_folded

_LONGEST_NAME = 6
_MAJOR_POPULATION = 30_000
_GREAT_POPULATION = 400_000
_UNNAMED_KINDS = frozenset({"countryside", "country", "region", "sea", "desert"})
_PLAIN_KINDS = frozenset({"governorate", "city", "town", "village", "district", "base", "field", "camp", "countryside", "country"})
_ENDINGS = ("s",)
_POSSESSIVES = ("'s", "’s")
_COORDINATION_GAP = 3
_STREETS = frozenset({"street"})


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name at tokens [first, last), with the direction, kind and distance words that belong to it."""

    first: int
    last: int
    place: PlaceMention
    prefix: str = ""  # joined words before it: و, ب, ل ...
    outer_first: int = 0  # first token of the phrase: kind and direction words included
    outer_last: int = 0
    known: bool = True
    named: bool = True  # False: described, not named («الأراضي العراقية»)


def find_toponyms(notes: Notes, gazetteer: Gazetteer) -> list[Toponym]:
    """All place names of an article in text order, roles not yet decided (role ``mention``)."""
    blocked = _blocked_tokens(notes)
    found: list[Toponym] = []
    index = 0
    while index < len(notes.text.tokens):
        toponym = _toponym_at(notes, gazetteer, index, blocked, found)
        if toponym is None:
            index += 1
            continue
        found.append(_with_surroundings(notes, toponym) if toponym.named else toponym)
        index = max(toponym.last, index + 1)
    return found


def _blocked_tokens(notes: Notes) -> set[int]:
    """Tokens that belong to a party's or a speaker's name, a person's name or a date and so name no place."""
    blocked: set[int] = set()
    for match in notes.matches.get("cue:common", ()):
        if match.last - match.first == 1 and not _follows_kind(notes, match.first):
            blocked.add(match.first)
    for match in notes.matches.get("actor", ()):
        if name_strength(notes, match) not in ("metonym", "weak") and (match.last - match.first > 1 or name_strength(notes, match) == "adjective"):
            blocked.update(range(match.first, match.last))
    for category in ("source", "cue:organisation"):
        for match in notes.matches.get(category, ()):
            blocked.update(range(match.first, match.last))
    for mention in notes.dates:
        blocked.update(range(mention.first, mention.last))
    for match in notes.matches.get("cue:given_name", ()):
        if not match.prefix and notes.ending("kind", match.first) is None:
            blocked.update(range(match.first, _name_end(notes, match.last)))
    return blocked


def _follows_kind(notes: Notes, first: int) -> bool:
    return notes.ending("kind", first) is not None or _after_quote_kind(notes, first)


def _name_end(notes: Notes, index: int) -> int:
    """End of a person's name that begins with a given name before ``index``."""
    tokens = notes.text.tokens
    end = index
    while end < min(index + 3, len(tokens)):
        token = tokens[end]
        if token.kind != "word" or notes.at("cue:preposition", end) or notes.at("trigger", end) or notes.at("cue:speech", end) or notes.at("kind", end):
            break
        if not _may_continue_name(notes, token, end):
            break
        end += 1
    return end


def _may_continue_name(notes: Notes, token: Token, index: int) -> bool:
    if notes.language.script == "LATIN":
        return token.is_capitalised
    variants = notes.language.lexicon.morphology.variants(token.text)
    return not any(v.prefix for v in variants if v.prefix and notes.language.lexicon.morphology.article and v.definite)


def _toponym_at(notes: Notes, gazetteer: Gazetteer, index: int, blocked: set[int], found: list[Toponym]) -> Toponym | None:
    token = notes.text.tokens[index]
    territory = _territory_at(notes, index)
    if territory is not None:
        return territory
    if token.kind != "word" or index in blocked:
        return None
    return (
        _known_at(notes, gazetteer, index, blocked, found)
        or _named_by_kind(notes, index, blocked)
        or _named_by_position(notes, index, blocked)
    )


def _territory_at(notes: Notes, index: int) -> Toponym | None:
    """Read «الأراضي العراقية», "Iraqi territory" as the country; it is a place, but no place name."""
    adjective = notes.at("actor", index)
    if adjective is None or name_strength(notes, adjective) != "adjective":
        return None
    beside = notes.ending("kind", index) if notes.language.order == "vso" else notes.at("kind", adjective.last)
    row = actor_rows().get(adjective.value)
    if beside is None or beside.value != "country" or row is None or not row["country"]:
        return None
    first, last = min(beside.first, index), max(beside.last, adjective.last)
    name = row.get(f"name_{notes.language.code}") or row["name_en"]
    place = PlaceMention(notes.text.mention(first, last), name, kind="country")
    return Toponym(first, last, place, beside.prefix, first, last, known=True, named=False)


# ---------------------------------------------------------------- names the gazetteer knows


def _known_at(notes: Notes, gazetteer: Gazetteer, index: int, blocked: set[int], found: list[Toponym]) -> Toponym | None:
    tokens = notes.text.tokens
    rest = []
    for token in tokens[index + 1 : index + _LONGEST_NAME]:
        if token.kind == "punct" and token.raw not in "-–":
            break
        if token.kind != "punct":
            rest.append(token.text)
    best: tuple[int, Variant] | None = None
    for variant in notes.language.lexicon.morphology.variants(tokens[index].text):
        if variant.suffixed and notes.language.script != "LATIN":
            continue
        for first in _spellings(notes, variant):
            if first != variant.stem and not variant.definite and not _follows_kind(notes, index):
                continue  # an article is only supplied after a kind word («حقل عمر» for «حقل العمر»)
            for following in _rests(notes, rest):
                length = gazetteer.longest_name(first, following)
                if length and (best is None or length > best[0]):
                    best = (length, replace(variant, stem=first))
    if best is None:
        return None
    length, variant = best
    last = _end_token(tokens, index, length)
    last = _with_unknown_rest(notes, index, last, blocked)
    if _only_adds_kind(notes, gazetteer, index, last):
        return None
    name = " ".join([variant.stem, *rest[: length - 1]])
    if _is_only_added(notes, variant, index, found) and not _needs_no_introduction(gazetteer, name):
        return None
    if not _counts_as_place(notes, gazetteer, index, last, name, variant):
        return None
    return _toponym(notes, index, last, variant.prefix, known=True, variant=variant)


def _with_unknown_rest(notes: Notes, first: int, last: int, blocked: set[int]) -> int:
    """Take in the rest of a longer unknown name that only begins like a known one («قرية الرجمة حذران»)."""
    kind = notes.ending("kind", first)
    if notes.language.script == "LATIN" or kind is None or kind.value not in ("village", "town", "quarter", "city"):
        return last
    if last >= len(notes.text.tokens) or not _may_be_name(notes, last, first, blocked):
        return last
    following = notes.text.tokens[last]
    added = following.text[:1] in notes.language.coordinators or _is_joined_ordinary_word(notes, following)
    return last if added or _is_ordinary_word(notes, following.text) else last + 1


def _rests(notes: Notes, rest: list[str]) -> list[list[str]]:
    """Following words as they stand and, where the language has endings on names, without them ("Deir Ezzor's")."""
    if notes.language.script != "LATIN":
        return [rest]
    bare = [word[:-1] if word.endswith(ending) and len(word) > 3 else word for ending in _ENDINGS for word in rest]
    return [rest, bare] if bare != rest else [rest]


def _only_adds_kind(notes: Notes, gazetteer: Gazetteer, first: int, last: int) -> bool:
    """Say whether a known name is a kind word and a known name («محافظة دير الزور»): the kind is no part of it."""
    kind = notes.at("kind", first)
    if kind is None or kind.last >= last or kind.definite or kind.value not in _PLAIN_KINDS:
        return False
    words = [token.text for token in notes.text.tokens[kind.last : last] if token.kind != "punct"]
    return gazetteer.longest_name(words[0], words[1:]) == len(words)


def _spellings(notes: Notes, variant: Variant) -> tuple[str, ...]:
    article = notes.language.lexicon.morphology.article
    return (article + variant.stem,) if variant.definite or not article else (variant.stem, article + variant.stem)


def _end_token(tokens: tuple[Token, ...], index: int, length: int) -> int:
    """Token after the ``length``-th word from ``index``, hyphens between the words not counted."""
    last = index
    while length:
        if tokens[last].kind != "punct":
            length -= 1
        last += 1
    return last


def _counts_as_place(notes: Notes, gazetteer: Gazetteer, first: int, last: int, name: str, variant: Variant) -> bool:
    tokens = notes.text.tokens
    if notes.language.script == "LATIN" and not tokens[first].is_capitalised:
        return False
    strength = gazetteer.strength(fold_name(name))
    if strength is None:
        return False
    if _looks_like_person(notes, first, last):
        return False
    if _is_grammar(notes, first, last) or _is_compound(notes, last):
        return False
    if last - first == 1 and notes.language.lexicon.morphology.bare(tokens[first].text) in notes.language.place_stop:
        return False
    if any(notes.at("cue:preposition", index) for index in range(first, last)) and notes.language.script != "LATIN":
        return False
    if last - first > 1 and notes.at("kind", first) is not None:
        return True  # a name that says what it is («جبل الزاوية»)
    ordinary = _is_ordinary_word(notes, name)
    if strength == "strong" and (not ordinary or _needs_no_introduction(gazetteer, name)):
        return True
    if strength == "strong" and _is_located(notes, first, variant) and _is_major(gazetteer, name):
        return True
    return _speaks_for_a_place(notes, first, last, variant)


def _is_only_added(notes: Notes, variant: Variant, first: int, found: list[Toponym]) -> bool:
    """Say whether a name is read out of «و» + word with no place before it to add to («وأديا» is a verb)."""
    if not variant.prefix or any(letter not in notes.language.coordinators for letter in variant.prefix):
        return False
    return not found or first - found[-1].outer_last > _COORDINATION_GAP


def _is_compound(notes: Notes, last: int) -> bool:
    """Say whether a name only describes something else: "Barbados-flagged", "Iran-backed"."""
    tokens = notes.text.tokens
    return last + 1 < len(tokens) and tokens[last].raw in "-–" and notes.at("cue:compound", last + 1) is not None


def _is_grammar(notes: Notes, first: int, last: int) -> bool:
    """Say whether the whole name is a word the language uses to tell things: a kind, a trigger, a direction."""
    for category in ("kind", "trigger", "cue:person", "weapon", "cue:speech", "cue:connector", "direction", "cue:preposition"):
        match = notes.at(category, first)
        if match is not None and match.last >= last and not match.suffixed:
            return True
    return False


def _is_ordinary_word(notes: Notes, name: str) -> bool:
    words = load_ordinary_words(notes.language.code)
    bare = notes.language.lexicon.morphology.bare
    return all(word in words or bare(word) in words for word in name.split())


def _needs_no_introduction(gazetteer: Gazetteer, name: str) -> bool:
    """Say whether a name belongs to a country, a province or a great city."""
    places = [c.place for c in gazetteer.lookup(name, fuzzy=False) if fold_name(c.matched_name) == name]
    return any(p.population >= _GREAT_POPULATION or p.precision in ("country", "adm1") for p in places)


def _is_located(notes: Notes, first: int, variant: Variant) -> bool:
    """Say whether "in", "at", "to" or the like stands before a name, joined or not."""
    if variant.prefix and variant.prefix[-1] in notes.language.locative_prefixes:
        return True
    return notes.ending("cue:locative", first) is not None or notes.ending("cue:from", first) is not None


def _is_major(gazetteer: Gazetteer, name: str) -> bool:
    """Say whether a name belongs to a place that needs no introduction: a country, a province, a larger town."""
    places = [c.place for c in gazetteer.lookup(name, fuzzy=False) if fold_name(c.matched_name) == name]
    return any(p.population >= _MAJOR_POPULATION or p.precision in ("country", "adm1") for p in places)


def _looks_like_person(notes: Notes, first: int, last: int) -> bool:
    before = notes.ending("cue:title", first) or notes.ending("cue:given_name", first)
    return before is not None and not notes.text.tokens[first].text.startswith("ب")


def _speaks_for_a_place(notes: Notes, first: int, last: int, variant: Variant) -> bool:
    if notes.ending("kind", first) is not None or _after_quote_kind(notes, first):
        return True
    if notes.language.script == "LATIN":
        if notes.at("kind", last) is not None:
            return True
        return notes.ending("cue:locative", first) is not None or notes.ending("direction", first) is not None
    if notes.ending("direction", first) is not None or notes.ending("cue:near", first) is not None:
        return True
    return False


def _after_quote_kind(notes: Notes, first: int) -> bool:
    tokens = notes.text.tokens
    return first >= 2 and tokens[first - 1].raw in "\"«“'" and notes.ending("kind", first - 1) is not None


# ---------------------------------------------------------------- names the words around give away


def _named_by_kind(notes: Notes, index: int, blocked: set[int]) -> Toponym | None:
    """Read an unknown name after a kind word («بلدة X», "village of X") or, in English, before one ("X district")."""
    tokens = notes.text.tokens
    before = index
    if before and tokens[before - 1].raw in "\"«“":
        before -= 1
    if notes.language.script == "LATIN" and before and tokens[before - 1].text == "of":
        before -= 1
    kind = notes.ending("kind", before)
    if notes.language.script == "LATIN":
        return _latin_named_by_kind(notes, index, kind is not None and tokens[index - 1].text == "of")
    if kind is None or kind.value in _UNNAMED_KINDS or kind.value in _STREETS:
        return None
    last = index
    while last < len(tokens) and last - index < 3 and _may_be_name(notes, last, index, blocked):
        last += 1
    return _toponym(notes, index, last, "", known=False) if last > index else None


def _may_be_name(notes: Notes, index: int, first: int, blocked: set[int]) -> bool:
    token = notes.text.tokens[index]
    if token.kind != "word" or index in blocked or notes.language.lexicon.morphology.bare(token.text) in notes.language.place_stop:
        return False
    for category in ("trigger", "weapon", "cue:speech", "cue:connector", "cue:preposition", "cue:common", "kind", "cue:launch", "cue:part_of", "cue:negation"):
        if notes.at(category, index) is not None:
            return False
    if index == first and (_is_ordinary_word(notes, token.text) or _is_joined_ordinary_word(notes, token)):
        return False
    direction = notes.at("direction", index)
    if direction is not None:
        return index > first and direction.definite
    article = notes.language.lexicon.morphology.article
    if index > first and not token.text.startswith(article):
        following = notes.text.tokens[index - 1]
        return len(following.text) <= 3
    return not _has_joined_preposition(notes, token)


def _is_joined_ordinary_word(notes: Notes, token: Token) -> bool:
    words = load_ordinary_words(notes.language.code)
    return any(v.prefix and v.stem in words for v in notes.language.lexicon.morphology.variants(token.text))


def _has_joined_preposition(notes: Notes, token: Token) -> bool:
    """Say whether a word begins with a joined preposition before an article («بالمدينة», «للنفط»)."""
    return any(
        variant.prefix and variant.definite for variant in notes.language.lexicon.morphology.variants(token.text)
    )


def _latin_named_by_kind(notes: Notes, index: int, after_kind: bool) -> Toponym | None:
    tokens = notes.text.tokens
    if not tokens[index].is_capitalised:
        return None
    last = _capitalised_end(notes, index)
    if last == index:
        return None
    kind = notes.at("kind", last)
    if after_kind or (kind is not None and not tokens[kind.first].is_capitalised and kind.value not in ("base", "country")):
        return _toponym(notes, index, last, "", known=False)
    return None


def _named_by_position(notes: Notes, index: int, blocked: set[int]) -> Toponym | None:
    """Read an unknown capitalised name after "in", "near", "at" as a place, where scripts have capitals."""
    if notes.language.script != "LATIN" and notes.ending("cue:near", index) is not None:
        return _named_by_nearness(notes, index, blocked)
    if notes.ending("cue:locative", index) is None:
        return None
    if notes.language.script != "LATIN":
        return _named_by_region(notes, index, blocked)
    if not notes.text.tokens[index].is_capitalised:
        return None
    last = _capitalised_end(notes, index)
    if last == index or any(notes.at(c, index) for c in ("source", "cue:title", "cue:organisation")):
        return None
    return _toponym(notes, index, last, "", known=False)


def _named_by_nearness(notes: Notes, index: int, blocked: set[int]) -> Toponym | None:
    """Read an unknown word after "near" as a place («قرب X»)."""
    if not _may_be_name(notes, index, index, blocked) or _is_ordinary_word(notes, notes.text.tokens[index].text):
        return None
    return _toponym(notes, index, index + 1, "", known=False)


def _named_by_region(notes: Notes, index: int, blocked: set[int]) -> Toponym | None:
    """Read an unknown word after «في» as a place where the next words say what it lies in («في X بمحافظة Y»)."""
    if not _may_be_name(notes, index, index, blocked):
        return None
    for last in (index + 1, index + 2):
        if last >= len(notes.text.tokens):
            return None
        kind = notes.at("kind", last)
        if kind is not None and kind.prefix[-1:] in notes.language.locative_prefixes and kind.prefix:
            return _toponym(notes, index, last, "", known=False)
        if not _may_be_name(notes, last, index, blocked):
            return None
    return None


def _capitalised_end(notes: Notes, index: int) -> int:
    tokens = notes.text.tokens
    last = index
    covered = {i for m in notes.dates_in(index - LONGEST_DATE, index + 6) for i in range(m.first, m.last)}
    while last < len(tokens) and last - index < 5:
        token = tokens[last]
        if token.raw in "-–" and last > index and last + 1 < len(tokens) and tokens[last + 1].kind == "word":
            last += 1
            continue
        joins = last > index and token.text in ("al", "el", "az", "ez", "ash", "as", "ad", "ed", "an", "ar", "at") and last + 1 < len(tokens)
        if token.kind != "word" or last in covered or not (token.is_capitalised or joins):
            break
        if any(notes.at(category, last) for category in ("actor", "source", "weapon")) or (notes.at("kind", last) and last > index and not token.is_capitalised):
            break
        last += 1
    return last


# ---------------------------------------------------------------- what stands around a name


def _toponym(
    notes: Notes, first: int, last: int, prefix: str, *, known: bool, variant: Variant | None = None
) -> Toponym:
    token = notes.text.tokens[first]
    mention = notes.text.mention(first, last)
    name = mention.text
    if variant is not None and variant.prefix:
        cut = skip_folded(token.raw, variant.cut)
        mention = replace(mention, start=mention.start + cut, text=mention.text[cut:])
        name = variant.restored + mention.text
    name = _without_ending(notes, name, variant)
    return Toponym(first, last, PlaceMention(mention, name), prefix, first, last, known)


def _without_ending(notes: Notes, name: str, variant: Variant | None) -> str:
    """Take a possessive off a name: "Israel's", and the "Syrias" of pages that lost their apostrophes."""
    if notes.language.script != "LATIN":
        return name
    for ending in _POSSESSIVES:
        if name.endswith(ending):
            return name[: -len(ending)]
    return name[:-1] if variant is not None and variant.suffixed and name.endswith(_ENDINGS) else name


def _with_surroundings(notes: Notes, toponym: Toponym) -> Toponym:
    """Add kind, direction, distance and nearness words that stand directly before or after the name."""
    first, kind, bearing, near, distance = _look_before(notes, toponym.first)
    last = toponym.last
    if notes.text.tokens[last : last + 1] and notes.text.tokens[last].raw in "\"»”" and last + 1 < len(notes.text.tokens):
        last += 1
    inside = False
    after = _look_after(notes, last, kind)
    if after is not None:
        last, kind_after, bearing_after = after
        kind = kind or kind_after
        if bearing_after is not None:
            bearing, inside = bearing_after, True
    kind = kind or _inner_kind(notes, toponym)
    offset = _offset(kind, bearing, near, distance, inside)
    place = replace(toponym.place, kind=kind, offset=offset)
    return replace(toponym, place=place, outer_first=first, outer_last=max(last, toponym.last))


def _inner_kind(notes: Notes, toponym: Toponym) -> str | None:
    """Kind word inside a name: "Red Sea", «مطار أبوظبي الدولي»."""
    for index in range(toponym.first, toponym.last):
        kind = notes.at("kind", index)
        if kind is not None and toponym.last - toponym.first > 1:
            return kind.value
    return None


def _look_before(notes: Notes, first: int) -> tuple[int, str | None, float | None, bool, float | None]:
    tokens = notes.text.tokens
    kind: str | None = None
    bearing: float | None = None
    near = False
    distance: float | None = None
    position = first
    while position > 0:
        before = position
        if tokens[before - 1].raw in "\"«“'(" and not (kind or bearing):
            before -= 1
        if notes.language.script == "LATIN" and before == position:
            before = _skip_articles(notes, before)
        direction = notes.ending("direction", before)
        kind_match = notes.ending("kind", before)
        near_match = notes.ending("cue:near", before)
        if direction is not None and bearing is None:
            if notes.language.script == "LATIN" and kind is not None and kind not in ("countryside", "region", "governorate") and not _says_of(notes, direction.last, position):
                break  # "the eastern city of X" says nothing about where in X
            bearing, position = float(direction.value), direction.first
        elif kind_match is not None and bearing is None and kind is None:
            kind, position = kind_match.value, kind_match.first
        elif kind_match is not None and kind is not None and kind_match.value == "countryside":
            kind, position = "countryside", kind_match.first
        elif near_match is not None:
            near, position = True, near_match.first
        elif bearing is not None or near:
            found = _distance_before(notes, before)
            if found is not None:
                distance, position = found
            break
        else:
            break
    return position, kind, bearing, near, distance


def _skip_articles(notes: Notes, before: int) -> int:
    """Step back over "of", "the" and an adjective of a country ("southwest of the Yemeni port of Aden")."""
    while before:
        adjective = notes.ending("actor", before)
        if notes.at("cue:article", before - 1):
            before -= 1
        elif adjective is not None and name_strength(notes, adjective) == "adjective":
            before = adjective.first
        else:
            break
    return before


def _says_of(notes: Notes, first: int, last: int) -> bool:
    """Say whether a linking "of" stands in tokens [first, last): a direction before it is one away from the place."""
    return notes.has("cue:article", first, last) and any(
        m.value == "article" and notes.text.tokens[m.first].text != "the" for m in notes.within("cue:article", first, last)
    )


def _distance_before(notes: Notes, position: int) -> tuple[float, int] | None:
    tokens = notes.text.tokens
    if position and tokens[position - 1].text in ("to", "الي", "من"):
        position -= 1
    unit = notes.ending("cue:distance", position)
    if unit is None:
        return None
    for number in notes.numbers_in(unit.first - LONGEST_NUMBER, unit.first):
        if number.last == unit.first:
            return number.best * _KM_PER_UNIT.get(tokens[unit.first].text[:4], 1.0), number.first
    return None


_KM_PER_UNIT = {"mile": 1.609, "naut": 1.852}


def _look_after(notes: Notes, last: int, kind: str | None) -> tuple[int, str | None, float | None] | None:
    """Read what follows a name: «ريف إدلب الجنوبي», "X province", "X's northern countryside"."""
    direction = notes.at("direction", last)
    if notes.language.script != "LATIN":
        if direction is not None and direction.definite and kind in ("countryside", "governorate", "district", "region", "city", "quarter", None):
            return direction.last, None, float(direction.value)
        return None
    if direction is not None:
        kind_after = notes.at("kind", direction.last)
        if kind_after is not None:
            return kind_after.last, kind_after.value, float(direction.value)
        return None
    kind_after = notes.at("kind", last)
    if kind_after is not None:
        return kind_after.last, kind_after.value, None
    return None


def _offset(kind: str | None, bearing: float | None, near: bool, distance: float | None, inside: bool) -> Offset | None:
    if bearing is None and not near and distance is None:
        return None
    return Offset(bearing, distance, inside or (bearing is not None and distance is None and kind in ("countryside", "governorate", "country", "region")))


def iter_names(toponyms: list[Toponym]) -> Iterator[str]:
    """Names of the toponyms in text order."""
    return (toponym.place.name for toponym in toponyms)
