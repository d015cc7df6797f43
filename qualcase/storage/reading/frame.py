"""The coded data of a project as columns, read with a handful of set queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import func, select

from qualcase.coding.frame import CodedData, SpanColumns, left_in_review
from qualcase.storage.reading.chronology import read_chronology
from qualcase.storage.reading.codes import list_codebooks
from qualcase.storage.reading.coding_columns import (
    Places,
    Wanted,
    everybody,
    placed,
    places_of,
    read_codings,
)
from qualcase.storage.reading.sources import list_sources
from qualcase.storage.reading.speech import TEXTS_AT_ONCE, find_speakers
from qualcase.storage.schema import codes, codings, material
from qualcase.storage.sqlite.columns import read_columns
from qualcase.storage.texts import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection

    from qualcase.model.source import Source
    from qualcase.storage.store import Store

_coding, _source, _version = codings.coding, material.source, material.text_version


@dataclass(frozen=True, slots=True)
class FrameQuery:
    """What to read: coders by folded name (empty: all), one layer, and whether sentences are needed."""

    coders: tuple[str, ...] = ()
    layer: str | None = None
    sentences: bool = False
    unaided: bool = False


class Texts:
    """The sources' texts by position, each read when it is first asked for."""

    def __init__(self, store: Store, text_uids: list[str]) -> None:
        self._store = store
        self._uids = text_uids
        self._known: dict[int, str] = {}

    def __getitem__(self, position: int) -> str:
        """Return the text of the source at a position."""
        if position not in self._known:
            with self._store.reading() as connection:
                self._known[position] = read_text(connection, self._uids[position])
        return self._known[position]

    def __iter__(self) -> Iterator[int]:
        """Yield the positions of all sources."""
        return iter(range(len(self._uids)))

    def __len__(self) -> int:
        """Return how many sources there are."""
        return len(self._uids)


def read_frame(store: Store, query: FrameQuery, *, project: str, mode: str) -> CodedData:
    """Return the coded data of a project under a query."""
    with store.reading() as connection:
        sources = list_sources(connection)
        books = list_codebooks(connection)
        keys = _source_keys(connection)
        place = {key: number for number, (key, _, _) in enumerate(keys)}
        texts = [text for _, text, _ in keys]
        coders = _coders(connection)
        turns, speech = find_speakers(connection, texts)
        cases, memberships = _cases(connection, place)
        return CodedData(
            sources=sources,
            codebooks=books,
            codes=tuple(code for book in books for code in book.codes),
            coders=tuple(coders.values()),
            cases=cases,
            speakers=speech.labels,
            voices=everybody(sources, speech.voices),
            codings=read_codings(
                connection,
                Wanted(query.coders, query.layer, query.unaided),
                Places(texts, _code_keys(connection), tuple(coders)),
                speech,
                sources,
                memberships,
            ),
            turns=turns,
            sentences=_sentences(connection, texts) if query.sentences else SpanColumns(),
            texts=_texts(store, keys),
            interviewers=speech.interviewers,
            chronology=read_chronology(connection),
            attributes=_attributes(sources),
            layer=query.layer or (", ".join(query.coders) if query.coders else "all coders"),
            filters=_in_doubt(connection),
            project=project,
            mode=mode,
        )


def _texts(store: Store, keys: list[tuple[int, int, str]]) -> Mapping[int, str]:
    return Texts(store, [uid for _, _, uid in keys])  # type: ignore[return-value]


def _source_keys(connection: Connection) -> list[tuple[int, int, str]]:
    query = (
        select(_source.c.id, _version.c.id, _version.c.uid)
        .join(_version, _version.c.uid == _source.c.text_uid)
        .where(_source.c.deleted == 0)
        .order_by(_source.c.position, _source.c.uid)
    )
    return [(key, text, uid) for key, text, uid in connection.execute(query)]


def _coders(connection: Connection) -> dict[int, str]:
    coder = material.coder
    query = select(coder.c.id, coder.c.name).where(coder.c.deleted == 0).order_by(coder.c.uid)
    return dict(connection.execute(query).all())


def _in_doubt(connection: Connection) -> tuple[str, ...]:
    # Their places are those of an older text: they count again when a person has settled them.
    query = select(func.count()).where(_coding.c.until.is_(None), _coding.c.state.is_not(None))
    count = connection.scalar(query) or 0
    return left_in_review(count)


def _code_keys(connection: Connection) -> list[int]:
    book = codes.codebook
    query = (
        select(codes.code.c.id)
        .join(book, book.c.id == codes.code.c.codebook_id)
        .where(codes.code.c.deleted == 0, book.c.deleted == 0)
        .order_by(book.c.position, codes.code.c.position, codes.code.c.uid)
    )
    return list(connection.scalars(query))


def _cases(connection: Connection, place: dict[int, int]) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    case, member = material.case, material.case_member
    rows = list(
        connection.execute(select(case.c.id, case.c.name).where(case.c.deleted == 0).order_by(case.c.uid))
    )
    number = {key: index for index, (key, _) in enumerate(rows)}
    query = select(member.c.source_id, member.c.case_id).where(
        member.c.deleted == 0, member.c.speaker_id.is_(None), member.c.turn.is_(None)
    )
    pairs = [(place[s], number[c]) for s, c in connection.execute(query) if s in place and c in number]
    return tuple(name for _, name in rows), sorted(set(pairs))


def _sentences(connection: Connection, texts: list[int]) -> SpanColumns:
    rows = read_columns(connection, "sentence", ("text_id", "start", '"end"'), portion=TEXTS_AT_ONCE)
    source = placed(places_of(texts), rows.numbers[0])
    order = np.lexsort((rows.numbers[1], source))[np.count_nonzero(source < 0) :]
    nobody = np.full(len(order), -1, dtype=np.int64)
    return SpanColumns(source[order], rows.numbers[1][order], rows.numbers[2][order], nobody)


def _attributes(sources: tuple[Source, ...]) -> dict[str, tuple[str | None, ...]]:
    names = dict.fromkeys(name for source in sources for name in source.attributes)
    return {name: tuple(source.attributes.get(name) for source in sources) for name in names}
