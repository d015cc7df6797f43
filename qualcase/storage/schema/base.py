"""The metadata that all tables share, and column types that both databases take."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.dialects.sqlite import REAL

from qualcase.model.identity import decode_uid, encode_uid
from qualcase.storage.errors import DamagedProjectError

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# STRICT knows INTEGER, not BIGINT; a rowid alias must be INTEGER too.
Whole = BigInteger().with_variant(Integer(), "sqlite")
Number: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")


class Uid(TypeDecorator[str]):
    """An identifier: 26 characters in Python, 16 bytes in the file."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> bytes | None:  # noqa: ANN401, ARG002 - SQLAlchemy's signature
        """Return the 16 bytes."""
        return None if value is None else decode_uid(value)

    def process_result_value(self, value: bytes | None, dialect: Any) -> str | None:  # noqa: ANN401, ARG002 - SQLAlchemy's signature
        """Return the 26 characters."""
        try:
            return None if value is None else encode_uid(bytes(value))
        except ValueError as error:
            raise _unreadable(error) from None


class Json(TypeDecorator[Any]):
    """A list or mapping kept as canonical JSON text, so that equal values are equal bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:  # noqa: ANN401, ARG002 - SQLAlchemy's signature
        """Return the JSON text."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:  # noqa: ANN401, ARG002 - SQLAlchemy's signature
        """Return the value."""
        try:
            return None if value is None else json.loads(value)
        except (ValueError, RecursionError) as error:
            raise _unreadable(error) from None


def _unreadable(error: Exception) -> DamagedProjectError:
    message = f"The project holds a value that cannot be read: {error}."
    return DamagedProjectError(message, hint="`qualcase check` lists what is wrong with it.")


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
# The library makes this anew for each value, which takes longer than writing a short one.
_make: Any = getattr(json.encoder, "c_make_encoder", None)
_write = _make and _make(
    None, _ENCODER.default, json.encoder.encode_basestring, None, ":", ",", True, False, False
)


def canonical_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return the one way in which a value is written: sorted keys, no spaces, no ASCII escapes."""
    return "".join(_write(value, 0)) if _write else _ENCODER.encode(value)


def reference(name: str, target: str, *, required: bool = True, index: bool = False) -> Column[int]:
    """Return a column that points to another table's row."""
    return Column(name, Whole, ForeignKey(f"{target}.id"), nullable=not required, index=index)


def record_table(name: str, *columns: Any) -> Table:  # noqa: ANN401 - columns, constraints and indexes alike
    """Return a table of records: a key, an identity, the last writer's clock, and deleted as a value."""
    return Table(
        name,
        metadata,
        Column("id", Whole, primary_key=True),
        Column("uid", Uid, nullable=False, unique=True),
        Column("clock", Whole, nullable=False),
        Column("writer", Uid, nullable=False),
        Column("deleted", Whole, nullable=False, server_default=text("0")),
        *columns,
        sqlite_strict=True,
    )
