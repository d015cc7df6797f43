"""What helps to find things again: passages of text to search in, sets, and questions that were kept."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text

from qualcase.storage.schema.base import Whole, metadata, record_table, reference

# The passages of a text that search looks in: turns and paragraphs. Its key says where it begins, so that
# the index of words, which keeps no text, needs no other table to put what it finds in order.
segment = Table(
    "segment",
    metadata,
    Column("id", Whole, primary_key=True, autoincrement=False),
    Column("end", Whole, nullable=False),
    sqlite_strict=True,
)

saved_set = record_table(
    "saved_set", Column("name", Text, nullable=False), Column("kind", Text, nullable=False)
)


def _members(target: str) -> Table:
    return Table(
        f"saved_set_{target}",
        metadata,
        Column("saved_set_id", Whole, ForeignKey("saved_set.id"), primary_key=True),
        Column(f"{target}_id", Whole, ForeignKey(f"{target}.id"), primary_key=True),
        Column("position", Whole, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


saved_set_source = _members("source")
saved_set_code = _members("code")

saved_query = record_table(
    "saved_query",
    Column("name", Text, nullable=False),
    Column("expression", Text, nullable=False),
    reference("coder_id", "coder"),
)
