"""The question put to a language model: instructions from ``data/llm/prompt.txt``, the article fenced as data."""

import csv
import secrets
from functools import lru_cache
from typing import Any

from pipeline.language import DATA
from pipeline.records import Article

STATUSES = ("actual", "historical", "future", "hypothetical", "denied")
BASES = ("claimed", "blamed", "stated", "suspected")
QUOTED = ("trigger", "place", "origin", "date", "actor", "target", "weapon", "killed", "wounded", "attribution")
MOST_EVENTS = 100


@lru_cache(maxsize=1)
def event_types() -> tuple[str, ...]:
    """Kinds of events, from ``data/event_types.csv``."""
    with (DATA / "event_types.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["event_type"] for row in csv.DictReader(file))


def question(article: Article) -> dict[str, Any]:
    """Body of a request that asks for the attacks of one article, and of no other."""
    return {
        "temperature": 0,
        "messages": [
            {"role": "system", "content": (DATA / "llm" / "prompt.txt").read_text("utf-8")},
            {"role": "user", "content": _fenced(article)},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "attacks", "strict": True, "schema": answer_schema()},
        },
    }


def _fenced(article: Article) -> str:
    """Put the text between two lines with a mark nobody can foresee, so that no text can close its own fence."""
    mark = secrets.token_hex(16)
    published = article.published_at.isoformat() if article.published_at else "unknown"
    head = f"Language: {article.language}. Published: {published}."
    text = article.text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair cannot be sent
    return f"{head}\n<<<{mark}\n{text}\n{mark}>>>\nList the attacks reported between the two marks."


def answer_schema() -> dict[str, Any]:
    """JSON schema an answer must keep."""
    quotes: dict[str, Any] = {name: {"type": ["string", "null"]} for name in QUOTED}
    fields = quotes | {
        "trigger": {"type": "string"},
        "event_type": {"type": "string", "enum": list(event_types())},
        "time_status": {"type": "string", "enum": list(STATUSES)},
        "actor_basis": {"type": ["string", "null"], "enum": [*BASES, None]},
    }
    event = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"events": {"type": "array", "items": event}},
        "required": ["events"],
        "additionalProperties": False,
    }
