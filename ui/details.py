"""One event as safe HTML: its fields, the words each rests on, and the report with those words marked."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.codes import ACLED_GEO_PRECISION, ACLED_TIME_PRECISION, UCDP_WHERE_PREC, event_types, ucdp_date_prec
from pipeline.promises import is_missing
from pipeline.records import Article
from ui.labels import Labels, direction_of
from ui.markup import Markup, isolate, join, link, tag
from ui.payload import format_days
from ui.vocabulary import colour_of, names_of

_MOST_REPORTS, _MOST_CANDIDATES = 10, 8
# the columns that rest on words of a report, and the other name under which the words of some are kept
_NAMED = ("date_start", "place_name", "origin_name", "actor", "target")
_QUOTED = (*_NAMED, "weapon", "weapon_count", "killed", "wounded", "attribution")
_ALSO = {"date_start": "date", "actor": "actor_id"}
_DAYS = {"date_start", "date", "time"}  # the reader keeps words of a day it could not date under "time"
_HUES = {
    "event_type": "kind",
    "date_start": "when",
    "date": "when",
    "time": "when",
    "place_name": "where",
    "origin_name": "where",
    "actor": "who",
    "actor_id": "who",
    "target": "who",
    "attribution": "source",
    "weapon": "what",
    "weapon_count": "what",
    "killed": "harm",
    "wounded": "harm",
}


def describe_event(event: Mapping[str, Any], articles: Mapping[str, Article], labels: Labels) -> Markup:
    """Say everything about one event.

    Parameters
    ----------
    event
        One row of the events table.
    articles
        The reports that are kept here, by id; those the event rests on are shown, its first report first.
    labels
        The words of the screen.
    """
    parts = [
        _headline(event, labels),
        _facts(event, labels),
        _reports(event, articles, labels),
        _quotes(event, labels),
        _candidates(event, labels),
        _record(event, labels),
    ]
    return tag("div", *parts, class_="rasid-detail", dir=labels.direction)


def _text(event: Mapping[str, Any], column: str) -> str:
    value = event[column]
    return "" if is_missing(value) else str(value)


def _headline(event: Mapping[str, Any], labels: Labels) -> Markup:
    kind = _text(event, "event_type")
    chip = tag("span", labels.name("event_type", kind), class_="rasid-chip", style=f"--hue:{colour_of(kind)}")
    where = _text(event, "place_name") or _text(event, "matched_name") or labels.name("place_status", "unplaced")
    status = _text(event, "time_status")
    told = [] if status == "actual" else [" ", tag("span", labels.name("time_status", status), class_="rasid-told")]
    return tag("header", chip, *told, tag("h3", isolate(where)), tag("p", isolate(_when(event, labels))))


def _when(event: Mapping[str, Any], labels: Labels) -> str:
    days = format_days(event["date_start"], event["date_end"])
    if not days:
        return labels("detail.unresolved" if read_evidence(event).keys() & _DAYS else "detail.undated")
    time = _text(event, "time")
    precision = _text(event, "date_precision")
    extra = [labels.words.get(f"time.{time}", time)] if time else []
    if precision and precision != "day":
        extra.append(labels.name("date_precision", precision))
    return " · ".join([days, *extra])


def _facts(event: Mapping[str, Any], labels: Labels) -> Markup:
    facts: list[tuple[str, str | Markup]] = [
        ("where", _where(event, labels)),
        ("from", isolate(_text(event, "origin_name")) if _text(event, "origin_name") else ""),
        ("who", _who(event, labels)),
        ("target", _named(event, "target", labels)),
        ("weapon", _weapon(event, labels)),
        ("killed", _harm(event, "killed", labels)),
        ("wounded", _harm(event, "wounded", labels)),
    ]
    return _definitions(facts, labels)


def _record(event: Mapping[str, Any], labels: Labels) -> Markup:
    review = labels.name("review_status", _text(event, "review_status"))
    facts: list[tuple[str, str | Markup]] = [
        ("status", labels.name("time_status", _text(event, "time_status"))),
        ("attribution", isolate(_text(event, "attribution")) if _text(event, "attribution") else ""),
        ("source", _source(event, labels)),
        ("reports", isolate(str(event["reports"]))),
        ("review", review),
        ("codes", _codes(event, labels)),
    ]
    return join([tag("h4", labels("detail.record")), _definitions(facts, labels)])


def _definitions(facts: Sequence[tuple[str, str | Markup]], labels: Labels) -> Markup:
    rows = [join([tag("dt", labels(f"detail.{key}")), tag("dd", said)]) for key, said in facts if said]
    return tag("dl", *rows)


def _where(event: Mapping[str, Any], labels: Labels) -> Markup:
    status = _text(event, "place_status")
    if status != "placed":
        return join([labels.name("place_status", status)])
    names = dict.fromkeys(filter(None, (_text(event, name) for name in ("matched_name", "admin2", "admin1"))))
    country = _text(event, "country")
    parts = [isolate(name) for name in names] + ([isolate(labels.name("country", country))] if country else [])
    extent = labels("detail.within", km=f"{event['extent_km']:g}")
    precision = labels.name("precision", _text(event, "precision"))
    return join([join(parts, labels("detail.comma")), tag("small", join([precision, " · ", isolate(extent)]))])


def _named(event: Mapping[str, Any], column: str, labels: Labels) -> Markup | str:
    words, known = _text(event, column), _text(event, f"{column}_id")
    name = names_of("actor", labels.code).get(known, "")
    if not words and not name:
        return ""
    if not words or not name or words == name:
        return isolate(name or words)
    return join([isolate(name), tag("small", isolate(words))])


def _who(event: Mapping[str, Any], labels: Labels) -> Markup | str:
    named, basis = _named(event, "actor", labels), _text(event, "actor_basis")
    if not named:
        return tag("span", labels("detail.unknown"), class_="rasid-quiet")
    return join([named, tag("small", labels.name("actor_basis", basis))]) if basis else named


def _weapon(event: Mapping[str, Any], labels: Labels) -> Markup | str:
    weapon, count = _text(event, "weapon"), event["weapon_count"]
    if not weapon and is_missing(count):
        return ""
    name = names_of("weapon", labels.code).get(weapon, weapon)
    return join([isolate(name), "" if is_missing(count) else tag("bdi", f"× {count}", dir=labels.direction)], " ")


def _harm(event: Mapping[str, Any], column: str, labels: Labels) -> Markup | str:
    low, best, high = (event[name] for name in (f"{column}_low", column, f"{column}_high"))
    if is_missing(best):
        return tag("span", labels("detail.unknown"), class_="rasid-quiet")
    if int(high) == 0:
        return join([isolate("0"), tag("small", labels("detail.none"))])
    said = str(best) if low == high else labels("detail.between", best=best, low=low, high=high)
    return isolate(said)


def _source(event: Mapping[str, Any], labels: Labels) -> Markup | str:
    published = event["published_at"]
    said: list[str | Markup] = [isolate(_text(event, "source"))] if _text(event, "source") else []
    if not is_missing(published):
        said.append(tag("small", labels("detail.published", date=f"\u2066{published:%Y-%m-%d}\u2069")))
    if _text(event, "url"):
        said.append(tag("small", link(_text(event, "url"), labels("detail.link"))))
    return join(said, " ") if said else ""


def _codes(event: Mapping[str, Any], labels: Labels) -> Markup:
    """Say the codes of other codebooks, each with what it means for who points at it or tabs to it."""
    kind = event_types()[_text(event, "event_type")]
    lines = [_code("acled", f"ACLED: {kind.acled_event_type} / {kind.acled_sub_event_type}", labels)]
    if kind.plover_mode:
        lines.append(_code("plover", f"PLOVER: {kind.plover_mode}", labels))
    precision, days = _text(event, "precision"), _text(event, "date_precision")
    numbers: dict[str, int] = {}
    if precision:
        numbers |= {"geo_precision": ACLED_GEO_PRECISION[precision], "where_prec": UCDP_WHERE_PREC[precision]}
    if days:
        numbers["time_precision"] = ACLED_TIME_PRECISION[days]
        numbers["date_prec"] = ucdp_date_prec(event["date_start"].date(), event["date_end"].date()) or 5
    if numbers:
        lines.append(join([_code(f"{name}_{code}", f"{name} {code}", labels) for name, code in numbers.items()], " · "))
    return join([tag("span", line, class_="rasid-code", dir="ltr") for line in lines])


def _code(key: str, said: str, labels: Labels) -> Markup:
    meaning = labels(f"code.{key}")
    return tag("span", said, class_="rasid-tipped", tabindex="0", data_tip=meaning, aria_label=f"{said}: {meaning}")


def read_evidence(event: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Read the words each field rests on, in the order they stand in the report."""
    evidence: dict[str, dict[str, Any]] = json.loads(_text(event, "evidence") or "{}")
    return dict(sorted(evidence.items(), key=lambda entry: (entry[1]["start"], entry[0])))


