"""Take only quotes from a language model's answer: each must stand in the article, letter for letter."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from pipeline.llm.question import BASES, MOST_EVENTS, QUOTED, STATUSES, event_types
from pipeline.llm.settings import ModelError
from pipeline.records import Mention

Notice = Callable[[str], None]
_LONGEST_QUOTE = 400  # characters
_MOST_PLACES = 50  # occurrences of one quote that are looked at
_KEYS = frozenset({*QUOTED, "event_type", "time_status", "actor_basis"})


@dataclass(frozen=True, slots=True)
class Quoted:
    """One attack as quotes that stand in the article, by field; ``quotes["trigger"]`` is always there."""

    event_type: str
    time_status: str
    actor_basis: str | None
    quotes: Mapping[str, Mention]


def read_answer(answer: str, text: str, notice: Notice, joined: int = 0) -> list[Quoted]:
    """Attacks of an answer, their quotes found in the article's ``text``.

    Parameters
    ----------
    joined
        Letters that the language may join before a word («و» in «وكونوكو»), and a quote may leave out.

    Raises
    ------
    ModelError
        Where the answer as a whole is not in the form asked for.

    Notes
    -----
    A quote that does not stand in the text loses its field; an attack whose trigger does not, or that is not in the
    form asked for, is left out. Each loss is said through ``notice``.
    """
    found = (_quoted(number, event, text, notice, joined) for number, event in enumerate(_events(answer), start=1))
    return [event for event in found if event is not None]


def _events(answer: str) -> list[Any]:
    try:
        said = orjson.loads(answer)
    except ValueError as error:
        raise ModelError("the language model's answer is no JSON") from error
    events = said.get("events") if isinstance(said, dict) else None
    if not isinstance(events, list) or set(said) != {"events"}:
        raise ModelError("the language model's answer is not a list of events")
    if len(events) > MOST_EVENTS:
        raise ModelError(f"the language model's answer lists {len(events)} events; at most {MOST_EVENTS} are taken")
    return events


def _quoted(number: int, event: Any, text: str, notice: Notice, joined: int) -> Quoted | None:
    fault = _fault(event)
    if fault is not None:
        notice(f"event {number} of the language model is left out: {fault}")
        return None
    quotes = _find_quotes(number, event, text, notice, joined)
    if "trigger" not in quotes:
        notice(f"event {number} of the language model is left out: the words that should tell it are not in the text")
        return None
    return Quoted(event["event_type"], event["time_status"], event.get("actor_basis"), quotes)


def _fault(event: Any) -> str | None:
    """Say what keeps an event from being in the form asked for, None where nothing does."""
    if not isinstance(event, dict):
        return "it is no object"
    if unknown := sorted(set(event) - _KEYS):
        return f"it holds {_short(', '.join(unknown))}, which was not asked for"
    if event.get("event_type") not in event_types():
        return f"{_short(event.get('event_type'))} is no kind of event"
    if event.get("time_status") not in STATUSES:
        return f"{_short(event.get('time_status'))} is no time status"
    if event.get("actor_basis") not in (*BASES, None):
        return f"{_short(event.get('actor_basis'))} is no basis"
    if wrong := [name for name in QUOTED if not isinstance(event.get(name), str | None)]:
        return f"{wrong[0]} is no quote"
    return None


def _find_quotes(number: int, event: Mapping[str, Any], text: str, notice: Notice, joined: int) -> dict[str, Mention]:
    places: dict[str, list[int]] = {}
    for name in QUOTED:
        quote = event.get(name)
        if not quote or not quote.strip():
            continue
        starts = list(_occurrences(quote, text, joined)) if len(quote) <= _LONGEST_QUOTE else []
        if starts:
            places[name] = starts
        else:
            notice(f"event {number} of the language model: {name} {_short(quote)} is not in the text and is left out")
    if "trigger" not in places:
        return {}
    trigger = _nearest_pair(places["trigger"], places.get("place", places["trigger"]))
    nearest = {name: min(starts, key=lambda at: abs(at - trigger)) for name, starts in places.items()}
    return {name: Mention(at, at + len(event[name]), event[name]) for name, at in nearest.items()}


def _occurrences(quote: str, text: str, joined: int) -> Iterator[int]:
    at = text.find(quote)
    for _ in range(_MOST_PLACES):
        if at < 0:
            return
        if _keeps_words(text, at, at + len(quote), joined):
            yield at
        at = text.find(quote, at + 1)


def _keeps_words(text: str, start: int, end: int, joined: int) -> bool:
    """Say whether a quote cuts no word ("Jordan" in "Jordanian"); up to ``joined`` letters may be joined before it."""
    if end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        return False
    if not text[start].isalnum():
        return True
    before = text[max(0, start - joined - 1) : start]
    return not before or not all(map(str.isalnum, before)) or len(before) <= joined


def _nearest_pair(triggers: list[int], places: list[int]) -> int:
    """Start of the trigger that stands nearest to the place: of two strikes the one that is meant."""
    return min(triggers, key=lambda trigger: min(abs(trigger - place) for place in places))


def _short(value: object) -> str:
    return repr(value if not isinstance(value, str) or len(value) <= 60 else value[:57] + "...")
