"""Coded passages as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.identity import short_uid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qualcase.model.coding import Coding

LONGEST_QUOTE = 400


def coding_lines(
    codings: Iterable[Coding], around: Mapping[str, tuple[str, str]] | None = None
) -> Iterator[str]:
    """Yield each coding with its words; `around` gives what stands before and after, by id."""
    for coding in codings:
        who = f"  {coding.speaker}" if coding.speaker else ""
        yield (
            f"{short_uid(coding.uid)}  {coding.code}  {coding.source} {coding.start}:{coding.end}{who}"
            f"  by {coding.coder}{_attributes(coding)}"
        )
        before, after = (around or {}).get(coding.uid, ("", ""))
        yield f"  {_line(before)}“{_shortened(_line(coding.quote))}”{_line(after)}"
        if coding.memo:
            yield f"  memo: {_line(coding.memo)}"


def _attributes(coding: Coding) -> str:
    given = {
        "valence": coding.valence,
        "stance": coding.stance,
        "voice": coding.voice,
        "weight": coding.weight,
        "layer": coding.layer if coding.layer != coding.coder else None,
        "origin": coding.origin if coding.origin != "person" else None,
        "state": coding.state if coding.state != "placed" else None,
    }
    shown = [f"{name} {value}" for name, value in given.items() if value is not None]
    return "".join(f", {item}" for item in (*shown, *(("key",) if coding.key else ())))


def _line(text: str) -> str:
    """Return text on one line, with the white space at its ends kept as one space each."""
    words = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if words and text[-1:].isspace() else ''}"


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_QUOTE:
        return text
    half = LONGEST_QUOTE // 2
    return f"{text[:half]} […] {text[-half:]}"
