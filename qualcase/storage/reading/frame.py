"""The coded data of a project as columns, read with a handful of set queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import func, select

from qualcase.coding.frame import VALENCE_MARKS, CodedData, CodingColumns, SpanColumns
from qualcase.storage.reading.chronology import read_chronology
from qualcase.storage.reading.codes import list_codebooks
from qualcase.storage.reading.sources import list_sources
from qualcase.storage.reading.speech import find_speakers
from qualcase.storage.schema import codes, codings, material
from qualcase.storage.texts import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray
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
        text_place = {text: number for number, (_, text, _) in enumerate(keys)}
        all_codes = tuple(code for book in books for code in book.codes)
        coders = tuple(
            connection.execute(
                select(material.coder.c.id, material.coder.c.name)
                .where(material.coder.c.deleted == 0)
                .order_by(material.coder.c.id)
            )
        )
        rows = _coding_rows(connection, query)
        turns, speech = find_speakers(connection, text_place)
        cases, memberships = _cases(connection, place)
        return CodedData(
            sources=sources,
            codebooks=books,
            codes=all_codes,
            coders=tuple(name for _, name in coders),
            cases=cases,
            speakers=speech.labels,
            voices=speech.voices
            + tuple(sorted({s.informant for s in sources if s.informant} - set(speech.voices))),
            codings=_columns(
                connection, rows, place, [key for key, _ in coders], speech, sources, memberships
            ),
            turns=turns,
            sentences=_sentences(connection, text_place) if query.sentences else SpanColumns(),
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
        .order_by(_source.c.position, _source.c.id)
    )
    return [(key, text, uid) for key, text, uid in connection.execute(query)]


def _coding_rows(connection: Connection, query: FrameQuery) -> list[Any]:
    statement = (
        select(
            _coding.c.uid, _coding.c.source_id, _coding.c.start, _coding.c.end, _coding.c.code_id,
            _coding.c.coder_id, _coding.c.valence, _coding.c.key, _coding.c.origin,
        )
        .join(_source, _source.c.id == _coding.c.source_id)
        .join(_version, (_version.c.id == _coding.c.text_id) & (_version.c.uid == _source.c.text_uid))
        .where(_coding.c.until.is_(None), _coding.c.state.is_(None))
        .order_by(_source.c.position, _coding.c.source_id, _coding.c.start, _coding.c.end, _coding.c.uid)
    )  # fmt: skip
    if query.coders:
        wanted = select(material.coder.c.id).where(material.coder.c.folded.in_(query.coders))
        statement = statement.where(_coding.c.coder_id.in_(wanted))
    if query.unaided:
        statement = statement.where(_coding.c.origin.is_(None))
    layer = _coding.c.layer == query.layer if query.layer else _coding.c.layer.is_(None)
    return list(connection.execute(statement.where(layer)))


def _in_doubt(connection: Connection) -> tuple[str, ...]:
    # Their places are those of an older text: they count again when a person has settled them.
    query = select(func.count()).where(_coding.c.until.is_(None), _coding.c.state.is_not(None))
    count = connection.scalar(query) or 0
    return (f"left out: {count} codings in review",) if count else ()


def _columns(  # noqa: PLR0917 - each is one thing read before
    connection: Connection,
    rows: list[Any],
    place: dict[int, int],
    coders: list[int],
    speech: Any,  # noqa: ANN401 - see reading.speech
    sources: tuple[Source, ...],
    memberships: list[tuple[int, int]],
) -> CodingColumns:
    if not rows:
        return CodingColumns()
    uids, source_ids, starts, ends, code_ids, coder_ids, valences, keys, origins = zip(*rows, strict=True)
    code_place = {key: number for number, key in enumerate(_code_keys(connection))}
    coder_place = {key: number for number, key in enumerate(coders)}
    source = _whole(place[key] for key in source_ids)
    start, end = _whole(starts), _whole(ends)
    speaker, voice = speech.of_spans(source, start, end)
    informants = _informants(sources, speech.voices)
    pairs = _case_pairs(source, memberships)
    return CodingColumns(
        uid=uids,
        source=source,
        start=start,
        end=end,
        code=_whole(code_place[key] for key in code_ids),
        coder=_whole(coder_place[key] for key in coder_ids),
        speaker=speaker,
        voice=np.where(voice >= 0, voice, informants[source]),
        valence=_whole(VALENCE_MARKS.index(mark or "") for mark in valences),
        key=np.array([bool(value) for value in keys], dtype=np.bool_),
        unaided=np.array([origin is None for origin in origins], dtype=np.bool_),
        case_coding=pairs[:, 0],
        case_case=pairs[:, 1],
    )


def _whole(values: Any) -> NDArray[np.int64]:  # noqa: ANN401 - any iterable of whole numbers
    return np.array(list(values), dtype=np.int64)


def _code_keys(connection: Connection) -> list[int]:
    book = codes.codebook
    query = (
        select(codes.code.c.id)
        .join(book, book.c.id == codes.code.c.codebook_id)
        .where(codes.code.c.deleted == 0, book.c.deleted == 0)
        .order_by(book.c.position, codes.code.c.position, codes.code.c.id)
    )
    return list(connection.scalars(query))


def _informants(sources: tuple[Source, ...], voices: tuple[str, ...]) -> NDArray[np.int64]:
    everybody = voices + tuple(sorted({s.informant for s in sources if s.informant} - set(voices)))
    number = {name: index for index, name in enumerate(everybody)}
    return _whole(number[source.informant] if source.informant else -1 for source in sources)


def _cases(connection: Connection, place: dict[int, int]) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    case, member = material.case, material.case_member
    rows = list(
        connection.execute(select(case.c.id, case.c.name).where(case.c.deleted == 0).order_by(case.c.id))
    )
    number = {key: index for index, (key, _) in enumerate(rows)}
    query = select(member.c.source_id, member.c.case_id).where(
        member.c.deleted == 0, member.c.speaker_id.is_(None), member.c.turn.is_(None)
    )
    pairs = [(place[s], number[c]) for s, c in connection.execute(query) if s in place and c in number]
    return tuple(name for _, name in rows), sorted(set(pairs))


def _case_pairs(source: NDArray[np.int64], memberships: list[tuple[int, int]]) -> NDArray[np.int64]:
    parts = [
        np.column_stack((hits, np.full(len(hits), case)))
        for place, case in memberships
        if len(hits := np.flatnonzero(source == place))
    ]
    pairs = np.concatenate(parts) if parts else np.empty((0, 2), dtype=np.int64)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def _sentences(connection: Connection, text_place: dict[int, int]) -> SpanColumns:
    part = material.sentence
    query = select(part.c.text_id, part.c.start, part.c.end).order_by(part.c.text_id, part.c.position)
    rows = np.array([tuple(row) for row in connection.execute(query)], dtype=np.int64).reshape(-1, 3)
    kept = rows[np.isin(rows[:, 0], list(text_place))]
    source = _whole(text_place[key] for key in kept[:, 0].tolist())
    return SpanColumns(source, kept[:, 1], kept[:, 2], np.full(len(kept), -1, dtype=np.int64))


def _attributes(sources: tuple[Source, ...]) -> dict[str, tuple[str | None, ...]]:
    names = dict.fromkeys(name for source in sources for name in source.attributes)
    return {name: tuple(source.attributes.get(name) for source in sources) for name in names}
