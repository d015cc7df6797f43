"""The versions of codebooks, and the versions under which events were coded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from qualcase.codebook.versions import CodebookVersion, effect_from_plain, infer_act
from qualcase.storage.clock import clock_text
from qualcase.storage.schema import chronology, codes, journal, material

if TYPE_CHECKING:
    from sqlalchemy import Connection

_version, _codebook, _operation = codes.codebook_version, codes.codebook, journal.operation


def list_versions(connection: Connection) -> tuple[CodebookVersion, ...]:
    """Return every version of every codebook, each codebook's in order.

    Who and when are those of the act that wrote it. One of an earlier format, which does not say what it
    did, is read by what stands before and after it.
    """
    query = (
        select(
            _version,
            _codebook.c.handle.label("codebook"),
            material.coder.c.name,
            _operation.c.clock.label("at"),
        )
        .join(_codebook, _codebook.c.id == _version.c.codebook_id)
        .outerjoin(_operation, _operation.c.uid == _version.c.writer)
        .outerjoin(material.coder, material.coder.c.id == _operation.c.coder_id)
        .where(_version.c.deleted == 0, _codebook.c.deleted == 0)
        .order_by(_codebook.c.position, _codebook.c.uid, _version.c.number, _version.c.clock)
    )
    found: list[CodebookVersion] = []
    for row in connection.execute(query).mappings():
        before = found[-1] if found and found[-1].codebook == row["codebook"] else None
        found.append(_version_of(row, before))
    return tuple(found)


def _version_of(row: Any, before: CodebookVersion | None) -> CodebookVersion:  # noqa: ANN401 - a row mapping
    act, effect = row["act"], effect_from_plain(row["effect"] or {})
    if act is None:
        act, effect = infer_act(before.content if before else None, row["content"])
    return CodebookVersion(
        codebook=row["codebook"],
        number=row["number"],
        change=row["change"],
        act=act,
        reason=row["reason"] or "",
        coder=row["name"] or "",
        at=clock_text(row["at"]) if row["at"] is not None else "",
        effect=effect,
        content=row["content"],
    )


def last_number(connection: Connection, codebook: str) -> int:
    """Return the highest number that a version of a codebook (by uid) ever had, those taken back included.

    A number is not given twice: what was coded under a version that was taken back is not of the next one.
    """
    query = (
        select(func.max(_version.c.number))
        .join(_codebook, _codebook.c.id == _version.c.codebook_id)
        .where(_codebook.c.uid == codebook)
    )
    return connection.scalar(query) or 0


def version_sequence(connection: Connection, codebook: str, number: int) -> int | None:
    """Return the place in this file's journal of the act that made a version of a codebook (by its id)."""
    query = (
        select(_operation.c.sequence)
        .join(_version, _version.c.writer == _operation.c.uid)
        .join(_codebook, _codebook.c.id == _version.c.codebook_id)
        .where(_codebook.c.handle == codebook, _version.c.number == number, _version.c.deleted == 0)
        .order_by(_operation.c.sequence)
        .limit(1)
    )
    return connection.scalar(query)


def event_code_versions(connection: Connection) -> dict[str, dict[str, int]]:
    """Return by uid of event the codebook version under which each of its codes was last read, by code id."""
    event = chronology.event
    query = select(event.c.uid, event.c.code_versions).where(event.c.deleted == 0)
    return {uid: versions or {} for uid, versions in connection.execute(query)}
