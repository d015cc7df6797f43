"""Where two coders differ, passage by passage, with a first guess at the reason."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from qualcase.triangulation.coverage import unite
from qualcase.triangulation.errors import AgreementRequestError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qualcase.triangulation.spans import CodedSpans

KINDS = ("boundary", "level", "different code", "missed")

Extents = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A passage `[start, end)` that two coders did not code alike with one code.

    `first` and `second` are what each coder gave the code there. The kind is a guess: `boundary`
    where both used the code but on different characters; `level` where the other coder used a code
    above or below it; `different code` where the other used `other_code` instead; else `missed`.
    """

    source: str
    code: str
    kind: str
    start: int
    end: int
    first: Extents
    second: Extents
    other_code: str | None = None


class _Span(NamedTuple):
    source: int
    code: int
    start: int
    end: int
    coder: int


def list_disagreements(
    layers: CodedSpans,
    *,
    sources: tuple[str, ...],
    codes: tuple[str, ...],
    parents: Mapping[str, str | None],
    pair: tuple[int, int] = (0, 1),
) -> tuple[Disagreement, ...]:
    """List what a pair of coders coded differently, by code in the order of `codes`, then by place.

    `pair` holds two coders' indices in `layers`; `parents` names each code's parent. Overlapping
    passages of one code make one disagreement together.
    """
    if pair[0] == pair[1]:
        raise AgreementRequestError("A coder cannot disagree with themselves; name two coders.")
    spans = _read(layers, pair)
    by_source = {key: tuple(found) for key, found in groupby(sorted(spans), key=lambda span: span.source)}
    found = [
        _judge(cluster, by_source[cluster[0].source], sources, codes, parents)
        for cluster in _clusters(spans)
        if not _alike(cluster)
    ]
    in_book = {code: number for number, code in enumerate(codes)}
    in_list = {source: number for number, source in enumerate(sources)}
    return tuple(sorted(found, key=lambda item: (in_book[item.code], in_list[item.source], item.start)))


def _read(layers: CodedSpans, pair: tuple[int, int]) -> list[_Span]:
    """Both coders' passages, merged within each coder, by source, code and place; coder is 0 or 1."""
    united = unite(layers)
    columns = (united.sources, united.codes, united.starts, united.ends, united.coders)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return sorted(
        _Span(source, code, start, end, pair.index(coder))
        for source, code, start, end, coder in rows
        if coder in pair
    )


def _clusters(spans: Iterable[_Span]) -> Iterator[tuple[_Span, ...]]:
    """Yield groups of passages of one code that hang together by overlapping."""
    for _, alike in groupby(spans, key=lambda span: (span.source, span.code)):
        cluster: list[_Span] = []
        for span in alike:
            if cluster and span.start >= max(member.end for member in cluster):
                yield tuple(cluster)
                cluster = []
            cluster.append(span)
        yield tuple(cluster)


def _extents(cluster: tuple[_Span, ...], coder: int) -> Extents:
    return tuple((span.start, span.end) for span in cluster if span.coder == coder)


def _alike(cluster: tuple[_Span, ...]) -> bool:
    return _extents(cluster, 0) == _extents(cluster, 1)


def _judge(
    cluster: tuple[_Span, ...],
    nearby: tuple[_Span, ...],
    sources: tuple[str, ...],
    codes: tuple[str, ...],
    parents: Mapping[str, str | None],
) -> Disagreement:
    first, second = _extents(cluster, 0), _extents(cluster, 1)
    code = codes[cluster[0].code]
    kind, other = "boundary", None
    if not (first and second):
        kind, other = _explain(code, _instead(cluster, nearby, codes), parents)
    end = max(span.end for span in cluster)
    return Disagreement(sources[cluster[0].source], code, kind, cluster[0].start, end, first, second, other)


def _instead(cluster: tuple[_Span, ...], nearby: tuple[_Span, ...], codes: tuple[str, ...]) -> list[str]:
    """Codes the other coder, and only the other, gave the passage; the longest overlap first."""
    start, end, coder = cluster[0].start, cluster[-1].end, cluster[0].coder
    there = [span for span in nearby if span.start < end and start < span.end]
    own = {span.code for span in there if span.coder == coder}
    shared: dict[int, int] = {}
    for span in there:
        if span.code not in own:
            length = min(end, span.end) - max(start, span.start)
            shared[span.code] = shared.get(span.code, 0) + length
    return [codes[code] for code in sorted(shared, key=lambda code: (-shared[code], code))]


def _explain(code: str, instead: list[str], parents: Mapping[str, str | None]) -> tuple[str, str | None]:
    for other in instead:
        if code in _above(other, parents) or other in _above(code, parents):
            return "level", other
    return ("different code", instead[0]) if instead else ("missed", None)


def _above(code: str, parents: Mapping[str, str | None]) -> list[str]:
    found: list[str] = []
    parent = parents.get(code)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = parents.get(parent)
    return found
