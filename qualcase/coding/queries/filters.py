"""Filters: what a question says besides words and codes, as `name:value`."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from qualcase.coding.queries.errors import BadQueryError

if TYPE_CHECKING:
    from qualcase.coding.queries.lexer import Mark

SOURCE_FILTERS = ("source", "case", "kind", "date", "set")
SEARCH_FILTERS = (*SOURCE_FILTERS, "speaker")
CODING_FILTERS = (*SEARCH_FILTERS, "coder", "layer", "actor")


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: its name, the value as written, and its place; `attribute` means `name=value`."""

    name: str
    value: str
    place: int
    negated: bool = False
    attribute: bool = False


def read_filter(written: str, mark: Mark, known: tuple[str, ...], *, negated: bool) -> Filter:
    """Return the filter that a mark stands for; BadQueryError where there is none of that name."""
    attribute = mark.sign == "="
    if not mark.text.strip():
        raise BadQueryError(written, mark.place, f"“{mark.name}{mark.sign}” has no value")
    if not attribute and mark.name not in known:
        near = get_close_matches(mark.name, known, n=1)
        meant = f" Did you mean {near[0]}: ?" if near else ""
        hint = f"The filters: {', '.join(known)}.{meant} To look for the words themselves, quote them."
        raise BadQueryError(written, mark.place, f"there is no filter “{mark.name}:”", hint=hint)
    return Filter(mark.name, mark.text, mark.place, negated, attribute)


def check_valued(written: str, mark: Mark, known: tuple[str, ...]) -> None:
    """Raise BadQueryError where a word is a filter's name whose value was left out, or stands apart."""
    if mark.kind == "word" and mark.text.endswith(":") and mark.text[:-1].casefold() in known:
        hint = f"Write it right after, as in {mark.text}NAME. To look for the words themselves, quote them."
        raise BadQueryError(written, mark.place, f"“{mark.text}” has no value", hint=hint)
