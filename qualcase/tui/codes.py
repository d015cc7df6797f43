"""The codes as a list to choose from: in tree order, with their depth, colour and name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.model.code import Code, Codebook

COLOURS = 8


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code in the list; `colour` is a slot that it shares with its whole branch of the tree."""

    code: Code
    depth: int
    colour: int

    @property
    def label(self) -> str:
        """What is typed against: the id and the name."""
        return f"{self.code.id}  {self.code.name}"


class CodeList:
    """All codes of all codebooks; retired ones have names but cannot be chosen."""

    def __init__(self, codebooks: Iterable[Codebook]) -> None:
        self._entries: dict[str, CodeEntry] = {}
        self._homes: dict[str, str] = {}
        branches = 0
        for code, home in ((code, codebook.id) for codebook in codebooks for code in codebook.codes):
            self._homes.setdefault(code.id, home)
            above = self._entries.get(code.parent or "")
            if above:
                entry = CodeEntry(code, above.depth + 1, above.colour)
            else:
                entry = CodeEntry(code, 0, branches % COLOURS)
                branches += 1
            self._entries.setdefault(code.id, entry)

    @property
    def entries(self) -> tuple[CodeEntry, ...]:
        """All codes, retired ones too."""
        return tuple(self._entries.values())

    def codebook_of(self, code_id: str) -> str | None:
        """Return the id of the codebook that a code is in."""
        return self._homes.get(code_id)

    @property
    def active(self) -> tuple[CodeEntry, ...]:
        """The codes that can be applied."""
        return tuple(entry for entry in self._entries.values() if entry.code.status == "active")

    def name(self, code_id: str) -> str:
        """Return a code's name, or its id where no codebook has it."""
        entry = self._entries.get(code_id)
        return entry.code.name if entry else code_id

    def colour(self, code_id: str) -> int:
        """Return a code's colour slot."""
        entry = self._entries.get(code_id)
        return entry.colour if entry else 0

    def find(self, code_id: str) -> Code | None:
        """Return a code, or None where no codebook has it."""
        entry = self._entries.get(code_id)
        return entry.code if entry else None
