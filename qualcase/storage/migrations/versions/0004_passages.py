"""A memo on a passage has its place, as a coding has: source, text version, start, end, and whether in doubt.

Until this format a memo on words without a code was one on their source that began with the words and where
they stand. Such memos stay what they are, also where the words still stand there: what they say is their
author's, and a record that changed without an act would not be what the journal and other copies hold.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Written out, since Alembic does not add references to a table of SQLite without rebuilding it.
_COLUMNS = (
    "source_id {whole} CONSTRAINT fk_memo_source_id REFERENCES source (id)",
    "text_version_id {whole} CONSTRAINT fk_memo_text_version_id REFERENCES text_version (id)",
    "start {whole}",
    '"end" {whole}',
    "state TEXT",
)
_WHOLE = {"sqlite": "INTEGER", "postgresql": "BIGINT"}


def upgrade() -> None:
    """Add the columns of the fourth format, empty."""
    connection = op.get_bind()
    for column in _COLUMNS:
        written = column.format(whole=_WHOLE[connection.dialect.name])
        connection.exec_driver_sql(f"ALTER TABLE memo ADD COLUMN {written}")
    connection.exec_driver_sql("CREATE INDEX ix_memo_source_id ON memo (source_id)")
