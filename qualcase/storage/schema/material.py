"""What was collected: sources, their immutable text versions, speakers, actors, cases and attributes."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text

from qualcase.storage.schema.base import Json, Number, Uid, Whole, metadata, record_table, reference

project = record_table(
    "project",
    Column("name", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("settings", Json),
)

coder = record_table(
    "coder", Column("name", Text, nullable=False), Column("folded", Text, nullable=False, unique=True)
)

# Texts and files meet by content: the journal names them by hash and never holds them.
content = Table(
    "content",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    sqlite_strict=True,
)

original = Table(
    "original",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("bytes", LargeBinary),
    sqlite_strict=True,
)

source = record_table(
    "source",
    Column("handle", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("language", Text),
    Column("sha256", Text, nullable=False),
    Column("date", Text),
    Column("earliest", Text),
    Column("latest", Text),
    Column("date_basis", Text),
    Column("informant", Text),
    Column("minutes", Number),
    Column("first_timestamp", Text),
    Column("last_timestamp", Text),
    Column("warnings", Json),
    Column("metadata", Json),
    Column("position", Whole, nullable=False),
    Column("text_uid", Uid, nullable=False),
)

# `structure` is the hash of turns, blocks and sentences, so that `check` can tell when they were touched.
text_version = record_table(
    "text_version",
    reference("source_id", "source", index=True),
    Column("number", Whole, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("structure", Text, nullable=False),
    Column("characters", Whole, nullable=False),
    Column("words", Whole, nullable=False),
    Column("offsets", Json),
)

speaker = record_table(
    "speaker",
    reference("source_id", "source", index=True),
    Column("label", Text, nullable=False),
    reference("actor_id", "actor", required=False),
)

actor = record_table(
    "actor",
    Column("handle", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("sector", Text),
    Column("role", Text),
    reference("organisation_id", "actor", required=False),
    Column("interviewer", Whole, nullable=False),
    Column("note", Text),
)


def _part(name: str, *columns: Column[object]) -> Table:
    return Table(
        name,
        metadata,
        Column("text_id", Whole, ForeignKey("text_version.id"), primary_key=True),
        Column("position", Whole, primary_key=True, autoincrement=False),
        Column("start", Whole, nullable=False),
        Column("end", Whole, nullable=False),
        *columns,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


turn = _part(
    "turn",
    reference("speaker_id", "speaker", required=False),  # type: ignore[arg-type]
    Column("timestamp", Text),
    Column("seconds", Number),
)
block = _part("block", Column("kind", Text, nullable=False))
sentence = _part("sentence")

case = record_table("study_case", Column("name", Text, nullable=False), Column("note", Text))

# A board minute speaks of several cases: a source, a speaker or a single turn may belong to any number.
case_member = record_table(
    "case_member",
    reference("case_id", "study_case", index=True),
    reference("source_id", "source", index=True),
    reference("speaker_id", "speaker", required=False),
    Column("turn", Whole),
)

attribute = record_table(
    "attribute",
    Column("name", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("type", Text, nullable=False),
)

attribute_value = record_table(
    "attribute_value",
    reference("attribute_id", "attribute", index=True),
    Column("owner_uid", Uid, nullable=False),
    Column("text", Text),
    Column("number", Number),
    Index("ix_attribute_value_owner", "owner_uid"),
)
