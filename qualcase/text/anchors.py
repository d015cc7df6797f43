"""Anchors that survive correction: where passages are once the text they were marked in has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.text.reanchoring import Placement, reanchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Edit", "Placement", "apply_edits", "follow_edits", "reanchor"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit as it was made: what stood at `[start, end)` of the text of that moment gave way to this."""

    start: int
    end: int
    replacement: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after edits, each made on what the one before left.

    Raises ValueError where one does not lie inside the text that it was made on.
    """
    for edit in edits:
        if not 0 <= edit.start <= edit.end <= len(text):
            message = f"the edit at {edit.start}:{edit.end} does not lie inside the text"
            raise ValueError(message)
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def follow_edits(spans: Sequence[Span], edits: Sequence[Edit]) -> tuple[Span | None, ...]:
    """Return where passages are after edits, exactly; None where nothing of a passage is left.

    What is inserted at a passage's very beginning or end stays outside of it, and what is inserted further
    in belongs to it. What replaces characters belongs to a passage if all of these did. Spans are not empty.
    """
    return tuple(_follow(span, edits) for span in spans)


def _follow(span: Span, edits: Sequence[Edit]) -> Span | None:
    start, end = span
    for edit in edits:
        grown = len(edit.replacement) - (edit.end - edit.start)
        if edit.end <= start:
            start, end = start + grown, end + grown
        elif edit.start >= end:
            continue
        elif start <= edit.start and edit.end <= end:
            end += grown
        elif edit.start <= start and edit.end >= end:
            return None
        elif edit.start < start:
            start, end = edit.start + len(edit.replacement), end + grown
        else:
            end = edit.start
        if start == end:
            return None
    return start, end
