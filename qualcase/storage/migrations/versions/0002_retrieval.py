"""Searching and asking: passages and their words, sets, and questions that are kept.

The index of words is filled afterwards, from the texts, by what is then today's rule.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORD_INDEX = "CREATE VIRTUAL TABLE segment_words USING fts5(words, content='', tokenize='ascii')"


def upgrade() -> None:
    """Make the tables of the second format."""
    connection = op.get_bind()
    script = Path(__file__).with_suffix(f".{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(WORD_INDEX)
