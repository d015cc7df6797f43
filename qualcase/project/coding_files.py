"""Codings kept as a CSV: one row a coding, anchored by the words it quotes."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qualcase.coding.acts.done import mark_done
from qualcase.model.errors import InputError
from qualcase.project.codings import check_attributes
from qualcase.reports.wording import plural
from qualcase.storage.reading.codes import code_uids
from qualcase.text.matching import find_quote

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qualcase.model.operation import Fields
    from qualcase.model.source import Source
    from qualcase.project.project import Project

COLUMNS = ("file", "quote", "occurrence", "code", "valence", "stance", "voice", "key", "memo")


def import_codings(project: Project, path: Path, sources: dict[str, Source], *, done: bool) -> int:
    """Enter the codings of a CSV as the acting coder's, one act a source, and return how many.

    `sources` finds a source by the path that the CSV names it by. All rows are checked before the first
    is written. With `done` the coder marks each source as coded through.
    """
    by_file: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _read(path):
        by_file[row["file"]].append(row)
    with project.store.writing():
        return _enter(project, path, sources, by_file, done=done)


def _enter(
    project: Project,
    path: Path,
    sources: dict[str, Source],
    by_file: dict[str, list[dict[str, str]]],
    *,
    done: bool,
) -> int:
    with project.store.reading() as connection:
        codes = code_uids(connection)
    planned = [
        (sources[file], [_fields(project, path, sources[file], row, codes) for row in rows])
        for file, rows in by_file.items()
        if _known(file, sources, path)
    ]
    coder = project.codings.coder_uid()
    for source, passages in planned:
        shared: Fields = {"source": source.uid, "text": project.sources.text_uid(source), "coder": coder}
        summary = f"Coded {plural(len(passages), 'passage')} of {source.handle}"
        project.perform("code-many", shared=shared, passages=passages, summary=summary)
        if done:
            project.store.commit(
                mark_done(source=source.uid, coder=coder, handle=source.handle), coder=project.coder
            )
    return sum(len(passages) for _, passages in planned)


def _read(path: Path) -> Sequence[dict[str, str]]:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    if not rows or not set(COLUMNS) <= set(rows[0]):
        raise InputError(f"{path.name} is not a table of codings; its columns must be {', '.join(COLUMNS)}.")
    return rows


def _known(file: str, sources: dict[str, Source], path: Path) -> bool:
    if file not in sources:
        raise InputError(f"{path.name} names {PurePosixPath(file).name}, which is not in the project.")
    return True


def _fields(
    project: Project, path: Path, source: Source, row: dict[str, str], codes: dict[str, str]
) -> Fields:
    places = find_quote(project.sources.text(source), row["quote"])
    number = int(row["occurrence"] or 1)
    if len(places) < number:
        raise InputError(f"{path.name}: “{row['quote']}” does not stand in {row['file']}.")
    if row["code"] not in codes:
        raise InputError(f"{path.name}: no codebook has the code {row['code']}.")
    start, end = places[number - 1]
    attributes = check_attributes(
        valence=row["valence"] or None,
        stance=row["stance"] or None,
        voice=row["voice"] or None,
        memo=row["memo"] or None,
        key=bool(row["key"] and row["key"] != "0"),
    )
    version = project.codebook.version_of(project.codebook.find(row["code"]))
    return {"start": start, "end": end, "code": codes[row["code"]], "codebook_version": version, **attributes}
