"""Rounds of independent coding: which sources, which coders, in which state."""

from __future__ import annotations

from sqlalchemy import Column, Text

from qualcase.storage.schema.base import Json, Whole, record_table, reference

round_ = record_table(
    "round",
    Column("handle", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("purpose", Text),
    Column("unit", Text, nullable=False),
    Column("seed", Whole),
    Column("codebook_version", Whole, nullable=False),
    Column("criterion", Text),
    Column("draw", Json),
)

round_source = record_table(
    "round_source", reference("round_id", "round", index=True), reference("source_id", "source")
)

round_coder = record_table(
    "round_coder",
    reference("round_id", "round", index=True),
    reference("coder_id", "coder"),
    Column("role", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("submission", Text),
    Column("reason", Text),
)
