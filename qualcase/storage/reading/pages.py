"""A code's passages page by page, however many there are."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from qualcase.storage.reading.codings import read_codings, select_codings
from qualcase.storage.schema import codes, codings, material

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Select

    from qualcase.model.coding import Coding

_coding, _source = codings.coding, material.source


def page_of_codings(
    connection: Connection, code_ids: Sequence[str], first: int, limit: int
) -> tuple[int, tuple[Coding, ...]]:
    """Return how many live codings some codes have, and those from one on in the order of sources and places.

    The index counts them by source, so that only the sources on the page are read.
    """
    given = {"codes": code_ids}
    wanted: list[int] = []
    passed = skipped = 0
    for source, count in connection.execute(_counts(), given):
        if passed + count <= first:
            skipped = passed + count
        elif passed < first + limit:
            wanted.append(source)
        passed += count
    if not wanted:
        return passed, ()
    found = read_codings(
        connection, _page(), {**given, "sources": wanted, "skip": first - skipped, "most": limit}
    )
    return passed, found


@cache
def _counts() -> Select[int, int]:
    return (
        select(_coding.c.source_id, func.count())
        .join(_source, _source.c.id == _coding.c.source_id)
        .where(_coding.c.code_id.in_(_keys()), _coding.c.until.is_(None))
        .group_by(_coding.c.source_id)
        .order_by(_source.c.position, _coding.c.source_id)
    )


@cache
def _page() -> Any:  # noqa: ANN401 - a select
    wanted = _coding.c.source_id.in_(bindparam("sources", expanding=True))
    live = _coding.c.until.is_(None)
    ours = _coding.c.code_id.in_(_keys())
    return select_codings().where(ours, wanted, live).offset(bindparam("skip")).limit(bindparam("most"))


def _keys() -> Any:  # noqa: ANN401 - a subquery
    return select(codes.code.c.id).where(codes.code.c.handle.in_(bindparam("codes", expanding=True)))
