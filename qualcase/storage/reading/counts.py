"""Counts over all codings at once, worked out where the rows are."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import func, select

from qualcase.storage.schema import codes, codings, material

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

_coding = codings.coding


def count_by_code_and_case(connection: Connection) -> dict[tuple[str, str], int]:
    """Return how many codings each code has in each case, by (code id, case), where there are any."""
    case, member, code = material.case, material.case_member, codes.code
    per_source = (
        select(_coding.c.code_id, _coding.c.source_id, func.count().label("count"))
        .where(_coding.c.until.is_(None), _coding.c.layer.is_(None))
        .group_by(_coding.c.code_id, _coding.c.source_id)
        .subquery()
    )
    belongs = (
        select(member.c.source_id, member.c.case_id)
        .where(member.c.deleted == 0, member.c.speaker_id.is_(None), member.c.turn.is_(None))
        .distinct()
        .subquery()
    )
    query = (
        select(code.c.handle, case.c.name, func.sum(per_source.c.count))
        .join(belongs, belongs.c.source_id == per_source.c.source_id)
        .join(code, code.c.id == per_source.c.code_id)
        .join(case, case.c.id == belongs.c.case_id)
        .where(case.c.deleted == 0)
        .group_by(code.c.id, case.c.id)
    )
    return {(code_id, name): int(count) for code_id, name, count in connection.execute(query)}


def coding_spans(connection: Connection) -> tuple[dict[int, str], NDArray[np.int64]]:
    """Return code ids by keys, and a row (source, start, end, code) a live coding, by source and start."""
    own = (_coding.c.until.is_(None), _coding.c.layer.is_(None))
    query = select(_coding.c.source_id, _coding.c.start, _coding.c.end, _coding.c.code_id).where(*own)
    rows = connection.execute(query.order_by(_coding.c.source_id, _coding.c.start))
    values = np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, 4)
    names = connection.execute(select(codes.code.c.id, codes.code.c.handle))
    return {key: handle for key, handle in names}, values  # noqa: C416 - a result is no mapping
