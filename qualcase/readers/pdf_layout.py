"""What stands on a page without being its text: headers, footers, page numbers, numbers in the margin."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.readers.pdf_lines import Row

_EDGE_ROWS = 4
_SAME_PLACE = 4
_RECURS_ON = 0.3
_FEWEST_PAGES = 3
_DIGITS = re.compile(r"\d+")
_PAGE_WORDS = r"(?:page|p\.|seite|s\.|side|sida|página|pagina|page:|sivu)"
_PAGE_NUMBER = re.compile(
    rf"[-–—\[(\s]*(?:{_PAGE_WORDS}\s*)?(?P<number>\d{{1,4}})(?P<of>\s*(?:/|of|von|av|de|sur|\|)\s*\d{{1,4}})?[-–—\])\s]*",
    re.IGNORECASE,
)
_SURE = re.compile(rf".*(?:{_PAGE_WORDS}|/|\bof\b|\bvon\b|\bav\b|^\s*[-–—\[]).*", re.IGNORECASE)
_MARGIN_NUMBER = re.compile(r"\d{1,5}")
_FEWEST_NUMBERS = 4
_STEADY = 0.9


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the document: `kind` is text or edge (of the page); `number` stood in the margin beside it."""

    row: Row
    kind: str = "text"
    number: str | None = None


def find_edges(pages: Sequence[Sequence[Row]]) -> list[Line]:
    """Return all rows in order, those that recur at the edges of pages and page numbers marked as edges."""
    running = _running(pages)
    numbers = _page_numbers(pages)
    lines: list[Line] = []
    for page, rows in enumerate(pages):
        edge_rows = _edge(rows)
        for place, row in enumerate(rows):
            is_edge = place in edge_rows and (_mark(row) in running or (page, place) in numbers)
            lines.append(Line(row, "edge" if is_edge else "text"))
    return _only_outermost(lines)


def take_margin_numbers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with numbers that run down the margin beside them moved to `number`.

    A row that held nothing else becomes an edge.
    """
    left = text_left(line.row for line in lines if line.kind == "text")
    found = [
        place for place, line in enumerate(lines) if line.kind == "text" and _is_margin_number(line.row, left)
    ]
    if not _runs([(lines[place].row.page, int(lines[place].row.segments[0].text)) for place in found]):
        return list(lines)
    out = list(lines)
    for place in found:
        row = lines[place].row
        rest = replace(row, segments=row.segments[1:]) if len(row.segments) > 1 else row
        kind = "text" if len(row.segments) > 1 else "edge"
        out[place] = Line(rest, kind, row.segments[0].text if kind == "text" else None)
    return out


def text_left(rows: Iterable[Row]) -> float:
    """Return where most of the text begins, in points from the left edge."""
    weights: Counter[int] = Counter()
    for row in rows:
        for segment in row.segments:
            weights[round(segment.left)] += len(segment.text)
    return float(max(weights, key=lambda place: weights[place], default=0))


def _edge(rows: Sequence[Row]) -> set[int]:
    count = len(rows)
    return {place for place in range(count) if place < _EDGE_ROWS or place >= count - _EDGE_ROWS}


def _mark(row: Row) -> tuple[str, int]:
    """Return what is the same of a header on every page: its words without numbers, and its height."""
    return _DIGITS.sub("#", row.text).strip().casefold(), round(row.top / _SAME_PLACE)


def _running(pages: Sequence[Sequence[Row]]) -> set[tuple[str, int]]:
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page, rows in enumerate(pages):
        for place in _edge(rows):
            seen[_mark(rows[place])].add(page)
    least = max(min(_FEWEST_PAGES, len(pages)), _RECURS_ON * len(pages), 2)
    # A mark without letters is a number, which `_page_numbers` judges.
    return {mark for mark, on in seen.items() if len(on) >= least and any(sign.isalpha() for sign in mark[0])}


def _page_numbers(pages: Sequence[Sequence[Row]]) -> set[tuple[int, int]]:
    """Return (page, row) of numbers that count the pages: all as far from the page's own count."""
    candidates: list[tuple[int, int, int]] = []
    sure: set[tuple[int, int]] = set()
    for page, rows in enumerate(pages):
        for place in sorted(_edge(rows)):
            found = _PAGE_NUMBER.fullmatch(rows[place].text)
            if found:
                candidates.append((page, place, int(found["number"]) - page))
                if len(pages) == 1 and _SURE.fullmatch(rows[place].text):
                    sure.add((page, place))
    steps = Counter(step for _, _, step in candidates)
    usual = {step for step, count in steps.items() if count >= max(2, _RECURS_ON * len(pages))}
    return sure | {(page, place) for page, place, step in candidates if step in usual}


def _only_outermost(lines: list[Line]) -> list[Line]:
    """Give back edges within the text: nothing but edges may lie between them and the page's end."""
    out = list(lines)
    pages: dict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        pages[line.row.page].append(place)
    for places in pages.values():
        before = next((n for n, place in enumerate(places) if lines[place].kind == "text"), len(places))
        after = next(
            (n for n, place in enumerate(reversed(places)) if lines[place].kind == "text"), len(places)
        )
        for place in places[before : len(places) - after]:
            out[place] = replace(lines[place], kind="text")
    return out


def _is_margin_number(row: Row, left: float) -> bool:
    first = row.segments[0]
    return bool(_MARGIN_NUMBER.fullmatch(first.text)) and first.right < left


def _runs(numbers: Sequence[tuple[int, int]]) -> bool:
    """Say whether numbers count on, down each page, nearly always by the same step."""
    if len(numbers) < _FEWEST_NUMBERS:
        return False
    steps = Counter(
        after - before for (page, before), (next_page, after) in pairwise(numbers) if page == next_page
    )
    step, count = steps.most_common(1)[0] if steps else (0, 0)
    return step > 0 and count >= _STEADY * steps.total()
