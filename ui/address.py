"""The address of the page: a filter as the words after ``?`` and back, so that a link or a reload opens the same view.

What an address says comes from outside and may be old: it is checked against what the events have, and what does not
fit is left out and named. Days are always written out, never as "the last 7 days", which would mean others elsewhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.promises import PRECISIONS
from ui.area import Area, AreaError, read_area
from ui.columns import Columns
from ui.filters import CHOSEN_AT_FIRST, EventFilter, date_span
from ui.vocabulary import with_families

FIELDS = ("actor", "event_type", "weapon", "time_status", "actor_basis", "country")
TEXT_LIMIT = 200  # characters of a search
_ANY = "any"  # stands for no choice where some words are chosen at first
_SINGLE = ("text", "from", "to", "coarsest", "area")


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen among the events of a book: the words of each field, and the days (None: none is dated)."""

    words: Mapping[str, Collection[str]]
    span: tuple[date, date] | None

    def at_first(self, field: str) -> tuple[str, ...]:
        """Say which words of a field are chosen before anybody chose."""
        return tuple(word for word in CHOSEN_AT_FIRST.get(field, ()) if word in self.words[field])


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that an address asks for and cannot be given: the name before ``=`` and what stands after it."""

    name: str
    value: str


def find_choices(columns: Columns) -> Choices:
    """Say what can be chosen; a party is there when one that belongs to it is."""
    words = {field: frozenset(getattr(columns, field).values) for field in FIELDS}
    words["actor"] = frozenset(with_families(dict.fromkeys(columns.actor.values, 0)))
    return Choices(words, date_span(columns))


def write_address(chosen: EventFilter, choices: Choices) -> dict[str, list[str]]:
    """Say a filter as names and values of an address; what is as it was at first is left out.

    Parameters
    ----------
    chosen
        The filter as it was chosen: a party stands for itself, not yet for all that belong to it.
    choices
        What can be chosen.

    Examples
    --------
    >>> none = {field: () for field in FIELDS}
    >>> write_address(EventFilter(first=date(2023, 4, 1), actor=("rsf", "")), Choices(none, None))
    {'from': ['2023-04-01'], 'actor': ['rsf', '']}
    """
    days = {"from": chosen.first, "to": chosen.last}
    said = {"text": [chosen.text] if chosen.text else [], "coarsest": [chosen.coarsest] if chosen.coarsest else []}
    said["area"] = [chosen.area.word] if chosen.area and chosen.area.has_address else []
    said |= {name: [day.isoformat()] if day else [] for name, day in days.items()}
    for field in FIELDS:
        words = getattr(chosen, field)
        if set(words) != set(choices.at_first(field)):
            said[field] = list(words) or [_ANY]
    return {name: values for name, values in said.items() if values}


def read_address(said: Mapping[str, Sequence[str]], choices: Choices) -> tuple[EventFilter, list[Refused]]:
    """Read a filter out of an address, and what in it could not be followed.

    Parameters
    ----------
    said
        Values by name, as ``write_address`` says them; other names are refused.
    choices
        What can be chosen.
    """
    refused = [Refused(name, "") for name in said if name not in {*FIELDS, *_SINGLE}]
    words = {field: _read_words(field, said, choices, refused) for field in FIELDS}
    first, last = _read_days(said, choices.span, refused)
    text = _read_one("text", said, refused).strip()
    if len(text) > TEXT_LIMIT:
        refused.append(Refused("text", text))
        text = ""
    coarsest = _read_one("coarsest", said, refused) or None
    if coarsest is not None and coarsest not in PRECISIONS:
        refused.append(Refused("coarsest", coarsest))
        coarsest = None
    area = _read_area(_read_one("area", said, refused), refused)
    return EventFilter(first, last, **words, coarsest=coarsest, text=text, area=area), refused


def _read_area(word: str, refused: list[Refused]) -> Area | None:
    try:
        return read_area(word) if word else None
    except AreaError:
        refused.append(Refused("area", word))
        return None


def _read_one(name: str, said: Mapping[str, Sequence[str]], refused: list[Refused]) -> str:
    values = said.get(name, ())
    refused += [Refused(name, value) for value in values[1:]]
    return values[0] if values else ""


def _read_words(
    field: str, said: Mapping[str, Sequence[str]], choices: Choices, refused: list[Refused]
) -> tuple[str, ...]:
    if field not in said:
        return choices.at_first(field)
    asked = dict.fromkeys(said[field])
    if list(asked) == [_ANY] and _ANY not in choices.words[field]:
        return ()
    refused += [Refused(field, word) for word in asked if word not in choices.words[field]]
    known = tuple(word for word in asked if word in choices.words[field])
    return known or choices.at_first(field)


def _read_days(
    said: Mapping[str, Sequence[str]], span: tuple[date, date] | None, refused: list[Refused]
) -> tuple[date | None, date | None]:
    """Read the period; one that reaches beyond the data is cut to it and said so, one that misses it is refused."""
    asked = {name: _read_one(name, said, refused) for name in ("from", "to")}
    days = {name: _day(word) for name, word in asked.items()}
    refused += [Refused(name, word) for name, word in asked.items() if word and days[name] is None]
    if span is None or days == {"from": None, "to": None}:
        refused += [Refused(name, asked[name]) for name, day in days.items() if day]
        return None, None
    first, last = days["from"] or span[0], days["to"] or span[1]
    inside = max(first, span[0]), min(last, span[1])
    missed = first > last or inside[0] > inside[1]
    kept = span if missed else inside
    edges = zip(days.items(), kept, strict=True)
    refused += [Refused(name, asked[name]) for (name, day), edge in edges if day and (missed or day != edge)]
    return (None, None) if kept == span else kept


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
