"""Texts on their way in: kept in portions before the act that brings them, shown by nothing until then.

A staged source is a row such as an undone import leaves behind: deleted, with its text, its parts and its
words in place. What tells it apart is its clock, which no act has, and all else that a source says of itself
is empty. The act brings it to life as doing an act again does; until then all reading passes over it.
"""

from __future__ import annotations

import os
import platform
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, exists, insert, select

from qualcase.model.identity import decode_uid
from qualcase.storage.schema import material
from qualcase.storage.search import withdraw_text
from qualcase.storage.texts import hash_structure, hash_text, read_text, store_content, store_parts

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table

    from qualcase.storage.texts import NewText

BEFORE_ANY_ACT = 0
_GIVEN_UP_AFTER = 3600  # Seconds; said of a process that cannot be asked whether it still runs.
_NOTHING = dict.fromkeys(("handle", "name", "path", "title", "kind", "format", "encoding"), "")

_source, _version, _speaker = material.source, material.text_version, material.speaker


def is_staged(table: Table) -> ColumnElement[bool]:
    """Return the condition that a record's row is not yet any act's."""
    return and_(table.c.clock == BEFORE_ANY_ACT, table.c.deleted == 1)


def stage(connection: Connection, source: str, sha256: str, new: NewText, owner: str) -> None:
    """Keep the text that a source will have, with its parts, words and file; `owner` names the import."""
    kept = connection.scalar(select(material.original.c.id).where(material.original.c.sha256 == sha256))
    state = {"clock": BEFORE_ANY_ACT, "writer": owner, "deleted": 1}
    about = {"host": platform.node(), "process": os.getpid(), "file": kept is None}
    row = {"uid": source, "sha256": sha256, "position": 0, "text_uid": new.uid, "metadata": about}
    connection.execute(insert(_source).values(**state, **_NOTHING, **row))
    key = connection.scalars(select(_source.c.id).where(_source.c.uid == source)).one()
    facts = {
        "sha256": hash_text(new.text),
        "structure": hash_structure(new.turns, new.blocks, new.sentences),
        "characters": len(new.text),
        "words": 0,
    }
    connection.execute(insert(_version).values(**state, **facts, uid=new.uid, source_id=key, number=1))
    labels = [
        {**state, "uid": uid, "source_id": key, "label": label} for label, uid in (new.speakers or {}).items()
    ]
    if labels:
        connection.execute(insert(_speaker), labels)
    store_content(connection, new)
    store_parts(connection, new)


def staged_by(connection: Connection, owner: str) -> list[str]:
    """Return the sources that wait for an import's act."""
    return list(
        connection.scalars(select(_source.c.uid).where(is_staged(_source), _source.c.writer == owner))
    )


def abandoned(connection: Connection) -> list[str]:
    """Return the staged sources whose import is not at work any more, as after a kill or a power cut."""
    rows = connection.execute(select(_source.c.uid, _source.c.metadata).where(is_staged(_source)))
    return [uid for uid, about in rows if not _is_at_work(uid, about or {})]


def _is_at_work(uid: str, about: dict[str, Any]) -> bool:
    if os.name != "posix" or about.get("host") != platform.node():
        made = int.from_bytes(decode_uid(uid)[:6], "big") / 1000
        return time.time() - made < _GIVEN_UP_AFTER
    try:
        os.kill(int(about["process"]), 0)  # asks only; nothing is sent
    except ProcessLookupError:
        return False
    except PermissionError:  # It runs, and is somebody else's.
        return True
    return True


def unstage(connection: Connection, source: str) -> None:
    """Remove a staged source with all that was kept for it and that nothing else rests on."""
    row = connection.execute(
        select(_source.c.id, _source.c.sha256, _source.c.metadata).where(
            is_staged(_source), _source.c.uid == source
        )
    ).first()
    if row is None:
        return
    of_it = select(_version.c.id, _version.c.uid, _version.c.sha256).where(_version.c.source_id == row.id)
    for key, uid, digest in connection.execute(of_it).all():
        withdraw_text(connection, key, read_text(connection, uid))
        for part in (material.turn, material.block, material.sentence):
            connection.execute(delete(part).where(part.c.text_id == key))
        connection.execute(delete(_version).where(_version.c.id == key))
        _remove_unused(connection, material.content, _version, digest)
    connection.execute(delete(_speaker).where(_speaker.c.source_id == row.id))
    connection.execute(delete(_source).where(_source.c.id == row.id))
    if (row.metadata or {}).get("file"):
        _remove_unused(connection, material.original, _source, row.sha256)


def _remove_unused(connection: Connection, table: Table, user: Table, digest: str) -> None:
    used = exists().where(user.c.sha256 == digest)
    connection.execute(delete(table).where(table.c.sha256 == digest, ~used))
