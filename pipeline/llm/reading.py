"""Read an article with a language model's quotes: what they mean is settled by our own grammars and gazetteer."""

import hashlib
import logging
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from geo.gazetteer import Gazetteer
from geo.place import Placement
from pipeline.annotate import Notes, annotate
from pipeline.casualties import count_casualties
from pipeline.dates import resolve_dates
from pipeline.language import load_language
from pipeline.llm.answer import Notice, Quoted, read_answer
from pipeline.llm.client import ask
from pipeline.llm.question import question
from pipeline.llm.settings import ModelError, ModelSettings
from pipeline.locate import locate, with_parents
from pipeline.reading import PlacedEvent, PlacedReading
from pipeline.records import Actor, Article, Count, DateSpan, Event, Mention, PlaceMention
from pipeline.run import read_placed, shared_gazetteer
from pipeline.stand_in import name_party
from pipeline.toponym import Toponym
from pipeline.toponyms import find_toponyms

_log = logging.getLogger(__name__)
_RECENT = timedelta(days=2)
_MOST_JOINED = 3  # letters before a word, in languages that join small words to it
_EVIDENCE = {"trigger": "event_type", "place": "place_name", "origin": "origin_name", "date": "date_start"}


def read_with_model(
    article: Article, settings: ModelSettings, gazetteer: Gazetteer | None = None, notice: Notice = _log.warning
) -> PlacedReading:
    """Read one article by asking a language model for quotes; the built-in reader answers where that fails.

    Parameters
    ----------
    article
        Its text is sent to ``settings.url``, alone: no other article and no earlier answer goes with it.
    notice
        Called with a line for every quote, event or answer that could not be used; by default the log takes it.
    """
    gazetteer = gazetteer or shared_gazetteer()

    def say(line: str) -> None:
        notice(f"{article.article_id}: {line}")

    try:
        quoted = read_answer(_ask(article, settings), article.text, say, _joined(article.language))
    except ModelError as error:
        say(f"{error}; read by the built-in extractor instead")
        return read_placed(article, gazetteer)
    return _settle(article, quoted, gazetteer, say)


def _joined(language: str) -> int:
    prefixes = load_language(language).lexicon.morphology.prefixes
    return _MOST_JOINED if prefixes else 0


def _ask(article: Article, settings: ModelSettings) -> str:
    if len(article.text) > settings.longest_text:
        raise ModelError(
            f"the text has {len(article.text):,} characters, more than the {settings.longest_text:,} that are sent"
        )
    return ask(settings, question(article))


@dataclass(frozen=True, slots=True)
class _Ground:
    """An article with all that our own parts know of it."""

    notes: Notes
    toponyms: Sequence[Toponym]
    placements: Sequence[Placement]
    spans: Sequence[DateSpan | None]
    say: Notice

    def tokens(self, mention: Mention) -> tuple[int, int]:
        """Tokens [first, last) that a quote touches."""
        tokens = self.notes.text.tokens
        first = bisect_right(tokens, mention.start, key=lambda token: token.end)
        return first, bisect_left(tokens, mention.end, key=lambda token: token.start)


def _settle(article: Article, quoted: Sequence[Quoted], gazetteer: Gazetteer, say: Notice) -> PlacedReading:
    notes = annotate(article, load_language(article.language))
    toponyms = _toponyms(notes, with_parents(notes, find_toponyms(notes, gazetteer)), quoted)
    placements = locate(notes, toponyms, gazetteer)
    ground = _Ground(notes, toponyms, placements, resolve_dates(notes.dates, article.published_at), say)
    events = tuple(_event(ground, event, is_first=not number) for number, event in enumerate(quoted))
    roles = {place.mention: place.role for placed in events for place in placed.event.places}
    places = tuple(
        (replace(toponym.place, role=roles.get(toponym.place.mention, "mention")), placement)
        for toponym, placement in zip(toponyms, placements, strict=True)
    )
    return PlacedReading(article, events, places)


def _toponyms(notes: Notes, known: list[Toponym], quoted: Sequence[Quoted]) -> list[Toponym]:
    """Place names of the article, those added that only the language model takes for one."""
    toponyms = {toponym.place.mention: toponym for toponym in known}
    for event in quoted:
        for mention in (event.quotes.get("place"), event.quotes.get("origin")):
            if mention is not None and not any(_meet(mention, other) for other in toponyms):
                toponyms[mention] = Toponym(0, 0, PlaceMention(mention, mention.text), known=False)
    return list(toponyms.values())


def _meet(left: Mention, right: Mention) -> bool:
    return left.start < right.end and right.start < left.end


def _event(ground: _Ground, quoted: Quoted, *, is_first: bool) -> PlacedEvent:
    article = ground.notes.article
    target, origin = _placed(ground, quoted, "place"), _placed(ground, quoted, "origin")
    actor = _actor(ground, quoted, target[1].country if target else None)
    weapon, weapon_count = _weapon(ground, quoted)
    killed, wounded = _toll(ground, quoted, "killed"), _toll(ground, quoted, "wounded")
    when = _day(ground, quoted, is_first=is_first)
    places = [replace(found[0], role=role) for found, role in ((target, "target"), (origin, "origin")) if found]
    event = Event(
        event_id=_event_id(article, quoted),
        article_id=article.article_id,
        language=article.language,
        event_type=quoted.event_type,
        time_status=_status(article, quoted, when),
        when=when,
        places=tuple(places),
        actor_id=actor.actor_id if actor else None,
        actor=actor.mention.text if actor else None,
        actor_basis=(quoted.actor_basis or "stated") if actor else None,
        target=_words(quoted, "target"),
        target_id=_value(ground, quoted, "target"),
        weapon=weapon,
        weapon_count=weapon_count,
        killed=killed,
        wounded=wounded,
        attribution=_words(quoted, "attribution"),
        evidence=_evidence(
            quoted,
            place=target,
            origin=origin,
            date=when,
            actor=actor,
            weapon=weapon,
            weapon_count=weapon_count,
            killed=killed,
            wounded=wounded,
        ),
    )
    return PlacedEvent(event, target[1] if target else None, origin[1] if origin else None)


