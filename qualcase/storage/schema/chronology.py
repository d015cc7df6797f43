"""Dated events with their evidence, the phases that bracket them, links, and claims that rest on them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text

from qualcase.storage.schema.base import Json, Uid, Whole, metadata, record_table, reference

event = record_table(
    "event",
    Column("handle", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("edtf", Text),
    Column("earliest", Text),
    Column("latest", Text),
    Column("basis", Text),
    Column("as_written", Text),
    Column("about_date", Text),
    reference("source_id", "source", required=False, index=True),
    Column("start", Whole),
    Column("end", Whole),
    Column("quote", Text),
    reference("phase_id", "phase", required=False),
    Column("kind", Text, nullable=False),
    Column("extent", Text, nullable=False),
    Column("duration", Text),
    Column("valence", Text),
    Column("voice", Text),
    Column("note", Text),
    Column("turning_point", Whole, nullable=False),
    Column("position", Whole, nullable=False),
    # By code id, the version of its codebook under which the event was last read so.
    Column("code_versions", Json),
    # The text in which its place is counted; one without a place has none.
    reference("text_version_id", "text_version", required=False),
)


def _pairs(name: str, target: str) -> Table:
    return Table(
        name,
        metadata,
        Column("event_id", Whole, ForeignKey("event.id"), primary_key=True),
        Column(f"{target}_id", Whole, ForeignKey(f"{target}.id"), primary_key=True),
        Column("position", Whole, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


event_actor = _pairs("event_actor", "actor")
event_code = _pairs("event_code", "code")

phase = record_table(
    "phase",
    Column("handle", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("edtf", Text),
    Column("basis", Text),
    Column("opens_with_uid", Uid),
    Column("closes_with_uid", Uid),
    Column("discontinuity_open", Text),
    Column("discontinuity_close", Text),
    Column("position", Whole, nullable=False),
)

event_link = record_table(
    "event_link",
    reference("source_event_id", "event", index=True),
    reference("target_event_id", "event", index=True),
    Column("type", Text, nullable=False),
    Column("basis", Text, nullable=False),
)

claim = record_table(
    "claim",
    Column("handle", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("predicted", Text),
    reference("rival_of_id", "claim", required=False),
    reference("coder_id", "coder"),
    Column("position", Whole, nullable=False),
)

claim_evidence = record_table(
    "claim_evidence",
    reference("claim_id", "claim", index=True),
    Column("evidence_kind", Text, nullable=False),
    Column("evidence_uid", Uid, nullable=False),
    Column("bearing", Text, nullable=False),
    Column("voice", Text),
    Column("note", Text),
)
