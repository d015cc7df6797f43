"""Which passages touch a place, found at once however long the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BLOCK = 256  # Code points: about two screen rows, so that drawing one looks into one or two blocks.


class SpanIndex:
    """Named spans `[start, end)`, filed under every block of 256 code points that they touch."""

    def __init__(self, spans: Iterable[tuple[str, int, int]] = ()) -> None:
        self._spans: dict[str, tuple[int, int]] = {}
        self._blocks: dict[int, set[str]] = {}
        for name, start, end in spans:
            self.add(name, start, end)

    def __len__(self) -> int:
        return len(self._spans)

    def __contains__(self, name: object) -> bool:
        return name in self._spans

    def add(self, name: str, start: int, end: int) -> None:
        """File a span, in place of any of the same name."""
        self.remove(name)
        self._spans[name] = (start, end)
        for block in _blocks_of(start, end):
            self._blocks.setdefault(block, set()).add(name)

    def remove(self, name: str) -> None:
        """Take a span out; one that is not there is no fault."""
        span = self._spans.pop(name, None)
        for block in _blocks_of(*span) if span else ():
            names = self._blocks[block]
            names.discard(name)
            if not names:
                del self._blocks[block]

    def overlapping(self, start: int, end: int) -> tuple[str, ...]:
        """Return the spans that share a code point with `[start, end)`, earlier and longer ones first."""
        found: set[str] = set()
        for block in _blocks_of(start, end):
            found.update(self._blocks.get(block, ()))
        touching = [name for name in found if self._spans[name][0] < end and start < self._spans[name][1]]
        return tuple(sorted(touching, key=self._order))

    def _order(self, name: str) -> tuple[int, int, str]:
        start, end = self._spans[name]
        return start, -end, name


def _blocks_of(start: int, end: int) -> range:
    return range(start // BLOCK, (end - 1) // BLOCK + 1) if end > start else range(0)
