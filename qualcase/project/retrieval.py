"""What a question found, to be read page by page: a code's passages, a question's, a search's, evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Protocol

import numpy as np

from qualcase.codebook.tree import subtree as codes_below
from qualcase.coding.frame import IN_REVIEW, left_in_review
from qualcase.coding.queries.grammar import All, Any, Link, read_question
from qualcase.coding.queries.spans import FAR
from qualcase.coding.speaking import speaker_of
from qualcase.project.arranging import Columns, arrange, speakers_of
from qualcase.project.codes_asked import codes_asked
from qualcase.project.independence import seen_usage
from qualcase.project.segments import Spot, read_segments
from qualcase.text.name_order import name_order

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from qualcase.coding.frame import CodedData
    from qualcase.coding.queries.grammar import Question
    from qualcase.coding.queries.spans import Spans
    from qualcase.model.coding import Coding
    from qualcase.project.arranging import Group
    from qualcase.project.project import Project
    from qualcase.project.queries import Answer
    from qualcase.project.segments import Segment

    Whole = NDArray[np.int64]

MOST_HITS = 10_000
_AT_ONCE = 4_000_000  # pairs of passages and codings that are looked at together


class Listing(Protocol):
    """Rows of passages in their order; each page is read when it is asked for."""

    groups: tuple[Group, ...]

    def __len__(self) -> int: ...

    def segments(self, first: int, limit: int, context: int) -> tuple[Segment, ...]:
        """Return the passages of some rows, with `context` characters on either side."""

    def uids(self, rows: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of the codings of some rows, each once."""


