"""The desk of care: whether all is well with the project's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.project.desk import Desk
from qualcase.project.independence import seen_problems
from qualcase.storage.attesting import find_altered
from qualcase.storage.checking import find_problems
from qualcase.storage.counting import find_strays
from qualcase.storage.search import rebuild_index
from qualcase.storage.word_counts import WORDS_AMISS, find_unindexed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.storage.attesting import Progress


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a check looked at and found; `ok` means that it found nothing wrong."""

    ok: bool
    sources: int
    codings: int
    operations: int
    problems: Sequence[str]

    @property
    def only_words(self) -> bool:
        """Whether nothing but the index of words is amiss, which can be made anew."""
        return not self.ok and all(one.startswith(WORDS_AMISS) for one in self.problems)


class Care(Desk):
    """Whether all is well with the file."""

    def check(self, progress: Progress | None = None) -> Checkup:
        """Check pages, references, texts, anchors, quotes, the index, the journal, and rows against it.

        `progress` hears what is being done, and of acts how many are done, of how many; otherwise 0 of 0.
        """
        tell = progress or _say_nothing
        with self._store.reading() as connection:
            tell(0, 0, "pages, texts and places")
            counts, problems = find_problems(connection)
            problems += find_strays(connection)
            tell(0, 0, "the index of words")
            problems += find_unindexed(connection)
            verification = self._store.verify(progress)
            # Rows are held against acts where both can be read, and the acts can be relied on.
            if verification.verified and not problems:
                problems += find_altered(connection, progress)
        if not verification.verified:
            problems.append(f"the journal does not verify: {verification.problem}")
        said = seen_problems(self._project, problems)
        return Checkup(not problems, counts["sources"], counts["codings"], verification.operations, said)

    def index_anew(self) -> None:
        """Make the index of words anew from the texts; nothing else is changed."""
        with self._store.writing() as connection:
            rebuild_index(connection)


def _say_nothing(done: int, total: int, doing: str) -> None:
    """Let nobody hear how far it is."""
