"""Codings and decisions as values."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from qualcase.model.coding import Coding
from qualcase.model.identity import UID_LENGTH, decode_uid
from qualcase.storage.records import chunks
from qualcase.storage.schema import codes, codings, material

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Select

    from qualcase.model.operation import Fields

_coding = codings.coding
# What is read of a coding, in the order in which it is taken apart; found by place, since 30,000 rows are.
_FIELDS = (
    "text_id", "uid", "start", "end", "source", "code", "coder", "layer",
    "memo", "valence", "stance", "voice", "weight", "key", "origin", "state", "codebook_version",
)  # fmt: skip
# 48 bits of milliseconds are the first ten digits of five bits, with two bits to spare in front.
_MOMENT_DIGITS = 10
_MOMENTS = 4096


@dataclass(frozen=True, slots=True)
class CodingQuery:
    """Which codings to read: uids of sources, code ids, names of coders; empty means all."""

    sources: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    uids: tuple[str, ...] = ()
    layer: str | None = None


def made_at(uid: str) -> str:
    """Return when a thing was made, in ISO 8601 UTC: a UUIDv7 begins with its moment."""
    return _moment(uid[:_MOMENT_DIGITS])


@lru_cache(_MOMENTS)
def _moment(beginning: str) -> str:
    # Things made in one go share their moment, and those made one after the other often their second.
    raw = decode_uid(beginning.ljust(UID_LENGTH, "0"))
    seconds, milliseconds = divmod(int.from_bytes(raw[:6], "big"), 1000)
    return f"{_second(seconds)}.{milliseconds:03}Z"


@lru_cache(_MOMENTS)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).replace(tzinfo=None).isoformat(timespec="seconds")


def list_codings(connection: Connection, query: CodingQuery) -> tuple[Coding, ...]:
    """Return live codings ordered by source, start and end, each with the words that it covers."""
    names = ("sources", "codes", "coders", "uids", "layer")
    given = {name: value for name in names if (value := getattr(query, name))}
    return read_codings(connection, _live(frozenset(given)), given)


def read_codings(connection: Connection, query: Any, given: Fields | None = None) -> tuple[Coding, ...]:  # noqa: ANN401 - a select
    """Return the codings that a query made from `select_codings` finds."""
    result = connection.execute(query, given)
    keys = list(result.keys())
    fields = itemgetter(*(keys.index(name) for name in _FIELDS))
    rows = [fields(row) for row in result.all()]
    texts = read_texts(connection, {row[0] for row in rows})
    return tuple(_coding_of(row, texts[row[0]]) for row in rows)


@cache
def select_codings() -> Any:  # noqa: ANN401 - a select
    """Return the query for all states of all codings, in the order in which codings are listed."""
    source, code, coder = material.source, codes.code, material.coder
    return (
        select(
            _coding, source.c.handle.label("source"), code.c.handle.label("code"), coder.c.name.label("coder")
        )
        .join(source, source.c.id == _coding.c.source_id)
        .join(code, code.c.id == _coding.c.code_id)
        .join(coder, coder.c.id == _coding.c.coder_id)
        .order_by(
            source.c.position,
            source.c.uid,
            _coding.c.start,
            _coding.c.end,
            code.c.position,
            coder.c.folded,
            _coding.c.uid,
        )
    )


@cache
def _live(given: frozenset[str]) -> Any:  # noqa: ANN401 - a select
    statement = select_codings().where(_coding.c.until.is_(None))
    for column, name in (
        (material.source.c.uid, "sources"),
        (codes.code.c.handle, "codes"),
        (material.coder.c.folded, "coders"),
        (_coding.c.uid, "uids"),
    ):
        if name in given:
            statement = statement.where(column.in_(bindparam(name, expanding=True)))
    return statement.where(_coding.c.layer == bindparam("layer")) if "layer" in given else statement


def read_texts(connection: Connection, keys: Iterable[int]) -> dict[int, str]:
    """Return the texts of text versions by their keys."""
    version, content = material.text_version, material.content
    query = select(version.c.id, content.c.text).join(content, content.c.sha256 == version.c.sha256)
    found: dict[int, str] = {}
    for part in chunks(keys):
        found |= dict(connection.execute(query.where(version.c.id.in_(part))).all())
    return found


def _coding_of(values: tuple[Any, ...], text: str) -> Coding:
    _, uid, start, end, source, code, coder, layer, *about = values
    memo, valence, stance, voice, weight, key, origin, state, codebook_version = about
    return Coding(
        uid=uid,
        source=source,
        start=start,
        end=end,
        quote=text[start:end],
        code=code,
        coder=coder,
        layer=layer or coder,
        memo=memo,
        valence=valence,
        stance=stance,
        voice=voice,
        weight=weight,
        key=bool(key),
        origin=origin or "person",
        state=state or "placed",
        codebook_version=codebook_version,
        created_at=made_at(uid),
    )


def coded_spans(connection: Connection, source: str, code: str, coder: str) -> set[tuple[int, int]]:
    """Return the spans of a source's present text that a coder's own layer has under a code; all are uids.

    What waits in review has its numbers from an older text, where other words stand.
    """
    rows = connection.execute(_spans_query(), {"source": source, "code": code, "coder": coder})
    return {(start, end) for start, end in rows}


@cache
def _spans_query() -> Select[Any, Any]:
    version, source = material.text_version, material.source
    present = (
        select(version.c.id)
        .join(source, source.c.text_uid == version.c.uid)
        .where(source.c.uid == bindparam("source"))
    )
    query = select(_coding.c.start, _coding.c.end).where(
        _coding.c.until.is_(None),
        _coding.c.layer.is_(None),
        _coding.c.state.is_(None),
        _coding.c.text_id == present.scalar_subquery(),
    )
    return _of_coder(query, _coding)


def _of_coder(query: Select[Any, Any], table: Any) -> Select[Any, Any]:  # noqa: ANN401 - a table
    """Narrow a query to one source, code and coder, each given by its uid."""
    for column, owner, name in (
        (table.c.source_id, material.source, "source"),
        (table.c.code_id, codes.code, "code"),
        (table.c.coder_id, material.coder, "coder"),
    ):
        key = select(owner.c.id).where(owner.c.uid == bindparam(name)).scalar_subquery()
        query = query.where(column == key)
    return query


def find_coding_uids(connection: Connection, name: str) -> list[str]:
    """Return live codings whose uid begins with a name or ends with it; the name is checked by the caller."""
    query = select(_coding.c.uid).where(_coding.c.until.is_(None))
    if len(name) == UID_LENGTH:
        with contextlib.suppress(ValueError):
            decode_uid(name)
            query = query.where(_coding.c.uid == name)
    uids = connection.scalars(query)
    return [uid for uid in uids if uid.startswith(name) or uid.endswith(name)]


def decided_spans(connection: Connection, source: str, code: str, coder: str) -> set[tuple[int, int]]:
    """Return the spans of a source for which a coder has answered the suggestion of a code; all are uids."""
    rows = connection.execute(_decided_query(), {"source": source, "code": code, "coder": coder})
    return {(start, end) for start, end in rows}


@cache
def _decided_query() -> Select[Any, Any]:
    decision = codings.decision
    return _of_coder(select(decision.c.start, decision.c.end).where(decision.c.deleted == 0), decision)


def list_decisions(connection: Connection, coder: str | None = None) -> list[dict[str, Any]]:
    """Return the verdicts on suggestions: source uid, start, end, code id, coder, verdict, stage."""
    decision, source, code, who = codings.decision, material.source, codes.code, material.coder
    query = (
        select(
            source.c.uid.label("source"), decision.c.start, decision.c.end, code.c.handle.label("code"),
            who.c.name.label("coder"), who.c.folded, decision.c.verdict, decision.c.stage,
        )
        .join(source, source.c.id == decision.c.source_id)
        .join(code, code.c.id == decision.c.code_id)
        .join(who, who.c.id == decision.c.coder_id)
        .where(decision.c.deleted == 0)
    )  # fmt: skip
    if coder is not None:
        query = query.where(who.c.folded == coder)
    return [dict(row) for row in connection.execute(query).mappings()]
