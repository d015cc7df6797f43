"""The journal: operations that only ever grow, and the head that names the last of them."""

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

head = Table(
    "head",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    Column("operations", Whole, nullable=False),
    sqlite_strict=True,
)
