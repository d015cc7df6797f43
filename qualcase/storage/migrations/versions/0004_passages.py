"""Memos and events have their places as codings have: with the text version in which they are counted.

A memo on a passage has source, text version, start, end, and whether it is in doubt.

Until this format a memo on words without a code was one on their source that began with the words and where
they stand. Such memos stay what they are, also where the words still stand there: what they say is their
author's, and a record that changed without an act would not be what the journal and other copies hold.

Events that have a place have it in the text that their source has now: what loses its place in a correction
has none until somebody gives it one.
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
_TEXT = "text_version_id {whole} CONSTRAINT fk_event_text_version_id REFERENCES text_version (id)"
_PLACED = """
    UPDATE event SET text_version_id = (
        SELECT v.id FROM source AS s JOIN text_version AS v ON v.uid = s.text_uid WHERE s.id = event.source_id
    ) WHERE start IS NOT NULL
"""
_WHOLE = {"sqlite": "INTEGER", "postgresql": "BIGINT"}


def upgrade() -> None:
    """Add the columns of the fourth format; only the texts of events are known."""
    connection = op.get_bind()
    whole = _WHOLE[connection.dialect.name]
    for column in _COLUMNS:
        connection.exec_driver_sql(f"ALTER TABLE memo ADD COLUMN {column.format(whole=whole)}")
    connection.exec_driver_sql("CREATE INDEX ix_memo_source_id ON memo (source_id)")
    connection.exec_driver_sql(f"ALTER TABLE event ADD COLUMN {_TEXT.format(whole=whole)}")
    connection.exec_driver_sql(_PLACED)