def _quotes(event: Mapping[str, Any], labels: Labels) -> Markup:
    by_words: dict[str, list[str]] = {}
    for field, entry in read_evidence(event).items():
        by_words.setdefault(str(entry["quote"]), []).append(field)
    rows = [
        tag(
            "li",
            tag("small", " · ".join(dict.fromkeys(labels.name("evidence", field) for field in fields))),
            tag("q", isolate(words), class_=f"rasid-{_HUES.get(fields[0], 'kind')}", dir="auto"),
        )
        for words, fields in by_words.items()
    ]
    if without := find_unquoted(event):
        names = tag("small", " · ".join(labels.name("evidence", field) for field in without))
        rows.append(tag("li", names, tag("span", labels("detail.unquoted"), class_="rasid-quiet")))
    return join([tag("h4", labels("detail.quotes")), tag("ul", *rows, class_="rasid-quotes")]) if rows else Markup("")


def find_unquoted(event: Mapping[str, Any]) -> list[str]:
    """Name the fields that say something for which no words of a report are kept, such as a day taken over."""
    quoted = read_evidence(event).keys()
    return [name for name in _QUOTED if not is_missing(event[name]) and not quoted & {name, _ALSO.get(name, name)}]


def _candidates(event: Mapping[str, Any], labels: Labels) -> Markup:
    placed = _text(event, "place_id") if _text(event, "place_status") == "placed" else ""
    found = json.loads(_text(event, "candidates") or "[]")
    rows = [
        _candidate(entry, labels) for entry in found[:_MOST_CANDIDATES] if not placed or entry.get("place_id") != placed
    ]
    if not rows:
        return Markup("")
    heading = labels("detail.candidates" if placed else "detail.could_be")
    return join([tag("h4", heading), tag("ul", *rows, class_="rasid-candidates")])


