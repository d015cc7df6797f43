"""The journal: operations that only ever grow; its head is the last of them."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, Table, Text

from qualcase.storage.schema.base import Uid, Whole, metadata, reference

# `parents` is empty where the one parent is the operation before; a merge names its two.
# `body_hash` is filled when a body is redacted, so that the chain still verifies without it.
operation = Table(
    "operation",
    metadata,
    Column("sequence", Whole, primary_key=True),
    Column("uid", Uid, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    reference("coder_id", "coder"),
    Column("clock", Whole, nullable=False),
    Column("codebook_version", Whole, nullable=False),
    Column("target", Whole),
    Column("parents", LargeBinary),
    Column("nonce", LargeBinary),
    Column("body", LargeBinary),
    Column("body_hash", LargeBinary),
    Column("hash", LargeBinary, nullable=False),
    sqlite_strict=True,
)

# One row: the last operation that wrote no record, as a merge writes none of its own. Those that did are
# named by what they wrote; so the journal cannot lose its end without a trace.
seal = Table(
    "seal",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    Column("operations", Whole, nullable=False),
    sqlite_strict=True,
)
