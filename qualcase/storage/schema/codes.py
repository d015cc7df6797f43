"""Codebooks and their codes; every change makes a version that can be read again whole."""

from __future__ import annotations

from sqlalchemy import Column, Text

from qualcase.storage.schema.base import Json, Whole, record_table, reference

codebook = record_table(
    "codebook",
    Column("handle", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("version", Whole, nullable=False),
    Column("position", Whole, nullable=False),
    Column("rules", Json),
    Column("boundary_notes", Json),
    Column("attributes", Json),
    Column("crosswalks", Json),
    Column("note", Text),
)

codebook_version = record_table(
    "codebook_version",
    reference("codebook_id", "codebook", index=True),
    Column("number", Whole, nullable=False),
    Column("change", Text, nullable=False),
    Column("reason", Text),
    Column("content", Json, nullable=False),
    # What kind of change it was, and which codes and how much material it touched.
    Column("act", Text),
    Column("effect", Json),
)

code = record_table(
    "code",
    reference("codebook_id", "codebook", index=True),
    Column("handle", Text, nullable=False),
    Column("name", Text, nullable=False),
    reference("parent_id", "code", required=False),
    Column("kind", Text, nullable=False),
    Column("definition", Text),
    Column("include", Json),
    Column("exclude", Json),
    Column("key_phrases", Json),
    Column("examples", Json),
    Column("status", Text, nullable=False),
    Column("note", Text),
    Column("colour", Text),
    Column("position", Whole, nullable=False),
)
