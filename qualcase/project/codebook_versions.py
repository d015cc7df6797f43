"""The versions of a project's codebooks: writing one down, and reading the project as one left it."""

from __future__ import annotations

import re
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcase.codebook.versions import effect_to_plain
from qualcase.model.errors import UnknownNameError, UsageError
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation
from qualcase.project.codebook_records import changes_between, snapshot
from qualcase.storage.reading.codes import code_places, codebook_uids
from qualcase.storage.reading.versions import last_number, list_versions, version_sequence
from qualcase.storage.standing import as_it_stood

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.codebook.versions import CodebookVersion, VersionEffect
    from qualcase.model.code import Codebook
    from qualcase.project.project import Project
    from qualcase.storage.connection import Connection

_WANTED = re.compile(r"(?:(?P<book>.*\S)\s*[ :@]\s*)?v?(?P<number>\d{1,9})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of a codebook about to be written: its kind, its sentence, why, and what it touches."""

    act: str
    summary: str
    reason: str
    effect: VersionEffect
    moved: tuple[Change, ...] = ()


def next_version(connection: Connection, new: Codebook) -> Codebook:
    """Return a changed codebook under the next number that no version of it has had."""
    uid = codebook_uids(connection)[new.id]
    return replace(new, version=max(new.version, last_number(connection, uid) + 1))


def write_version(connection: Connection, old: Codebook, new: Codebook, revision: Revision) -> Operation:
    """Return the operation that makes one state of a codebook out of another, as a version."""
    uid = codebook_uids(connection)[old.id]
    changes = changes_between(uid, old, new, code_places(connection, old.id))
    version = {
        "codebook": uid,
        "number": new.version,
        "change": revision.summary,
        "reason": revision.reason,
        "act": revision.act,
        "effect": effect_to_plain(revision.effect),
        "content": snapshot(new),
    }
    changes.append(Change("codebook_version", new_uid(), None, version))
    detail = {"act": revision.act, **({"reason": revision.reason} if revision.reason else {})}
    return Operation("codebook", revision.summary, (*changes, *revision.moved), detail)


@contextmanager
def as_of_version(project: Project, wanted: str) -> Iterator[CodebookVersion]:
    """Let the project be read as it stood when a version of a codebook was last in force.

    `wanted` is a number, of the first codebook, or a codebook's id and a number: `cop-leadership 2`.
    """
    book, number = _wanted(project, wanted)
    with project.store.reading() as connection:
        versions = [one for one in list_versions(connection) if one.codebook == book]
        found = next((one for one in versions if one.number == number), None)
        if found is None:
            known = ", ".join(str(one.number) for one in versions)
            raise UnknownNameError("codebook version", f"{book} {number}", hint=f"Versions: {known}.")
        later = [one.number for one in versions if one.number > number]
        sequence = version_sequence(connection, book, later[0]) if later else None
    with nullcontext() if sequence is None else as_it_stood(project.store, sequence - 1):
        yield found


def _wanted(project: Project, wanted: str) -> tuple[str, int]:
    match = _WANTED.fullmatch(wanted.strip())
    if match is None:
        hint = "Give a number, or a codebook and a number: “four-process 1”."
        raise UsageError(f"“{wanted}” is not a version of a codebook.", hint=hint)
    book = match["book"] or project.codebook.current().id
    known = [one.id for one in project.codebook.all()]
    if book not in known:
        raise UnknownNameError("codebook", book, hint=f"The codebooks: {', '.join(known)}.")
    return book, int(match["number"])
