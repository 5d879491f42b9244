"""Corrections that can become data, and what kind of source an article comes from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table and the column; native ``ALTER TABLE``, which keeps the triggers."""
    op.create_table(
        "corrections",
        sa.Column("correction_id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("said", "made_by", "made_at", "state")),
    )
    op.add_column("articles", sa.Column("source_kind", sa.Text()))
