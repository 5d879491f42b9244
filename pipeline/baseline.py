"""What a keyword search finds: the mark that reading has to beat.

A sentence with a word for an attack and a known place name makes an event: of the word's type, at the most populous
place of that name, on the day of publication.
"""

from typing import Any

from geo.gazetteer import Gazetteer
from geo.place import Place
from pipeline.annotate import Notes, annotate
from pipeline.codes import event_types
from pipeline.language import load_language
from pipeline.records import Article
from pipeline.run import shared_gazetteer

_NO_TYPE = "other"


def keyword_prediction(article: Article) -> dict[str, Any]:
    """Search one article for keywords; the answer has the form of ``rasid predict``."""
    notes = annotate(article, load_language(article.language))
    gazetteer = shared_gazetteer()
    places = list(_find_places(notes, gazetteer))
    events: dict[tuple[str, str], dict[str, Any]] = {}
    for first, last in notes.text.sentences:
        attacks = [notes.trigger(match) for match in notes.within("trigger", first, last)]
        types = [attack.event_type for attack in attacks if attack.kind == "attack"]
        here = next((place for index, place in places if first <= index < last), None)
        if types and here is not None:
            event_type = next((one for one in types if one in event_types()), _NO_TYPE)
            events.setdefault((event_type, here["name"]), _event(article, event_type, here))
    return {"id": article.article_id, "events": list(events.values()), "places": [place for _, place in places]}


def _find_places(notes: Notes, gazetteer: Gazetteer) -> list[tuple[int, dict[str, Any]]]:
    """Every strong place name as (token number, place), the longest name at each token."""
    found: list[tuple[int, dict[str, Any]]] = []
    tokens, index = notes.text.tokens, 0
    while index < len(tokens):
        following = [token.text for token in tokens[index + 1 : index + 8]]
        length = gazetteer.longest_name(tokens[index].text, following)
        name = " ".join(token.text for token in tokens[index : index + length])
        place = _most_populous(gazetteer, name) if length and gazetteer.strength(name) == "strong" else None
        if place is not None:
            mention = notes.text.mention(index, index + length)
            point = {"lat": place.lat, "lon": place.lon}
            found.append(
                (index, {"name": mention.text, "start": mention.start, "end": mention.end, "role": "event"} | point)
            )
        index += max(1, length if place else 1)
    return found


def _most_populous(gazetteer: Gazetteer, name: str) -> Place | None:
    return max((place for place, _ in gazetteer.exact(name)), key=lambda place: place.population, default=None)


def _event(article: Article, event_type: str, place: dict[str, Any]) -> dict[str, Any]:
    day = article.published_at.isoformat() if article.published_at else None
    unknown = dict.fromkeys(("time", "actor", "target", "weapon", "killed", "wounded", "origin_place"))
    return {
        "date_start": day,
        "date_end": day,
        "event_type": event_type,
        "place_name": place["name"],
        "lat": place["lat"],
        "lon": place["lon"],
    } | unknown
