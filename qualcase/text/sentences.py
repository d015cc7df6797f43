"""Sentences, found by rule: the same text has the same sentences on every machine, with no model to load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcase.model.source import Sentence
from qualcase.text.abbreviations import MONTHS, NEVER_FINAL, SOMETIMES_FINAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcase.model.source import Block, Turn

_CLOSERS = "\"'”’»›)\\]*_"
_OPENERS = "\"'“”„‘‚«»‹›([{*_—–-"
_WIDE_STOPS = "。！？"
# Every alternative consumes what it meets, so that the scan is linear however long a run of dots is.
_CANDIDATE = re.compile(
    rf"(?P<stop>[.!?…]++[{_CLOSERS}]*+)"
    rf"|(?P<wide>[{_WIDE_STOPS}]++[{_CLOSERS}」』]*+)"
    r"|(?P<paragraph>\n[ \t]*+\n\s*+)"
    r"|(?P<item>\n[ \t]*+(?=(?:[-*•+]|\d{1,2}[.)]|[a-z]\))[ \t]))"
    r"|(?P<line>\n)"
)
_NEXT = re.compile(rf"\s*+[{re.escape(_OPENERS)}]*+")
_WORD_BEFORE = re.compile(r"[\w.’'-]*\Z")
# Of an item in a list, or of a heading as Markdown has it.
_ITEM_NUMBER = re.compile(r"(?:^|\n)[ \t#>*_]*\d{1,2}(?:\.\d{1,2})*\Z")
_LETTER_AND_STOP = re.compile(r"[^\W\d_]\.")
_NEXT_WORD = re.compile(r"\w{1,12}")
_STARTS = re.compile(r"[.!?]\s+(?:([a-zà-öø-ÿ])|([A-ZÀ-ÖØ-Þ]))")
_LOOK_BACK = 24
_SAMPLE = 200_000
# Nobody wraps lines by hand beyond this: a longer line is a paragraph, and its end ends a sentence.
_LONG_LINE = 130


def split_sentences(text: str, spans: Iterable[Turn | Block | tuple[int, int]]) -> tuple[Sentence, ...]:
    """Split the given turns or blocks of `text` into sentences, none of which crosses their bounds.

    A blank line and a list item end a sentence, a single line end does not. Offsets are exact: a sentence
    begins and ends with a character that is not white space.
    """
    lower_starts = _starts_in_lower_case(text)
    bounds = (span if isinstance(span, tuple) else (span.start, span.end) for span in spans)
    return tuple(
        one for start, end in bounds for one in _sentences(text, start, end, lower_starts=lower_starts)
    )


def _starts_in_lower_case(text: str) -> bool:
    """Say whether this transcriber begins sentences in lower case, as some do throughout."""
    lower = upper = 0
    for small, _ in _STARTS.findall(text, 0, _SAMPLE):
        lower, upper = (lower + 1, upper) if small else (lower, upper + 1)
    return lower > 3 * upper


def _sentences(text: str, start: int, end: int, *, lower_starts: bool) -> Iterator[Sentence]:
    begin = start
    for found in _CANDIDATE.finditer(text, start, end):
        if found["stop"] and not _ends_sentence(text, found, end, lower_starts=lower_starts):
            continue
        if found["line"] and found.start() - max(text.rfind("\n", start, found.start()), start) <= _LONG_LINE:
            continue
        if sentence := _trimmed(text, begin, found.end()):
            yield sentence
        begin = found.end()
    if sentence := _trimmed(text, begin, end):
        yield sentence


def _trimmed(text: str, start: int, end: int) -> Sentence | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Sentence(start, end) if start < end else None


def _ends_sentence(text: str, found: re.Match[str], end: int, *, lower_starts: bool) -> bool:
    """Decide whether a stop (with its closing quotes and brackets) ends a sentence."""
    after = found.end()
    if after < end and not text[after].isspace():
        return False
    following = _NEXT.match(text, after, end)
    place = following.end() if following else after
    if place >= end:
        return True
    if text[place].islower() and not lower_starts:
        return False
    return found["stop"][0] != "." or found["stop"].startswith("..") or not _abbreviates(text, found, place)


def _abbreviates(text: str, found: re.Match[str], place: int) -> bool:
    """Say whether the full stop belongs to an abbreviation, an initial, an ordinal or an item's number."""
    before = text[max(found.start() - _LOOK_BACK, found.pos) : found.start()]
    match = _WORD_BEFORE.search(before)
    word = (match[0] if match else "").strip("'’-")
    folded = word.casefold()
    if folded in NEVER_FINAL:
        return not (folded in {"no", "art", "ch", "str", "fig"} and not _announces(text, place))
    if folded in SOMETIMES_FINAL:
        return not text[place].isupper()
    if len(word) == 1 and word.isalpha():
        if word.islower():
            return bool(_LETTER_AND_STOP.match(text, place))
        return not (word == "I" and _follows_lower(before))
    if word.isdigit() and _next_word(text, place).casefold() in MONTHS:
        return True
    return bool(_ITEM_NUMBER.search(before))


def _announces(text: str, place: int) -> bool:
    """Say whether a number follows, as after "No." when it is short for number."""
    return text[place].isdigit()


def _follows_lower(before: str) -> bool:
    return before[:-1].rstrip()[-1:].islower()


def _next_word(text: str, place: int) -> str:
    found = _NEXT_WORD.match(text, place)
    return found[0] if found else ""
