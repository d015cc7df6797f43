"""States of codings as the driver gives them, and the fields that acts speak of, for reading all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from qualcase.storage.records import RECORDS
from qualcase.storage.schema import codings
from qualcase.storage.schema.base import Uid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from qualcase.model.operation import Fields

_UID = Uid()
_PLAIN, _REFERENCES = RECORDS["coding"].plain, RECORDS["coding"].references
# What `StateReader.fields` wants of a state, in this order.
COLUMNS = tuple(codings.coding.c[name] for name in (*_PLAIN, *(name for name, _ in _REFERENCES.values())))


class StateReader:
    """Makes fields of states; the uids of all that codings rest on are read once."""

    def __init__(self, connection: Connection) -> None:
        self._uids = [(field, _read_uids(connection, target)) for field, (_, target) in _REFERENCES.items()]

    def fields(self, values: Sequence[Any]) -> Fields:
        """Return the fields of a state, of the values in its COLUMNS; what is empty is left out."""
        fields = {name: value for name, value in zip(_PLAIN, values, strict=False) if value is not None}
        for (field, uids), key in zip(self._uids, values[len(_PLAIN) :], strict=True):
            if key is not None:
                fields[field] = uids[key]
        return fields


def read_uid(raw: bytes) -> str:
    """Return the uid that a state's row holds."""
    return str(_UID.process_result_value(raw, None))


def _read_uids(connection: Connection, record: str) -> dict[int, str]:
    table = RECORDS[record].table
    return {key: uid for key, uid in connection.execute(select(table.c.id, table.c.uid))}  # noqa: C416 - a row is no pair to dict()