class CodePages:
    """The codings of a code in the order of sources and places, straight from the file: no groups."""

    def __init__(self, project: Project, code: str, *, subtree: bool) -> None:
        self._project = project
        self._code = code
        self._subtree = subtree
        self.groups: tuple[Group, ...] = ()
        self._sources = {source.handle: source for source in project.sources.list()}
        self._total, _ = self._page(0, 1)

    def __len__(self) -> int:
        return self._total

    def segments(self, first: int, limit: int, context: int) -> tuple[Segment, ...]:
        """Return the passages of some rows."""
        self._total, codings = self._page(first, limit)
        return read_segments(self._project, [self._spot(coding) for coding in codings], context)

    def uids(self, rows: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of the codings of some rows."""
        if not rows:
            return ()
        first = min(rows)
        _, codings = self._page(first, max(rows) - first + 1)
        return tuple(codings[row - first].uid for row in rows if row - first < len(codings))

    def _spot(self, coding: Coding) -> Spot:
        source = self._sources[coding.source]
        start, end = coding.start, coding.end
        placed = coding.state == "placed"
        speaker = speaker_of(self._project.sources.turns(source), start, end) if placed else None
        return Spot(source, start, end, speaker, (replace(coding, speaker=speaker),))

    def _page(self, first: int, limit: int) -> tuple[int, tuple[Coding, ...]]:
        return self._project.queries.page(self._code, first, max(1, limit), subtree=self._subtree)


class Arranged:
    """Passages held as columns, in groups; words and codings are read for the page that is asked for."""

    def __init__(self, project: Project, data: CodedData, columns: Columns, by: str | None) -> None:
        self._project = project
        self._data = data
        self._columns = columns
        self._by = by
        self._rows = arrange(columns, by, data)
        self.groups = self._rows.groups

    def __len__(self) -> int:
        return len(self._rows.unit)

    def segments(self, first: int, limit: int, context: int) -> tuple[Segment, ...]:
        """Return the passages of some rows, their codings as they are now."""
        rows = np.arange(first, min(len(self), first + limit))
        row, pair = self._pairs(rows)
        wanted = self._columns.pair_uid[pair].tolist()
        found = {coding.uid: coding for coding in self._project.codings.read(tuple(dict.fromkeys(wanted)))}
        of_row: dict[int, list[str]] = {}
        for number, uid in zip(row.tolist(), wanted, strict=True):
            of_row.setdefault(number, []).append(uid)
        spots = [self._spot(int(number), of_row.get(int(number), []), found) for number in rows]
        return read_segments(self._project, spots, context)

    def uids(self, rows: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of the codings of some rows: under a code or coder, those of that one alone."""
        _, pair = self._pairs(np.array(rows, dtype=np.int64))
        return tuple(dict.fromkeys(self._columns.pair_uid[pair].tolist()))

    @cached_property
    def _speakers(self) -> Whole:
        return speakers_of(self._data, self._columns)

    def _pairs(self, rows: Whole) -> tuple[Whole, Whole]:
        """Return the places of all (row, coding behind it)."""
        units = self._rows.unit[rows]
        first = np.searchsorted(self._columns.pair_unit, units, side="left")
        count = np.searchsorted(self._columns.pair_unit, units, side="right") - first
        steps = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        row, pair = np.repeat(rows, count), np.repeat(first, count) + steps
        if self._by not in {"code", "coder"}:
            return row, pair
        # A passage with two codes stands under both, each time with that code's codings alone.
        own = self._columns.pair_code if self._by == "code" else self._columns.pair_coder
        keep = self._own_key[own[pair]] == self._rows.key[row]
        return row[keep], pair[keep]

    @cached_property
    def _own_key(self) -> Whole:
        if self._by == "code":
            return np.arange(len(self._data.codes))
        ranked = sorted(self._data.coders, key=lambda name: (name_order(name), name))
        return np.array([ranked.index(name) for name in self._data.coders], dtype=np.int64)

    def _spot(self, row: int, uids: list[str], found: dict[str, Coding]) -> Spot:
        unit, columns = int(self._rows.unit[row]), self._columns
        codings = tuple(found[uid] for uid in uids if uid in found)
        speaker = int(self._speakers[unit])
        return Spot(
            self._data.sources[int(columns.source[unit])],
            int(columns.start[unit]),
            int(columns.end[unit]),
            self._data.speakers[speaker] if speaker >= 0 else None,
            codings,
            len(uids) - len(codings),
            columns.notes[unit] if columns.notes else "",
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: passages as columns over the data that they point into, and what to say of it."""

    data: CodedData
    columns: Columns
    notes: tuple[str, ...] = ()

    def listing(self, project: Project, by: str | None) -> Arranged:
        """Return the passages in groups."""
        return Arranged(project, self.data, self.columns, by)


def find_of_code(project: Project, code_id: str, *, subtree: bool) -> Found:
    """Return the codings of a code, or of it and all codes below it."""
    code = project.codebook.find(code_id)
    wanted = set(codes_below(project.codebook.home_of(code), code.id)) if subtree else {code.id}
    data = project.codings.data()
    ids = [number for number, one in enumerate(data.codes) if one.id in wanted]
    columns = _of_codings(data, np.flatnonzero(np.isin(data.codings.code, ids)))
    return Found(data, columns, _told(project, data, wanted))


def _told(project: Project, data: CodedData, codes: Collection[str] | None) -> tuple[str, ...]:
    """Return what the data leave out; of what waits for review, the codings of some codes alone."""
    if codes is None:
        return data.filters
    waiting = sum(count for name, count in seen_usage(project, in_review=True).items() if name in codes)
    others = (one for one in data.filters if not one.endswith(IN_REVIEW))
    return (*others, *left_in_review(waiting))


def find_answers(project: Project, written: str) -> Found:
    """Return what answers to a question about codes; BadQueryError says where it cannot be understood."""
    answer = project.queries.ask(written)
    return Found(answer.data, _of_answer(answer), _told(project, answer.data, codes_asked(project, written)))


def find_words(project: Project, written: str) -> Found:
    """Return the hits of a search, at most MOST_HITS of them; BadQueryError where it is none."""
    data = project.codings.data()
    place = {source.handle: number for number, source in enumerate(data.sources)}
    hits = list(islice(project.search.hits(written), MOST_HITS + 1))
    more = (f"only the first {MOST_HITS:,} hits are shown",) if len(hits) > MOST_HITS else ()
    spans = sorted({(place[hit.source], hit.start, hit.end) for hit in hits[:MOST_HITS]})
    return Found(data, _columns(spans), more)


def find_evidence(project: Project, ids: Iterable[str]) -> Found:
    """Return the passages that some ids stand for: codings by their uids, events by their ids or uids."""
    data = project.codings.data()
    wanted = dict.fromkeys(ids)
    known = np.isin(np.array(data.codings.uid, dtype=object), list(wanted))
    if known.any():
        missing = len(wanted) - int(known.sum())
        return Found(data, _of_codings(data, np.flatnonzero(known)), _without(missing))
    place = {source.handle: number for number, source in enumerate(data.sources)}
    events = sorted(
        (place[event.source], event.start, event.end, f"{event.id} {event.title}")
        for event in data.chronology.events
        if (event.id in wanted or event.uid in wanted)
        and event.source in place
        and event.start is not None
        and event.end is not None
    )
    notes = tuple(note for *_, note in events)
    columns = _columns([(source, start, end) for source, start, end, _ in events], notes)
    return Found(data, columns, _without(len(wanted) - len(events)))


def _without(missing: int) -> tuple[str, ...]:
    return (f"{missing} of the evidence has no passage to show",) if missing else ()


def _columns(spans: Sequence[tuple[int, int, int]], notes: tuple[str, ...] = ()) -> Columns:
    source, start, end = np.array(spans, dtype=np.int64).reshape(-1, 3).T
    return Columns(source, start, end, notes=notes)


def _of_codings(data: CodedData, places: Whole) -> Columns:
    held = data.codings
    uids = np.array(held.uid, dtype=object)[places]
    return Columns(
        held.source[places], held.start[places], held.end[places], np.arange(len(places)),
        held.code[places], held.coder[places], uids,
    )  # fmt: skip


def _of_answer(answer: Answer) -> Columns:
    spans = answer.spans
    whole = not _cuts(read_question(answer.written))
    parts = [
        _behind(spans, answer.evaluation.data(layer), np.flatnonzero(mask), whole=whole)
        for layer, mask in answer.evaluation.used
    ]
    unit, code, coder = (np.concatenate([part[place] for part in parts]) for place in range(3))
    uid = np.concatenate([part[3] for part in parts])
    # A coding that two parts of the question ask for is behind a passage once.
    order = np.lexsort((uid.astype(str), unit))
    unit, uid = unit[order], uid[order]
    new = np.concatenate(([True], (unit[1:] != unit[:-1]) | (uid[1:] != uid[:-1]))) if len(unit) else unit > 0
    source = spans.start // FAR
    start, end = spans.start - source * FAR, spans.end - source * FAR
    return Columns(source, start, end, unit[new], code[order][new], coder[order][new], uid[new])


def _cuts(question: Question) -> bool:
    """Tell whether the answers may be parts of what was coded, as where two codes meet."""
    if isinstance(question, All):
        return len(question.parts) > 1 or any(map(_cuts, question.parts))
    if isinstance(question, Any):
        return any(map(_cuts, question.parts))
    return isinstance(question, Link) and _cuts(question.left)


def _behind(
    spans: Spans, data: CodedData, places: Whole, *, whole: bool
) -> tuple[Whole, Whole, Whole, NDArray[np.object_]]:
    """Return (passage, code, coder, uid) of all codings that share a character with a passage.

    Where the passages are `whole` codings, those of just that passage.
    """
    held = data.codings
    line = held.source[places] * FAR
    begin, finish = line + held.start[places], line + held.end[places]
    first = np.searchsorted(np.maximum.accumulate(finish), spans.start, side="right")
    after = np.searchsorted(begin, spans.end, side="left")
    count = np.maximum(after - first, 0)
    units, found = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for part in _portions(count):
        unit = np.repeat(np.arange(part.start, part.stop), count[part])
        steps = np.arange(len(unit)) - np.repeat(np.cumsum(count[part]) - count[part], count[part])
        coding = first[unit] + steps
        if whole:
            kept = (begin[coding] == spans.start[unit]) & (finish[coding] == spans.end[unit])
        else:
            kept = finish[coding] > spans.start[unit]
        units.append(unit[kept])
        found.append(coding[kept])
    chosen = places[np.concatenate(found)]
    uids = np.array(held.uid, dtype=object)[chosen]
    return np.concatenate(units), held.code[chosen], held.coder[chosen], uids


def _portions(count: Whole) -> Iterable[slice]:
    ends = np.cumsum(count)
    begin = 0
    while begin < len(count):
        before = int(ends[begin - 1]) if begin else 0
        finish = int(np.searchsorted(ends, before + _AT_ONCE, side="right"))
        yield slice(begin, max(begin + 1, finish))
        begin = max(begin + 1, finish)
