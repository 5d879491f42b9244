"""What flows through the pipeline before there is a table: frozen records that decide nothing.

Offsets are positions in ``article.text`` (Python characters, end exclusive); a mention always quotes the original
spelling. Coordinates do not appear before the geocoder.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """What was published, uninterpreted; ``published_at`` is None where the input says none."""

    article_id: str
    language: str
    text: str
    published_at: date | None = None
    source: str | None = None
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Words of the article: ``article.text[start:end] == text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Offset:
    """Where something lies from a named place: a compass bearing, a distance in km (None = not said), or "near"."""

    bearing: float | None = None  # degrees clockwise from north, None = no direction
    distance_km: float | None = None
    inside: bool = False  # True: a part of the place («ريف إدلب الجنوبي», "eastern Syria"); False: away from it


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name as the article gives it, with what the words around it say about it."""

    mention: Mention
    name: str  # bare proper name, original spelling
    role: str = "mention"  # target, origin, transit, mention
    kind: str | None = None  # kind word beside it: field, base, city, town, governorate, airport, crossing, camp ...
    parents: tuple[str, ...] = ()  # names the text puts it in, nearest first
    offset: Offset | None = None
    between: str | None = None  # the other end of «بين X و Y»


@dataclass(frozen=True, slots=True)
class Count:
    """How many, with the words that say so. 0 means "none" was reported; unknown is no Count at all."""

    best: int
    low: int
    high: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class Actor:
    """A party as the text names it."""

    role: str  # initiator, target, claimed_by, blamed, denied
    mention: Mention
    actor_id: str | None = None  # canonical id of data/actors.csv; None = named, but not known to us


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days from ``start`` to ``end`` inclusive; vagueness stays an interval, a day is never invented."""

    start: date
    end: date
    precision: str  # day, range, week, month, year
    time: str | None = None  # "HH:MM" local time, or a part of day: dawn, morning, noon, afternoon, evening, night


@dataclass(frozen=True, slots=True)
class Claim:
    """What one clause says about one attack, in its own words; places are numbers into the article's toponyms."""

    sentence: int
    trigger: Mention
    event_type: str | None  # None = casualties only; "" = an attack whose kind is not said
    targets: tuple[int, ...] = ()  # best first; further ones are other places hit
    beside: tuple[int, ...] = ()  # other places hit that the same words name: attacks of their own
    region: tuple[int, ...] = ()  # wider places named around the target
    origin: int | None = None
    initiator: Actor | None = None
    initiator_basis: str | None = None
    hit: Actor | None = None
    target: Mention | None = None
    target_id: str | None = None
    weapon: str | None = None
    weapon_mention: Mention | None = None
    weapon_count: Count | None = None
    killed: Count | None = None
    wounded: Count | None = None
    toll_risen: bool = False  # the figures replace those told before
    when: DateSpan | None = None
    when_mention: Mention | None = None
    when_said: bool = False  # the only day named is the one on which it was said
    time: str | None = None  # time of day told without a day
    time_mention: Mention | None = None
    attribution: Mention | None = None
    time_status: str = "actual"
    anew: bool = False  # words that turn to another attack stand before it
    now: bool = False  # told as it happens ("just now", a line of a live report)
    again: bool = False  # words that point back ("the attack") stand for it
    background: bool = False  # told as something earlier
    signs: tuple[str, ...] = ()  # what speaks for and against an attack being reported at all


@dataclass(frozen=True, slots=True)
class Event:
    """One attack an article reports: who, what and when settled; places still words with roles."""

    event_id: str
    article_id: str
    language: str
    event_type: str
    time_status: str  # actual, historical, future, hypothetical, denied
    when: DateSpan | None = None
    places: tuple[PlaceMention, ...] = ()  # target first, then origin, transit
    actor_id: str | None = None
    actor: str | None = None  # display words, original spelling
    actor_basis: str | None = None  # claimed, blamed, stated, suspected
    target: str | None = None
    target_id: str | None = None
    weapon: str | None = None
    weapon_count: Count | None = None
    killed: Count | None = None
    wounded: Count | None = None
    attribution: str | None = None
    evidence: dict[str, Mention] = field(default_factory=dict)  # field name -> words it rests on


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one article: its events and every place name in it, whatever its role."""

    article: Article
    events: tuple[Event, ...] = ()
    places: tuple[PlaceMention, ...] = ()