def _evidence(quoted: Quoted, **settled: object) -> dict[str, Mention]:
    """Words every field rests on, by field; a quote that settled nothing is no evidence."""
    quotes = dict(quoted.quotes)
    if "weapon" in quotes:
        quotes["weapon_count"] = quotes["weapon"]
    return {
        _EVIDENCE.get(name, name): mention for name, mention in quotes.items() if settled.get(name, mention) is not None
    }


def _event_id(article: Article, quoted: Quoted) -> str:
    spots = "|".join(str(quoted.quotes[name].start) for name in ("trigger", "place") if name in quoted.quotes)
    return hashlib.sha256(f"{article.article_id}|model|{quoted.event_type}|{spots}".encode()).hexdigest()[:16]


def _words(quoted: Quoted, name: str) -> str | None:
    mention = quoted.quotes.get(name)
    return None if mention is None else mention.text


def _value(ground: _Ground, quoted: Quoted, name: str) -> str | None:
    """Id of the first thing of our vocabularies that a quote names."""
    mention = quoted.quotes.get(name)
    if mention is None:
        return None
    return next((match.value for match in ground.notes.within(name, *ground.tokens(mention))), None)


def _placed(ground: _Ground, quoted: Quoted, name: str) -> tuple[PlaceMention, Placement] | None:
    mention = quoted.quotes.get(name)
    if mention is None:
        return None
    pairs = zip(ground.toponyms, ground.placements, strict=True)
    return next(((t.place, placement) for t, placement in pairs if _meet(mention, t.place.mention)), None)


def _actor(ground: _Ground, quoted: Quoted, country: str | None) -> Actor | None:
    """The party a quote names; words that name none we know are said and left out."""
    mention = quoted.quotes.get("actor")
    if mention is None:
        return None
    for match in ground.notes.within("actor", *ground.tokens(mention)):
        actor = Actor("initiator", ground.notes.text.mention(match.first, match.last), match.value)
        known = name_party(ground.notes, actor, country)
        if known is not None:
            return replace(actor, actor_id=known)
    ground.say(f"actor {mention.text[:60]!r} names no party of data/actors.csv and is left out")
    return None


def _weapon(ground: _Ground, quoted: Quoted) -> tuple[str | None, Count | None]:
    mention = quoted.quotes.get("weapon")
    if mention is None:
        return None, None
    weapon = _value(ground, quoted, "weapon")
    if weapon is None:
        ground.say(f"weapon {mention.text[:60]!r} names none of data/weapons.csv and is left out")
        return None, None
    return weapon, _number(ground, mention)


def _toll(ground: _Ground, quoted: Quoted, name: str) -> Count | None:
    """How many a quote says, by our own grammar of numbers; the model's figures are not taken."""
    mention = quoted.quotes.get(name)
    if mention is None:
        return None
    toll = count_casualties(ground.notes, *ground.tokens(mention))
    read = toll.killed if name == "killed" else toll.wounded
    count = read or _number(ground, mention)
    if count is None:
        ground.say(f"{name} {mention.text[:60]!r} says no number and is left out")
        return None
    return replace(count, mention=mention)


def _number(ground: _Ground, mention: Mention) -> Count | None:
    first, last = ground.tokens(mention)
    for number in ground.notes.numbers:
        if first <= number.first < last and number.kind == "count":
            return Count(number.best, number.low, number.high, mention)
    return None


def _day(ground: _Ground, quoted: Quoted, *, is_first: bool) -> DateSpan | None:
    """Days the quoted words mean; what the article leads with and does not date is of its day or the one before."""
    mention = quoted.quotes.get("date")
    if mention is not None:
        return _span(ground, mention)
    published = ground.notes.article.published_at
    if published is None or not is_first or quoted.time_status != "actual":
        return None
    return DateSpan(published - timedelta(days=1), published, "range")


def _span(ground: _Ground, mention: Mention) -> DateSpan | None:
    first, last = ground.tokens(mention)
    found = [
        (m, span) for m, span in zip(ground.notes.dates, ground.spans, strict=True) if m.first < last and first < m.last
    ]
    span = next((span for _, span in found if span is not None), None)
    if span is None:
        ground.say(f"date {mention.text[:60]!r} cannot be resolved and is left out")
        return None
    time = span.time or next((date.expression.time for date, _ in found if date.expression.time), None)
    return replace(span, time=time)


def _status(article: Article, quoted: Quoted, when: DateSpan | None) -> str:
    """What the model says, but what our own dates place before the news is background."""
    published = article.published_at
    if quoted.time_status == "actual" and when is not None and published is not None and when.end < published - _RECENT:
        return "historical"
    return quoted.time_status
