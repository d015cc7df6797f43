"""Live codings as columns, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import select

from qualcase.coding.frame import VALENCE_MARKS, CodingColumns
from qualcase.coding.queries.spans import FAR
from qualcase.storage.errors import DamagedProjectError
from qualcase.storage.schema import material
from qualcase.storage.sqlite.columns import read_columns, write_uids

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from qualcase.model.source import Source
    from qualcase.storage.reading.speech import Speech

    Whole = NDArray[np.int64]

_EXPRESSIONS = (
    "text_id", "start", '"end"', "code_id", "coder_id",
    f"instr('{''.join(VALENCE_MARKS)}', nullif(valence, ''))", "key", "origin IS NULL",
)  # fmt: skip
_PLACED = "until IS NULL AND state IS NULL"


@dataclass(frozen=True, slots=True)
class Places:
    """The keys of current texts, codes and coders, each list in the order of the values of the frame."""

    texts: Sequence[int]
    codes: Sequence[int]
    coders: Sequence[int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which codings: of which coders by folded name (empty: all), in which layer (None: the coders' own)."""

    coders: tuple[str, ...] = ()
    layer: str | None = None
    unaided: bool = False


def places_of(keys: Iterable[int]) -> Whole:
    """Return by key the place that it has among the keys, and −1 for every other."""
    known = np.fromiter(keys, dtype=np.int64)
    places = np.full(int(known.max(initial=-1)) + 2, -1, dtype=np.int64)
    places[known] = np.arange(len(known))
    return places


def placed(places: Whole, keys: Whole) -> Whole:
    """Return the place of each key; keys beyond all that are known have none."""
    found: Whole = places[np.minimum(keys, len(places) - 1)]
    return found


def read_codings(
    connection: Connection,
    wanted: Wanted,
    places: Places,
    speech: Speech,
    sources: tuple[Source, ...],
    memberships: Sequence[tuple[int, int]],
) -> CodingColumns:
    """Return the codings that have a place in a source's present text, ordered by source, start, end, uid.

    `memberships` pairs sources with cases, both by place. Raises DamagedProjectError where a coding rests
    on a code or a coder that is gone.
    """
    where, given = _condition(connection, wanted)
    rows = read_columns(connection, "coding", _EXPRESSIONS, where=where, given=given, uid=True)
    source = placed(places_of(places.texts), rows.numbers[0])
    order = _order(source, rows.numbers[1], rows.numbers[2], rows.uids)
    source = source[order]
    start, end, codes, coders, valence, key, unaided = (column[order] for column in rows.numbers[1:])
    speaker, voice, untold = speech.of_spans(source, start, end)
    pairs = _case_pairs(source, memberships)
    return CodingColumns(
        uid=write_uids(rows.uids[order]),
        source=source,
        start=start,
        end=end,
        code=_living(places_of(places.codes), codes),
        coder=_living(places_of(places.coders), coders),
        speaker=speaker,
        voice=np.where(untold, _informants(sources, speech.voices)[source], voice),
        valence=valence,
        key=key.astype(np.bool_),
        unaided=unaided.astype(np.bool_),
        case_coding=pairs[:, 0],
        case_case=pairs[:, 1],
    )


def _condition(connection: Connection, wanted: Wanted) -> tuple[str, tuple[object, ...]]:
    layer = "layer IS NULL" if wanted.layer is None else "layer = ?"
    given: tuple[object, ...] = () if wanted.layer is None else (wanted.layer,)
    unaided = " AND origin IS NULL" if wanted.unaided else ""
    coders = ""
    if wanted.coders:
        folded = material.coder.c.folded.in_(wanted.coders)
        keys = tuple(connection.scalars(select(material.coder.c.id).where(folded)))
        coders = f" AND coder_id IN ({', '.join('?' * len(keys))})"
        given = (*given, *keys)
    return f"{_PLACED} AND {layer}{unaided}{coders}", given


def _order(source: Whole, start: Whole, end: Whole, uids: NDArray[np.uint64]) -> Whole:
    """Return the places of the rows that lie in a present text, in the order in which codings are listed."""
    line = source * FAR + start
    order = np.argsort(line, kind="stable")
    # Few begin at one place, so only those are put in order by all that orders them.
    same = line[order[1:]] == line[order[:-1]]
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    some = order[tied]
    order[tied] = some[np.lexsort((uids[some, 1], uids[some, 0], end[some], line[some]))]
    return order[np.count_nonzero(source < 0) :]


def _living(places: Whole, keys: Whole) -> Whole:
    found = placed(places, keys)
    if found.min(initial=0) < 0:
        message = "A coding rests on a code or a coder that is not there any more."
        raise DamagedProjectError(message, hint="`qualcase check` lists what is wrong with the project.")
    return found


def everybody(sources: tuple[Source, ...], voices: tuple[str, ...]) -> tuple[str, ...]:
    """Return the voices of the turns, then the informants who are not among them."""
    return voices + tuple(sorted({one.informant for one in sources if one.informant} - set(voices)))


def _informants(sources: tuple[Source, ...], voices: tuple[str, ...]) -> Whole:
    number = {name: place for place, name in enumerate(everybody(sources, voices))}
    return np.array([number[one.informant] if one.informant else -1 for one in sources], dtype=np.int64)


def _case_pairs(source: Whole, memberships: Sequence[tuple[int, int]]) -> Whole:
    """Return the pairs of codings and cases, both by place, ordered by coding, then case."""
    members = np.array(memberships, dtype=np.int64).reshape(-1, 2)
    first = np.searchsorted(source, members[:, 0], side="left")
    count = np.searchsorted(source, members[:, 0], side="right") - first
    steps = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    pairs = np.column_stack((np.repeat(first, count) + steps, np.repeat(members[:, 1], count)))
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
