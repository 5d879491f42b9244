"""The scoreboard: predicted events and places of articles against annotated ones.

Gold and predictions are the plain mappings of their JSON lines (see ``docs/codebook.md``). Events pair off by
``pipeline.score_pair``; annotated events marked optional are neither missed nor counted. ``f1`` counts pairs,
``strict_f1`` only those whose day, place and type all hold.
"""

import re
from collections.abc import Iterable, Sequence

from pipeline.score_pair import (
    Fields,
    actor_accepted,
    compare,
    count_accepted,
    day_exact,
    fold_party,
    kilometres,
    origin_accepted,
    pair,
    place_error,
    point,
    telling_words,
    type_accepted,
    weapon_accepted,
)
from pipeline.scoreboard import Board, Tally, make_board

_CLOCK = re.compile(r"\d\d:\d\d")
_USUAL_KM = 161  # the usual bound of toponym resolution: 100 miles
_WIDE_KM = 300  # tolerance from which a place counts as a country


def score(gold: Iterable[Fields], predictions: Iterable[Fields]) -> Board:
    """Score predictions against gold.

    Parameters
    ----------
    gold
        One mapping an article: ``id``, ``events``, ``places``.
    predictions
        One mapping an article in the form that ``rasid predict`` writes; an article without one counts as silence.

    Returns
    -------
    dict
        Measures by group: ``articles``, ``event``, ``on_matched_events``, ``no_event_articles``, ``toponyms``; None
        where nothing was there to measure.
    """
    answers = {answer["id"]: answer for answer in predictions}
    tally = Tally()
    for article in gold:
        answer = answers.get(article["id"])
        tally.articles += 1
        tally.unanswered += answer is None
        _count_events(tally, article, list((answer or {}).get("events") or []))
        _count_places(tally, article["places"], list((answer or {}).get("places") or []))
    return make_board(tally)


def _count_events(tally: Tally, article: Fields, predicted: list[Fields]) -> None:
    wanted = [event for event in article["events"] if not event.get("optional")]
    spare = [event for event in article["events"] if event.get("optional")]
    pairs = pair(predicted, wanted)
    paired = {one for one, _ in pairs}
    rest = [event for number, event in enumerate(predicted) if number not in paired]
    ignored = len(pair(rest, spare))
    tally.gold += len(wanted)
    tally.predicted += len(predicted) - ignored
    tally.matched += len(pairs)
    tally.ignored += ignored
    if not article["events"]:
        tally.quiet.add(bool(predicted))
        tally.false_events += len(predicted)
    found = {other for _, other in pairs}
    for number, event in enumerate(wanted):
        if event.get("is_main"):
            tally.share("main_event_recall").add(number in found)
    for one, other in pairs:
        _count_pair(tally, predicted[one], wanted[other])


def _count_pair(tally: Tally, predicted: Fields, annotated: Fields) -> None:
    like = compare(predicted, annotated)
    tally.strict += like.strict
    if annotated["date_start"]:
        tally.share("date_accuracy").add(day_exact(predicted, annotated))
        tally.share("date_within_1_day").add(like.day)
    if annotated.get("lat") is not None:
        near, distance = place_error(predicted, annotated)
        tally.share("place_within_tolerance").add(near)
        tally.event_km += [] if distance is None else [distance]
    tally.share("type_accuracy").add(predicted.get("event_type") == annotated["event_type"])
    tally.share("type_accuracy_lenient").add(type_accepted(predicted, annotated))
    _count_details(tally, predicted, annotated)


def _count_details(tally: Tally, predicted: Fields, annotated: Fields) -> None:
    actor = actor_accepted(predicted, annotated)
    tally.share("actor_accuracy").add(actor)
    if annotated.get("actor"):
        tally.share("actor_accuracy_when_attributed").add(actor)
    if annotated.get("weapon"):
        tally.share("weapon_accuracy").add(weapon_accepted(predicted, annotated))
    killed, wounded = (count_accepted(predicted, annotated, name) for name in ("killed", "wounded"))
    tally.share("killed_exact").add(killed)
    tally.share("wounded_exact").add(wounded)
    tally.share("casualties_exact").add(killed and wounded)
    if annotated["killed"] or annotated["wounded"]:
        tally.share("casualties_exact_when_reported").add(killed and wounded)
    if annotated.get("origin_place"):
        tally.share("origin_accuracy").add(origin_accepted(predicted, annotated))
    if _CLOCK.match(annotated.get("time") or ""):
        tally.share("time_accuracy_hhmm").add(str(predicted.get("time") or "")[:5] == annotated["time"])


def _count_places(tally: Tally, annotated: Sequence[Fields], predicted: list[Fields]) -> None:
    named = [place for place in predicted if place.get("name") or place.get("start") is not None]
    pairs = _pair_places(sorted(named, key=_position), annotated)
    counted = [(one, other) for one, other in pairs if not other.get("optional")]
    tally.places["gold"] += sum(not place.get("optional") for place in annotated)
    tally.places["predicted"] += len(named) - (len(pairs) - len(counted))
    tally.places["matched"] += len(counted)
    for one, other in counted:
        _count_place(tally, one, other)


def _position(place: Fields) -> tuple[bool, int]:
    return place.get("start") is None, place.get("start") or 0


def _pair_places(predicted: Sequence[Fields], annotated: Sequence[Fields]) -> list[tuple[Fields, Fields]]:
    """Give each predicted place, in reading order, the free annotated one that it overlaps most."""
    free, pairs = list(annotated), []
    for place in predicted:
        best = max(free, key=lambda other, place=place: _overlap(place, other), default=None)  # type: ignore[misc]
        if best is not None and _overlap(place, best) > 0:
            free.remove(best)
            pairs.append((place, best))
    return pairs


def _overlap(predicted: Fields, annotated: Fields) -> int:
    """Characters two places share; where the prediction has no offsets, 1 for the same name."""
    if predicted.get("start") is not None and predicted.get("end") is not None:
        return int(min(predicted["end"], annotated["end"]) - max(predicted["start"], annotated["start"]))
    names = predicted["name"], annotated["name"]
    same = fold_party(names[0]) == fold_party(names[1]) or telling_words(names[0]) == telling_words(names[1])
    return int(same)


def _count_place(tally: Tally, predicted: Fields, annotated: Fields) -> None:
    there = point(annotated)
    if there is not None:
        here = point(predicted)
        distance = None if here is None else kilometres(here, there)
        near = distance is not None and distance <= _USUAL_KM
        tally.place_km += [] if distance is None else [distance]
        tally.share("resolved@161km").add(near)
        tally.share("resolved_within_tolerance").add(distance is not None and distance <= annotated["tolerance_km"])
        if annotated["tolerance_km"] < _WIDE_KM:
            tally.share("resolved@161km_below_country").add(near)
    if predicted.get("role") and annotated.get("role"):
        tally.share("role_accuracy").add(predicted["role"] == annotated["role"])
