"""A structured file as plain values, with the line and column of every part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from qualcase.codebook.errors import CodebookFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: maps, lists, texts and None (an explicit null), and where each of them stands.

    `values` and `keys` give the place of a value, and of the key before it, by its path from the root.
    """

    name: str
    root: object
    values: Mapping[Path, Place]
    keys: Mapping[Path, Place]

    def place(self, path: Iterable[str | int]) -> Place:
        """Return where a value stands, or the nearest thing around it that has a place."""
        path = tuple(path)
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Place(1, 1))

    def fault(
        self, path: Iterable[str | int], problem: str, *, at_key: str | None = None
    ) -> CodebookFileError:
        """Return the error that names the place of a value, or of one of a map's keys."""
        path = tuple(path)
        place = self.place(path) if at_key is None else self.keys.get((*path, at_key), self.place(path))
        return CodebookFileError(self.name, problem, place)
