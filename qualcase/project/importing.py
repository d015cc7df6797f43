"""Taking files in: find them, read them, describe them, and write them as one operation."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcase.model.errors import UsageError
from qualcase.model.operation import Operation
from qualcase.model.source import SOURCE_KINDS
from qualcase.project.files import find_files
from qualcase.project.gathering import Gathering
from qualcase.project.holding import Holding
from qualcase.project.metadata_csv import read_metadata
from qualcase.readers.isolation import close_worker
from qualcase.reports.wording import plural
from qualcase.text.edtf import read_edtf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from qualcase.model.source import Source
    from qualcase.project.gathering import Newcomer, Passed
    from qualcase.project.metadata_csv import Metadata
    from qualcase.project.project import Project

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user says of the files; a metadata CSV says it file by file, and then wins.

    `text_column` names the column of a table that has one respondent a row.
    """

    case: str | None = None
    kind: str | None = None
    date: str | None = None
    minutes: float | None = None
    informant: str | None = None
    handle: str | None = None
    encoding: str | None = None
    speakers: str | None = None
    metadata: Path | None = None
    text_column: str | None = None
    dry_run: bool = False
    keep_original: bool = True


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import; `files` pairs each new source with the path it came from."""

    imported: tuple[Source, ...]
    skipped: tuple[Passed, ...]
    refused: tuple[Passed, ...]
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def import_paths(
    project: Project,
    paths: Sequence[Path],
    options: ImportOptions,
    progress: Callable[[int, int, str], None] | None,
) -> ImportReport:
    """Take in files and folders; one that cannot be read does not stop the rest.

    Raises an error where the request itself is wrong, before anything is read.
    """
    _check_options(options)
    metadata = read_metadata(options.metadata) if options.metadata else None
    files = find_files(paths, leave_out=options.metadata)
    if metadata:
        metadata.refuse_doubtful(files)
    if options.handle and (len(files) != 1 or options.text_column):
        raise UsageError(f"A handle can be given to one file only, and here are {len(files)}.")
    holding = None if options.dry_run else Holding(project)
    if holding:
        holding.sweep()
    gathering = Gathering(project, options, metadata, holding)
    try:
        _gather(gathering, files, progress)
        if holding and gathering.arrivals:
            holding.write(_operation(gathering.arrivals))
    finally:
        if holding:
            holding.close()
    return ImportReport(
        _sources(project, gathering.arrivals, options),
        tuple(gathering.skipped),
        tuple(gathering.refused),
        tuple(str(one.path) for one in gathering.arrivals),
        (*_notes(metadata, files), *_namesakes(gathering, undone=not options.dry_run)),
    )


def _gather(
    gathering: Gathering, files: list[Path], progress: Callable[[int, int, str], None] | None
) -> None:
    try:
        for number, path in enumerate(files, start=1):
            gathering.take(path)
            if progress:
                progress(number, len(files), path.name)
    finally:
        close_worker()


def _notes(metadata: Metadata | None, files: list[Path]) -> tuple[str, ...]:
    unused = metadata.unused(files) if metadata else []
    if not unused:
        return ()
    shown = ", ".join(unused[:_MOST_NAMED]) + (", …" if len(unused) > _MOST_NAMED else "")
    return (f"The metadata CSV also names {plural(len(unused), 'file')} not given: {shown}",)


def _namesakes(gathering: Gathering, *, undone: bool) -> tuple[str, ...]:
    found = gathering.namesakes()
    if not found:
        return ()
    (new, there), *more = found
    others = f", as {len(more)} more have names of others" if more else ""
    first = "`qualcase undo`, then " if undone else ""
    command = shlex.join(("qualcase", "edit", there.handle, "--from", str(new.path)))
    named = f"{new.source.handle} has the name of {there.handle} ({there.name}) and another text{others}."
    return (f"{named} If it is {there.handle} corrected: {first}`{command}`, so that the codings are kept.",)


def _check_options(options: ImportOptions) -> None:
    if options.kind is not None and options.kind not in SOURCE_KINDS:
        raise UsageError(
            f"“{options.kind}” is not a kind of source.", hint=f"Choose one of {', '.join(SOURCE_KINDS)}."
        )
    if options.date is not None:
        read_edtf(options.date)
    if options.minutes is not None and not 0 <= options.minutes < float("inf"):
        raise UsageError(f"{options.minutes} is not a number of minutes.")


def _operation(arrivals: list[Newcomer]) -> Operation:
    what = arrivals[0].source.name if len(arrivals) == 1 else f"{len(arrivals)} sources"
    changes = tuple(change for arrival in arrivals for change in arrival.changes)
    return Operation("import", f"Imported {what}", changes)


def _sources(project: Project, arrivals: list[Newcomer], options: ImportOptions) -> tuple[Source, ...]:
    if options.dry_run or not arrivals:
        return tuple(arrival.source for arrival in arrivals)
    stored = {source.uid: source for source in project.sources.list()}
    return tuple(
        replace(stored[arrival.source.uid], warnings=arrival.source.warnings) for arrival in arrivals
    )
