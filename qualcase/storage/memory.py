"""What has been read and still holds, so that an act need not read a codebook or a text anew."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from sqlalchemy import Connection

Value = TypeVar("Value")
_MOST = 64


class Memory:
    """Values by name, each valid until records of its kinds are written here or anything is elsewhere.

    The values must not be altered by whoever gets them. The 64 used last are kept.
    """

    def __init__(self) -> None:
        self._values: OrderedDict[Hashable, tuple[object, object]] = OrderedDict()
        self._written: dict[str, int] = {}

    def recall(
        self,
        name: Hashable,
        records: tuple[str, ...],
        elsewhere: int,
        read: Callable[[Connection], Value],
        connection: Connection,
    ) -> Value:
        """Return a value from memory, or read it; `elsewhere` changes when another process has written."""
        state = (elsewhere, *(self._written.get(record, 0) for record in records)) if records else None
        if name in self._values and self._values[name][0] == state:
            self._values.move_to_end(name)
            return cast("Value", self._values[name][1])
        value = read(connection)
        self._values[name] = (state, value)
        self._values.move_to_end(name)
        while len(self._values) > _MOST:
            self._values.popitem(last=False)
        return value

    def note(self, records: Iterable[str]) -> None:
        """Take note that records of these kinds were written."""
        for record in set(records):
            self._written[record] = self._written.get(record, 0) + 1

    def forget(self) -> None:
        """Forget everything: a transaction was taken back."""
        self._values.clear()
