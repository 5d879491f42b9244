"""Tables of the store as the newest migration leaves them; ``docs/store.md`` says what each is for."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from pipeline.events import EVENT_COLUMNS
from pipeline.store.columns import Day, Point

metadata = MetaData()
_TYPES: dict[str, type[TypeEngine[Any]]] = {
    "str": Text,
    "datetime64[ms]": Day,
    "Int64": BigInteger,
    "int64": BigInteger,
    "float64": Float,
    "geometry": Point,
}


def _value_columns() -> list[Column[Any]]:
    """One column for every column of the events table, and the point once more as lon and lat (degrees)."""
    columns = [Column(name, _TYPES[dtype]()) for name, dtype in EVENT_COLUMNS.items()]
    return [*columns, Column("lon", Float), Column("lat", Float), Column("row_hash", Text, nullable=False)]


settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("is_current", Boolean, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("published_at", Day),
    Column("source", Text),
    Column("url", Text),
    Column("title", Text),
    Column("added_at", Text, nullable=False),
    Column("source_kind", Text),
    Index("articles_by_content", "content_hash"),
    Index("articles_by_url", "url"),
)

article_words = Table(
    "article_words",
    metadata,
    Column("row_id", Integer, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("folded", Text, nullable=False),  # title, source and text; an index finds any part of it
    Index("words_by_article", "article_id", "revision"),
)

events = Table(
    "events",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),  # live, merged, superseded
    Column("merged_into", Text),
    Column("edits", Text, nullable=False),  # JSON: field -> value set by hand; it outlives every new report
    Column("changed_at", Text, nullable=False),
    *_value_columns(),
    Index("events_by_day", "state", "date_start"),
)

reports = Table(
    "reports",
    metadata,
    Column("report_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("is_current", Boolean, nullable=False),
    Column("in_event", Text, ForeignKey("events.event_id"), nullable=False),
    *_value_columns(),
    Index("reports_by_event", "in_event"),
    Index("reports_by_article", "article_id"),
    Index("reports_by_day", "is_current", "date_start"),
)

links = Table(
    "links",
    metadata,
    Column("left_report", Text, primary_key=True),
    Column("right_report", Text, primary_key=True),
    Column("decision", Text, nullable=False),  # proposed, together, apart
    Column("score", Float),
    Column("evidence", Text, nullable=False),  # JSON list of what speaks for and against
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
    Index("links_by_decision", "decision"),
)

notes = Table(
    "notes",
    metadata,
    Column("note_id", Integer, primary_key=True),
    Column("event_id", Text, ForeignKey("events.event_id"), nullable=False),
    Column("written_by", Text, nullable=False),
    Column("written_at", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("notes_by_event", "event_id"),
)

users = Table(
    "users",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("name", Text),
    Column("role", Text, nullable=False),
    Column("is_disabled", Boolean, nullable=False),
    Column("not_before", Float, nullable=False),  # seconds since 1970: logins before it count no more
    Column("created_at", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text),
    Column("version", Integer),
    Column("old", Text),
    Column("new", Text),
    Column("why", Text),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("audit_by_subject", "subject", "version"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("correction_id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),  # place_alias, site, actor_alias, example
    Column("event_id", Text),
    Column("said", Text, nullable=False),  # JSON: what to add to the data
    Column("made_by", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("state", Text, nullable=False),  # open, exported
)
