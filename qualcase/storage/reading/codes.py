"""Codebooks as values, read from their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from qualcase.codebook.tree import depth_first
from qualcase.model.code import BoundaryNote, Code, Codebook, CodingAttribute, Crosswalk, CrosswalkRow
from qualcase.storage.schema import codes, codings, material

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_code, _codebook = codes.code, codes.codebook


def list_codebooks(connection: Connection) -> tuple[Codebook, ...]:
    """Return the project's codebooks in order, each with its codes in tree order."""
    rows = connection.execute(
        select(_codebook).where(_codebook.c.deleted == 0).order_by(_codebook.c.position, _codebook.c.uid)
    ).mappings()
    return tuple(_codebook_of(connection, row) for row in rows.all())


def _codebook_of(connection: Connection, row: Any) -> Codebook:  # noqa: ANN401 - a row mapping
    return Codebook(
        id=row["handle"],
        title=row["title"],
        version=row["version"],
        codes=_codes_of(connection, row["id"]),
        rules=tuple(row["rules"] or ()),
        boundary_notes=tuple(
            BoundaryNote(tuple(between), rule) for between, rule in row["boundary_notes"] or ()
        ),
        attributes=tuple(
            CodingAttribute(name, tuple(values), note) for name, values, note in row["attributes"] or ()
        ),
        crosswalks=tuple(_crosswalk_of(item) for item in row["crosswalks"] or ()),
        note=row["note"] or "",
    )


def _crosswalk_of(item: list[Any]) -> Crosswalk:
    name, title, left, right, rows = item
    return Crosswalk(
        name,
        title,
        left,
        right,
        tuple(CrosswalkRow(row[0], tuple(row[1]), tuple(row[2]), *row[3:]) for row in rows),
    )


def _codes_of(connection: Connection, codebook_key: int) -> tuple[Code, ...]:
    parent = _code.alias("parent")
    query = (
        select(_code, parent.c.handle.label("parent_handle"))
        .outerjoin(parent, parent.c.id == _code.c.parent_id)
        .where(_code.c.codebook_id == codebook_key, _code.c.deleted == 0)
        .order_by(_code.c.position, _code.c.uid)
    )
    rows = connection.execute(query).mappings().all()
    found = tuple(_code_of(row) for row in rows)
    # Codes that were added in two copies may share a place, and lie between another code and those below it.
    apart = [row["position"] for row in rows] != list(range(len(rows)))
    return depth_first(found) if apart else found


def _code_of(row: Any) -> Code:  # noqa: ANN401 - a row mapping
    return Code(
        id=row["handle"],
        name=row["name"],
        parent=row["parent_handle"],
        kind=row["kind"],
        definition=row["definition"] or "",
        include=tuple(row["include"] or ()),
        exclude=tuple(row["exclude"] or ()),
        key_phrases=tuple(row["key_phrases"] or ()),
        examples=tuple(row["examples"] or ()),
        status=row["status"],
        note=row["note"] or "",
        colour=row["colour"] or "",
    )


def code_uids(connection: Connection) -> dict[str, str]:
    """Return the uid of every live code by its id; codes of earlier codebooks win a clash."""
    query = (
        select(_code.c.handle, _code.c.uid)
        .join(_codebook, _codebook.c.id == _code.c.codebook_id)
        .where(_code.c.deleted == 0, _codebook.c.deleted == 0)
        .order_by(_codebook.c.position.desc(), _codebook.c.uid.desc())
    )
    return dict(connection.execute(query).all())


def codebook_uids(connection: Connection) -> dict[str, str]:
    """Return the uid of every live codebook by its id."""
    query = select(_codebook.c.handle, _codebook.c.uid).where(_codebook.c.deleted == 0)
    return dict(connection.execute(query).all())


def count_usage(connection: Connection) -> dict[str, int]:
    """Return how many live codings each code has, by its id; codes never used are not in it."""
    coding = codings.coding
    query = (
        select(_code.c.handle, func.count())
        .join(coding, coding.c.code_id == _code.c.id)
        .where(coding.c.until.is_(None))
        .group_by(_code.c.handle)
    )
    return dict(connection.execute(query).all())


def count_usage_by_coder(
    connection: Connection, *, in_review: bool = False
) -> Iterator[tuple[str, str, str, str | None, int]]:
    """Yield (code id, source's handle, coder's name, layer, how many live codings), where there are any.

    With `in_review` only those are counted that wait there.
    """
    coding, source, coder = codings.coding, material.source, material.coder
    keys = (coding.c.code_id, coding.c.source_id, coding.c.coder_id, coding.c.layer)
    counted = [coding.c.until.is_(None), *([coding.c.state.is_not(None)] if in_review else [])]
    live = select(*keys, func.count().label("many")).where(*counted).group_by(*keys).subquery()
    query = (
        select(_code.c.handle, source.c.handle, coder.c.name, live.c.layer, live.c.many)
        .join_from(live, _code, _code.c.id == live.c.code_id)
        .join(source, source.c.id == live.c.source_id)
        .join(coder, coder.c.id == live.c.coder_id)
    )
    yield from connection.execute(query)


def code_places(connection: Connection, codebook: str) -> dict[str, tuple[str, int]]:
    """Return the uid of every live code of one codebook, and its place in the order, by its id."""
    query = (
        select(_code.c.handle, _code.c.uid, _code.c.position)
        .join(_codebook, _codebook.c.id == _code.c.codebook_id)
        .where(_code.c.deleted == 0, _codebook.c.deleted == 0, _codebook.c.handle == codebook)
    )
    return {handle: (uid, position) for handle, uid, position in connection.execute(query)}
