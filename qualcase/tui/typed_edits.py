"""What is typed into a text, noted as edits, so that passages can follow exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.text.anchors import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stood at an offset gave way to something else."""

    start: int
    removed: str
    replacement: str

    @property
    def end(self) -> int:
        """Where the replacement ends."""
        return self.start + len(self.replacement)

    def with_next(self, later: Typed) -> Typed | None:
        """Return this and the next change as one, where they touch; None where they stand apart."""
        later_end = later.start + len(later.removed)
        if later.start > self.end or later_end < self.start:
            return None
        before, after = max(0, self.start - later.start), max(0, later_end - self.end)
        removed = later.removed[:before] + self.removed + later.removed[len(later.removed) - after :]
        head = self.replacement[: max(0, later.start - self.start)]
        tail = self.replacement[max(0, later_end - self.start) :] if later_end < self.end else ""
        return Typed(min(self.start, later.start), removed, head + later.replacement + tail)

    def trimmed(self) -> Typed:
        """Return the change without the characters that are the same before and after."""
        most = min(len(self.removed), len(self.replacement))
        head = next((n for n in range(most) if self.removed[n] != self.replacement[n]), most)
        most -= head
        tail = next((n for n in range(most) if self.removed[-1 - n] != self.replacement[-1 - n]), most)
        removed, replacement = len(self.removed) - tail, len(self.replacement) - tail
        return Typed(self.start + head, self.removed[head:removed], self.replacement[head:replacement])


class TypedEdits:
    """The changes in the order in which they were made; those that touch are one.

    A word that is deleted and typed anew is thus replaced, and what is typed and taken back is nothing.
    """

    def __init__(self) -> None:
        self._typed: list[Typed] = []

    def note(self, start: int, removed: str, replacement: str) -> None:
        """Note that what stood at an offset gave way to something else."""
        later = Typed(start, removed, replacement)
        joined = self._typed[-1].with_next(later) if self._typed else None
        if joined is not None:
            self._typed.pop()
        one = joined or later
        if one.removed != one.replacement:
            self._typed.append(one)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The changes as edits, each on what the one before left."""
        return tuple(self._trimmed())

    def __len__(self) -> int:
        return len(self._typed)

    def _trimmed(self) -> Iterator[Edit]:
        for one in self._typed:
            least = one.trimmed()
            yield Edit(least.start, least.start + len(least.removed), least.replacement)


def clean_typed(text: str) -> str:
    """Return typed or pasted words as a transcript may hold them: one kind of line end, no controls."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
