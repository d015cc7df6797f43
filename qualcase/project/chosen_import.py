"""Taking in files of which each has options of its own, as one act, as they were chosen in a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.operation import Operation
from qualcase.project.gathering import Gathering
from qualcase.project.holding import Holding
from qualcase.project.importing import ImportOptions, ImportReport
from qualcase.project.metadata_csv import read_metadata
from qualcase.readers.isolation import close_worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from qualcase.project.project import Project


class ChosenGathering(Gathering):
    """Files on their way in, each read with its own options."""

    def take_as(self, path: Path, options: ImportOptions) -> None:
        """Read one file with these options, and note what came of it."""
        self._options = options
        self.take(path)


def import_chosen(
    project: Project,
    choices: Sequence[tuple[Path, ImportOptions]],
    metadata: Path | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> ImportReport:
    """Take in files, each with its options; one that cannot be read does not stop the rest.

    What `progress` raises stops the import before anything is stored.
    """
    holding = Holding(project)
    holding.sweep()
    table = read_metadata(metadata) if metadata else None
    gathering = ChosenGathering(project, ImportOptions(), table, holding)
    try:
        _gather(gathering, choices, progress)
        if gathering.arrivals:
            holding.write(_operation(gathering))
    finally:
        holding.close()
    return _report(project, gathering)


def _gather(
    gathering: ChosenGathering,
    choices: Sequence[tuple[Path, ImportOptions]],
    progress: Callable[[int, int, str], None] | None,
) -> None:
    try:
        for number, (path, options) in enumerate(choices, start=1):
            gathering.take_as(path, options)
            if progress:
                progress(number, len(choices), path.name)
    finally:
        close_worker()


def _operation(gathering: Gathering) -> Operation:
    arrivals = gathering.arrivals
    what = arrivals[0].source.name if len(arrivals) == 1 else f"{len(arrivals)} sources"
    return Operation(
        "import", f"Imported {what}", tuple(change for one in arrivals for change in one.changes)
    )


def _report(project: Project, gathering: Gathering) -> ImportReport:
    stored = {source.uid: source for source in project.sources.list()} if gathering.arrivals else {}
    return ImportReport(
        tuple(stored[one.source.uid] for one in gathering.arrivals),
        tuple(gathering.skipped),
        tuple(gathering.refused),
        tuple(str(one.path) for one in gathering.arrivals),
    )
