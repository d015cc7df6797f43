"""Which passage a coding is on, for finding two of one coder that are one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, select

from qualcase.storage.records import chunks
from qualcase.storage.schema import codes, codings, material

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable

    from sqlalchemy import Connection, Select

    from qualcase.model.operation import Fields

_coding = codings.coding
_FEW = 100


class CodedPlace(NamedTuple):
    """What a coder gave which code, all by uid; two codings of one such place say one thing."""

    source: str
    text: str
    start: int
    end: int
    code: str
    coder: str
    layer: str | None


def place_of(fields: Fields) -> CodedPlace | None:
    """Return the place of a coding by its fields; None while it is in review, and so has none."""
    if fields.get("state"):
        return None
    return CodedPlace(*(fields.get(name) for name in CodedPlace._fields))  # type: ignore[arg-type]


def coded_places(
    connection: Connection, places: Collection[CodedPlace], since: int = 0
) -> dict[CodedPlace, dict[str, str]]:
    """Return the live codings on some places, by place: their coders' names, by uid.

    With `since` only those that were written after that operation of this file.
    """
    found: dict[CodedPlace, dict[str, str]] = {}
    few = len(places) <= _FEW
    given: Fields = {"codes": list({place.code for place in places}), "since": since}
    if few:  # One passage is found by where it begins; of thousands all that is under the code is read.
        given["starts"] = list({place.start for place in places})
    for part in chunks({place.source for place in places}):
        for uid, name, *fields in connection.execute(_query(few=few), {**given, "sources": part}):
            place = CodedPlace(*fields)
            if place in places:
                found.setdefault(place, {})[uid] = name
    return found


@cache
def _query(*, few: bool) -> Select[Any]:
    found = _all_codings()
    return found.where(_coding.c.start.in_(bindparam("starts", expanding=True))) if few else found


def _all_codings() -> Select[Any]:
    source, text, code, coder = material.source, material.text_version, codes.code, material.coder
    return (
        select(
            _coding.c.uid, coder.c.name, source.c.uid, text.c.uid, _coding.c.start, _coding.c.end,
            code.c.uid, coder.c.uid, _coding.c.layer,
        )
        .join(source, source.c.id == _coding.c.source_id)
        .join(text, text.c.id == _coding.c.text_id)
        .join(code, code.c.id == _coding.c.code_id)
        .join(coder, coder.c.id == _coding.c.coder_id)
        .where(
            _coding.c.until.is_(None),
            _coding.c.state.is_(None),
            _coding.c.since > bindparam("since"),
            source.c.uid.in_(bindparam("sources", expanding=True)),
            code.c.uid.in_(bindparam("codes", expanding=True)),
        )
        .order_by(_coding.c.uid)
    )  # fmt: skip


def find_twin(
    connection: Connection, fields: Iterable[Fields], own: Container[str], since: int
) -> tuple[CodedPlace, str] | None:
    """Return where a coding written after operation `since` lies that says what one of these does, and whose.

    `fields` are those of the codings asked for, `own` their uids, which are no twins of each other.
    """
    there = coded_places(connection, {place for one in fields if (place := place_of(one))}, since)
    return next(
        (
            (place, name)
            for place in sorted(there, key=lambda one: (one.source, one.start, one.end))
            for uid, name in there[place].items()
            if uid not in own
        ),
        None,
    )


def memos_on_codings(connection: Connection, uids: Iterable[str]) -> dict[str, str]:
    """Return the live memos on some codings: by the uid of the memo that of the coding."""
    memo = codings.memo
    query = select(memo.c.uid, memo.c.about_uid).where(memo.c.deleted == 0, memo.c.about_kind == "coding")
    found: dict[str, str] = {}
    for part in chunks(uids):
        found |= dict(connection.execute(query.where(memo.c.about_uid.in_(part))).all())
    return found
