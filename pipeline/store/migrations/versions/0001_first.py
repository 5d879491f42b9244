"""The first released form of the store: articles, reports, events, links, notes, users, audit."""

import sqlalchemy as sa
from alembic import op

from pipeline.store.columns import POSTGRES, Day, Point

revision = "0001"
down_revision = None

_TEXTS = (
    "event_type", "date_precision", "time", "time_status", "actor_id", "actor", "actor_basis", "target_id", "target",
    "weapon", "place_name", "place_status", "place_id", "matched_name", "precision", "country", "admin1", "admin2",
    "origin_name", "candidates", "article_id", "language", "source", "url", "title", "attribution", "members",
    "review_status", "evidence",
)  # fmt: skip
_COUNTS = (
    "weapon_count", "killed_low", "killed", "killed_high", "wounded_low", "wounded", "wounded_high", "reports",
)  # fmt: skip
_REALS = ("extent_km", "origin_lon", "origin_lat", "origin_extent_km", "lon", "lat")

_SQLITE_TRIGGERS = tuple(
    f"CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
    for verb in ("UPDATE", "DELETE")
)
_POSTGRES_TRIGGERS = (
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)


def _values() -> list[sa.Column]:  # type: ignore[type-arg]
    return [
        *(sa.Column(name, sa.Text()) for name in _TEXTS),
        *(sa.Column(name, Day()) for name in ("date_start", "date_end", "published_at")),
        *(sa.Column(name, sa.BigInteger()) for name in _COUNTS),
        *(sa.Column(name, sa.Float()) for name in _REALS),
        sa.Column("geometry", Point()),
        sa.Column("row_hash", sa.Text(), nullable=False),
    ]


def upgrade() -> None:
    """Make the tables, their indexes and the triggers that keep the audit append-only."""
    is_postgres = op.get_bind().dialect.name == POSTGRES
    if is_postgres:
        op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    _make_collection()
    _make_review()
    for statement in _POSTGRES_TRIGGERS if is_postgres else _SQLITE_TRIGGERS:
        op.execute(statement)
    if is_postgres:
        op.execute("CREATE INDEX events_by_place ON events USING gist (geometry)")


def _make_collection() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
    op.create_table(
        "articles",
        sa.Column("article_id", sa.Text(), primary_key=True),
        sa.Column("revision", sa.Integer(), primary_key=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", Day()),
        *(sa.Column(name, sa.Text()) for name in ("source", "url", "title")),
        sa.Column("added_at", sa.Text(), nullable=False),
    )
    op.create_index("articles_by_content", "articles", ["content_hash"])
    op.create_index("articles_by_url", "articles", ["url"])
    op.create_table(
        "events",
        sa.Column("event_id", sa.Text(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.Text()),
        sa.Column("edits", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        *_values(),
    )
    op.create_index("events_by_day", "events", ["state", "date_start"])
    op.create_table(
        "reports",
        sa.Column("report_id", sa.Text(), primary_key=True),
        sa.Column("revision", sa.Integer(), primary_key=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("in_event", sa.Text(), sa.ForeignKey("events.event_id"), nullable=False),
        *_values(),
    )
    op.create_index("reports_by_event", "reports", ["in_event"])
    op.create_index("reports_by_article", "reports", ["article_id"])
    op.create_index("reports_by_day", "reports", ["is_current", "date_start"])


def _make_review() -> None:
    op.create_table(
        "links",
        sa.Column("left_report", sa.Text(), primary_key=True),
        sa.Column("right_report", sa.Text(), primary_key=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("score", sa.Float()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("evidence", "decided_by", "decided_at")),
    )
    op.create_index("links_by_decision", "links", ["decision"])
    op.create_table(
        "notes",
        sa.Column("note_id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Text(), sa.ForeignKey("events.event_id"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("written_by", "written_at", "text")),
    )
    op.create_index("notes_by_event", "notes", ["event_id"])
    op.create_table(
        "users",
        sa.Column("subject", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("at", "who", "action")),
        sa.Column("subject", sa.Text()),
        sa.Column("version", sa.Integer()),
        *(sa.Column(name, sa.Text()) for name in ("old", "new", "why")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("previous_hash", "hash")),
    )
    op.create_index("audit_by_subject", "audit", ["subject", "version"])