def _candidate(entry: Mapping[str, Any], labels: Labels) -> Markup:
    name = str(entry.get("matched_name") or entry.get("name") or entry.get("place_id") or "?")
    around = [entry.get("admin1"), labels.name("country", entry["country"]) if entry.get("country") else None]
    said = [isolate(part) for part in dict.fromkeys([name, *(str(part) for part in around if part)])]
    about: list[str | Markup] = [join(said, labels("detail.comma"))]
    about += [labels.name("kind", entry["kind"])] if entry.get("kind") else []
    if "lat" in entry and "lon" in entry:
        about.append(tag("bdi", f"{entry['lat']:.3f}, {entry['lon']:.3f}", dir="ltr"))
    if isinstance(entry.get("score"), int | float):
        about.append(labels("detail.score", score=f"\u2066{entry['score']:g}\u2069"))
    return tag("li", join(about, " · "))


def _reports(event: Mapping[str, Any], articles: Mapping[str, Article], labels: Labels) -> Markup:
    quoted = (str(entry["article_id"]) for entry in read_evidence(event).values())
    named = dict.fromkeys([_text(event, "article_id"), *quoted])
    kept = [articles[article_id] for article_id in named if article_id in articles]
    said = [_report(event, article) for article in kept[:_MOST_REPORTS]]
    missing = [] if kept else [tag("p", labels("detail.no_text"), class_="rasid-quiet")]
    return join([tag("h4", labels("detail.text")), *said, *missing])


def _report(event: Mapping[str, Any], article: Article) -> Markup:
    spans = [
        (int(entry["start"]), int(entry["end"]), _HUES.get(field, "kind"))
        for field, entry in read_evidence(event).items()
        if entry["article_id"] == article.article_id
    ]
    title = [tag("strong", isolate(article.title))] if article.title else []
    source = [tag("small", isolate(article.source), class_="rasid-quiet")] if article.source else []
    return join([tag("p", *title, " ", *source), highlight(article, spans)])


def highlight(article: Article, spans: Sequence[tuple[int, int, str]]) -> Markup:
    """Mark passages in an article; where passages overlap, the one that begins first (then the longer) wins.

    Parameters
    ----------
    article
        Its text is shown whole, in the direction of its language.
    spans
        (start, end, class) with offsets in ``article.text``.
    """
    pieces: list[str | Markup] = []
    position = 0
    for start, end, name in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < position or end > len(article.text):
            continue
        pieces += [article.text[position:start], tag("mark", article.text[start:end], class_=f"rasid-{name}")]
        position = end
    pieces.append(article.text[position:])
    return tag("div", *pieces, class_="rasid-report", dir=direction_of(article.language), lang=article.language)


def event_line(event: Mapping[str, Any], labels: Labels) -> str:
    """Name an event in one line of plain text, for lists."""
    days = format_days(event["date_start"], event["date_end"]) or labels("detail.undated")
    where = _text(event, "place_name") or _text(event, "matched_name")
    return " · ".join(filter(None, [days, labels.name("event_type", _text(event, "event_type")), where]))
