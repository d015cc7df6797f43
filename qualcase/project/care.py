"""The desk of care: whether all is well with the project's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.project.desk import Desk
from qualcase.storage.checking import find_problems
from qualcase.storage.counting import find_strays

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a check looked at and found; `ok` means that it found nothing wrong."""

    ok: bool
    sources: int
    codings: int
    operations: int
    problems: Sequence[str]


class Care(Desk):
    """Whether all is well with the file."""

    def check(self) -> Checkup:
        """Check pages, references, texts, anchors, quotes of events, counts, and the journal."""
        with self._store.reading() as connection:
            counts, problems = find_problems(connection)
            problems += find_strays(connection)
        verification = self._store.verify()
        if not verification.verified:
            problems.append(f"the journal does not verify: {verification.problem}")
        return Checkup(
            not problems, counts["sources"], counts["codings"], verification.operations, tuple(problems)
        )
