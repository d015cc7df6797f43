"""The suggestions that wait for an answer: in which order, of which code, and which were put off."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qualcase.model.coding import Suggestion

ORDERS = ("source", "code", "score")


class SuggestionQueue:
    """Open suggestions; what was put off comes after all others, in the order in which it was."""

    def __init__(self) -> None:
        self.code = ""
        self.order = ORDERS[0]
        self._open: dict[str, Suggestion] = {}
        self._later: dict[str, None] = {}
        self._sources: Mapping[str, int] = {}
        self._codes: Mapping[str, int] = {}

    def __len__(self) -> int:
        return len(self._open)

    def arrange(self, sources: Iterable[str], codes: Iterable[str]) -> None:
        """Take the order of sources, by handle, and of codes, by id."""
        self._sources = {handle: place for place, handle in enumerate(sources)}
        self._codes = {code: place for place, code in enumerate(codes)}

    def shown(self) -> list[Suggestion]:
        """Return those that are asked about, in their order."""
        wanted = [one for one in self._open.values() if self.code in {"", one.code}]
        place = {uid: number for number, uid in enumerate(self._later, 1)}
        return sorted(wanted, key=lambda one: (place.get(one.uid, 0), self._key(one)))

    def is_later(self, uid: str) -> bool:
        """Whether a suggestion was put off."""
        return uid in self._later

    def counts(self) -> dict[str, int]:
        """Return how many are open for each code, in the order of the codebook."""
        found: dict[str, int] = {}
        for one in sorted(self._open.values(), key=lambda one: self._codes.get(one.code, 0)):
            found[one.code] = found.get(one.code, 0) + 1
        return found

    def offer(self, suggestions: Iterable[Suggestion]) -> None:
        """Take more in."""
        self._open |= {one.uid: one for one in suggestions}

    def withdraw(self, uid: str) -> None:
        """Let one go: it is answered."""
        self._open.pop(uid, None)
        self._later.pop(uid, None)

    def postpone(self, uid: str) -> None:
        """Put one off, behind all that are there."""
        self._later.pop(uid, None)
        self._later[uid] = None

    def clear(self, source: str | None = None) -> None:
        """Let all go, or those of one source by its handle."""
        kept = {uid: one for uid, one in self._open.items() if source is not None and one.source != source}
        self._open = kept

    def _key(self, one: Suggestion) -> tuple[float, int, int, int]:
        source, code = self._sources.get(one.source, 0), self._codes.get(one.code, 0)
        if self.order == "code":
            return 0, code, source, one.start
        # Those without a score come after those with one, in the order of the sources.
        first = 0.0 if self.order == "source" else 1.0 if one.score is None else -one.score
        return first, source, one.start, code
