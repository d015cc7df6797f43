"""The marks of a question: words, quoted words, filters, brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcase.coding.queries.errors import BadQueryError

LONGEST = 20_000
DEEPEST = 50
_QUOTES = '"“”„'
_MARK = re.compile(
    rf"""
    \s*(?:
      (?P<bracket>[()])
      | (?P<filter>[^\W\d_][\w-]*)(?P<sign>[:=])(?=[^\s()/]) # before its value
      | (?P<quoted>[{_QUOTES}])
      | (?P<minus>-(?=[^\s)-]))
      | (?P<word>[^\s(){_QUOTES}]+)
    )
    """,
    re.VERBOSE,
)
_VALUE = re.compile(rf"[^\s(){_QUOTES}]+")
_CLOSING = re.compile(f"[{_QUOTES}]")
_ASKED = re.compile(r"=(?=[^\s()/])")  # After a name in quotation marks: an attribute, and its value follows.


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: kind is `(`, `)`, -, word, quoted, filter or end; `name` is a filter's, `sign` its : or =."""

    kind: str
    text: str
    place: int
    name: str = ""
    sign: str = ""


def read_marks(written: str) -> list[Mark]:
    """Return the marks of a question, with one `end` after the last; BadQueryError where there are none."""
    if len(written) > LONGEST:
        raise BadQueryError(written, LONGEST, f"it is longer than {LONGEST:,} characters")
    marks: list[Mark] = []
    place = 0
    while found := _MARK.match(written, place):
        mark, place = _mark(written, found)
        marks.append(mark)
    if not marks:
        raise BadQueryError(written, 0, "it is empty")
    return [*marks, Mark("end", "", len(written))]


def _mark(written: str, found: re.Match[str]) -> tuple[Mark, int]:
    end = found.end()
    if found["bracket"]:
        return Mark(found["bracket"], found["bracket"], end - 1), end
    if found["minus"]:
        return Mark("-", "-", end - 1), end
    if found["word"]:
        return Mark("word", found["word"], found.start("word")), end
    if found["quoted"]:
        text, after = _quoted(written, end - 1)
        if text.strip() and (asked := _ASKED.match(written, after)):
            return _filter(written, end - 1, text.strip(), "=", asked.end())
        return Mark("quoted", text, end - 1), after
    return _filter(written, found.start("filter"), found["filter"], found["sign"], end)


def _filter(written: str, place: int, name: str, sign: str, end: int) -> tuple[Mark, int]:
    if written[end] in _QUOTES:
        text, after = _quoted(written, end)
    else:
        value = _VALUE.match(written, end)
        text, after = (value[0], value.end()) if value else ("", end)
    return Mark("filter", text, place, name.casefold(), sign), after


def _quoted(written: str, place: int) -> tuple[str, int]:
    closing = _CLOSING.search(written, place + 1)
    if closing is None:
        raise BadQueryError(written, place, "the quotation mark is never closed")
    after = closing.end()
    star = written[after : after + 1] == "*"
    return written[place + 1 : closing.start()] + ("*" if star else ""), after + star
