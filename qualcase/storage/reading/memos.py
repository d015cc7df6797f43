"""Memos as values, and what they said before: their wordings, read from the journal."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from qualcase.model.coding import Memo, Wording
from qualcase.storage.clock import clock_text
from qualcase.storage.journal import read_entries, read_operation
from qualcase.storage.reading.codings import made_at, read_texts
from qualcase.storage.schema import codings, material

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Kinds of acts that never write a memo's words need not be unpacked.
_WITHOUT = frozenset(
    {"code", "code-many", "recode", "resize", "uncode", "describe", "import", "done", "decide"}
) | {"edit", "review"}


def list_memos(connection: Connection, source: str | None = None) -> tuple[Memo, ...]:
    """Return all live memos in the order of their making, or those on the passages of a source, by its uid.

    `about` is (kind of thing, its uid); of a passage the uid is its source's.
    """
    memo, coder, of = codings.memo, material.coder, material.source
    query = (
        select(memo, coder.c.name.label("coder"), of.c.handle.label("handle"), of.c.uid.label("source_uid"))
        .join(coder, coder.c.id == memo.c.coder_id)
        .outerjoin(of, of.c.id == memo.c.source_id)
        .where(memo.c.deleted == 0)
        .order_by(memo.c.uid)
    )
    if source is not None:
        query = query.where(of.c.uid == source)
    rows = connection.execute(query).mappings().all()
    keys = {row["text_version_id"] for row in rows if row["text_version_id"] is not None}
    texts = read_texts(connection, keys)
    return tuple(_memo_of(row, texts.get(row["text_version_id"])) for row in rows)


def _memo_of(row: Any, text: str | None) -> Memo:  # noqa: ANN401 - a row mapping
    uid = row["about_uid"] or row["source_uid"]
    memo = Memo(
        uid=row["uid"],
        text=row["text"],
        coder=row["coder"],
        kind=row["kind"],
        about=(row["about_kind"], uid) if row["about_kind"] and uid else None,
        created_at=made_at(row["uid"]),
    )
    if text is None:
        return memo
    start, end = row["start"], row["end"]
    state = row["state"] or "placed"
    return replace(memo, source=row["handle"], start=start, end=end, quote=text[start:end], state=state)


def read_wordings(connection: Connection) -> dict[str, tuple[Wording, ...]]:
    """Return every wording that each memo has had, oldest first, with who wrote it and when."""
    found: dict[str, list[tuple[int, str, Wording]]] = defaultdict(list)
    for entry in read_entries(connection):
        if entry.kind in _WITHOUT or entry.body is None:
            continue
        for change in read_operation(entry).changes:
            if change.record == "memo" and change.after and "text" in change.after:
                wording = Wording(change.after["text"], entry.coder, clock_text(entry.clock))
                found[change.uid].append((entry.clock, entry.uid, wording))
    # What came by a merge came late and may have been said early.
    said = {uid: sorted(group, key=itemgetter(0, 1)) for uid, group in found.items()}
    return {uid: tuple(wording for *_, wording in group) for uid, group in said.items()}
