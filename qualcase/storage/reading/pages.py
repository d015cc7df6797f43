"""A code's passages page by page, however many there are."""

from __future__ import annotations

from collections import Counter
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


def count_by_source(connection: Connection, code_ids: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return how many live codings some codes have in each source (by key), in the order of the sources.

    The index on codes counts them without a look at any coding.
    """
    counts: Counter[int] = Counter()
    for source, count in connection.execute(_counts(), {"codes": code_ids}):
        counts[source] += count
    order = connection.execute(_order()) if counts else ()
    return tuple((key, counts[key]) for (key,) in order if key in counts)


def page_of_codings(
    connection: Connection,
    code_ids: Sequence[str],
    counts: Sequence[tuple[int, int]],
    first: int,
    limit: int,
) -> tuple[Coding, ...]:
    """Return the live codings of some codes from one on, in the order of sources and places.

    `counts` says how many each source has, so that only the sources on the page are read.
    """
    wanted: list[int] = []
    passed = skipped = 0
    for source, count in counts:
        if passed + count <= first:
            skipped = passed + count
        elif passed < first + limit:
            wanted.append(source)
        passed += count
    if not wanted:
        return ()
    given = {"codes": code_ids, "sources": wanted, "skip": first - skipped, "most": limit}
    return read_codings(connection, _page(), given)


@cache
def _order() -> Select[int]:
    return select(_source.c.id).order_by(_source.c.position, _source.c.uid)


@cache
def _counts() -> Select[int, int]:
    # By code and source, as the index lies: grouped by source alone, all would have to be sorted first.
    return (
        select(_coding.c.source_id, func.count())
        .where(_coding.c.code_id.in_(_keys()), _coding.c.until.is_(None))
        .group_by(_coding.c.code_id, _coding.c.source_id)
    )


@cache
def _page() -> Any:  # noqa: ANN401 - a select
    wanted = _coding.c.source_id.in_(bindparam("sources", expanding=True))
    live = _coding.c.until.is_(None)
    ours = _coding.c.code_id.in_(_keys())
    return select_codings().where(ours, wanted, live).offset(bindparam("skip")).limit(bindparam("most"))


def _keys() -> Any:  # noqa: ANN401 - a subquery
    return select(codes.code.c.id).where(codes.code.c.handle.in_(bindparam("codes", expanding=True)))
