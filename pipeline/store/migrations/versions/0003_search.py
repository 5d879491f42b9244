"""Words of the articles, folded, and an index that finds any part of them."""

import sqlalchemy as sa
from alembic import op

from pipeline.store.columns import POSTGRES
from pipeline.store.words import SQLITE_INDEX, fill_words

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the table and its index, and fill them from the articles that are there."""
    op.create_table(
        "article_words",
        sa.Column("row_id", sa.Integer(), primary_key=True),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
    )
    op.create_index("words_by_article", "article_words", ["article_id", "revision"])
    connection = op.get_bind()
    if connection.dialect.name != POSTGRES:
        op.execute(SQLITE_INDEX)
    elif connection.execute(sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")).first():
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.execute("CREATE INDEX words_by_part ON article_words USING gin (folded gin_trgm_ops)")
    fill_words(connection)
