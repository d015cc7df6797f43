"""Memos as values, and what they said before: their wordings, read from the journal."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from qualcase.model.coding import Memo, Wording
from qualcase.model.identity import decode_uid
from qualcase.storage.clock import COUNTER_BITS, clock_text
from qualcase.storage.journal import MERGE, read_entries, read_operation
from qualcase.storage.reading.codings import made_at, read_texts
from qualcase.storage.records import chunks
from qualcase.storage.schema import codings, journal, material

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    speakers = _speakers_of_kept(connection, rows)
    keys = {row["text_version_id"] for row in rows if row["text_version_id"] is not None}
    texts = read_texts(connection, keys)
    memos = (_memo_of(row, texts.get(row["text_version_id"])) for row in rows)
    return tuple(replace(one, words_by=speakers.get(one.uid)) if speakers else one for one in memos)


def _speakers_of_kept(connection: Connection, rows: Sequence[Any]) -> dict[str, str]:
    """Return, by the uid of a memo that a merge made of a lost edit, who said its words, if not its coder.

    Such a memo has the moment of that edit in its uid.
    """
    operation, person = journal.operation, material.coder
    if connection.scalar(select(operation.c.sequence).where(operation.c.kind == MERGE).limit(1)) is None:
        return {}
    at: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        at[int.from_bytes(decode_uid(row["uid"])[:6], "big")].append(row)
    found: dict[str, str] = {}
    for part in chunks(at):
        query = (
            select(operation.c.uid, operation.c.clock, person.c.name)
            .join(person, person.c.id == operation.c.coder_id)
            .where(operation.c.clock.op(">>")(COUNTER_BITS).in_(part))
        )
        for act, clock, name in connection.execute(query).all():
            said = [row for row in at[clock >> COUNTER_BITS] if row["coder"] != name]
            found |= {row["uid"]: name for row in said if _says(connection, act, row)}
    return found


def _says(connection: Connection, act: str, row: Any) -> bool:  # noqa: ANN401 - a row mapping
    """Tell whether an act gave another record the words of a memo."""
    from qualcase.storage.parts import WORDS  # noqa: PLC0415 - only of merged projects

    entry = next(read_entries(connection, uid=act))
    changes = read_operation(entry).changes if entry.body is not None else ()
    return any(
        change.uid != row["uid"] and (change.after or {}).get(WORDS.get(change.record, "")) == row["text"]
        for change in changes
    )


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
    """Return every wording that each memo has had, oldest first, with who wrote it and when.

    A memo that was taken away and is back has the words it had: they are told once.
    """
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
    return {uid: tuple(_changed(wording for *_, wording in group)) for uid, group in said.items()}


def _changed(wordings: Iterable[Wording]) -> Iterator[Wording]:
    last = None
    for wording in wordings:
        if wording.text != last:
            yield wording
        last = wording.text
