"""What coders did: codings through time, memos, sources done, decisions on suggestions."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text, text

from qualcase.storage.schema.base import Json, Number, Uid, Whole, metadata, record_table, reference

# One row a state of a coding: it holds from operation `since` until, but not with, operation `until`.
# The live row has no `until`; a coding without a live row is deleted. Empty layer, origin and state
# mean the coder's own layer, a person, and placed: the usual case costs no bytes.
coding = Table(
    "coding",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("uid", Uid, nullable=False),
    Column("source_id", Whole, ForeignKey("source.id"), nullable=False),
    Column("text_id", Whole, ForeignKey("text_version.id"), nullable=False),
    Column("start", Whole, nullable=False),
    Column("end", Whole, nullable=False),
    Column("code_id", Whole, ForeignKey("code.id"), nullable=False),
    Column("coder_id", Whole, ForeignKey("coder.id"), nullable=False),
    Column("codebook_version", Whole, nullable=False),
    Column("layer", Text),
    Column("valence", Text),
    Column("stance", Text),
    Column("voice", Text),
    Column("weight", Number),
    Column("key", Whole),
    Column("memo", Text),
    Column("origin", Text),
    Column("state", Text),
    Column("since", Whole, ForeignKey("operation.sequence"), nullable=False),
    Column("until", Whole, ForeignKey("operation.sequence")),
    Column("clock", Whole, nullable=False),
    Index("ix_coding_uid", "uid"),
    sqlite_strict=True,
)
# Partial where SQLite is; naming PostgreSQL here would load its whole dialect at every start.
_live = text("until IS NULL")
Index(
    "ix_coding_source",
    coding.c.source_id,
    coding.c.start,
    coding.c.end,
    coding.c.code_id,
    coding.c.coder_id,
    sqlite_where=_live,
)
Index(
    "ix_coding_code",
    coding.c.code_id,
    coding.c.source_id,
    coding.c.start,
    sqlite_where=_live,
)

# A memo on a passage is about a `passage`, has no `about_uid`, and its place as a coding has one; `text` is
# what the memo says. Those on other things have no place.
memo = record_table(
    "memo",
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    reference("coder_id", "coder"),
    Column("about_kind", Text),
    Column("about_uid", Uid),
    reference("source_id", "source", required=False, index=True),
    reference("text_version_id", "text_version", required=False),
    Column("start", Whole),
    Column("end", Whole),
    Column("state", Text),
)

source_done = record_table(
    "source_done", reference("source_id", "source", index=True), reference("coder_id", "coder")
)

decision = record_table(
    "suggestion_decision",
    reference("source_id", "source", index=True),
    Column("start", Whole, nullable=False),
    Column("end", Whole, nullable=False),
    reference("code_id", "code"),
    reference("coder_id", "coder"),
    Column("verdict", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("score", Number),
    Column("reasons", Json),
    Column("coding_uid", Uid),
)
