"""The user's own pattern for labels: checked so that it cannot take for ever, and applied to each line."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from qualcase.readers.errors import BadSpeakersError
from qualcase.readers.label_lines import LABEL_REACH, Label
from qualcase.readers.names import clean_name
from qualcase.readers.timestamps import STAMP, bare_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.readers.paragraphs import Line

_LONGEST = 200
_MOST_REPEATS = 3
_HINT = "Give the label alone, for example --speakers 'I|P\\d' for lines that begin “I:” and “P1:”."
# What may stand between a name and the speech: a time stamp, signs of mark-up, a tab or the line's end.
_AFTER = re.compile(rf"[*_]*[ \t]*(?:{STAMP})?[ \t]*(?:[:：>\])]+[*_]*|\t|\Z)[ \t]*(?:{STAMP}[ \t]*\Z)?")
_STAMP = re.compile(rf"[ \t]*({STAMP})?[ \t]*[*_\[<(]*")


def labels_by_pattern(pattern: str, lines: Sequence[Line]) -> list[Label]:
    """Return the labels that `pattern` matches at the beginning of lines, time stamps and mark-up aside.

    Group `speaker`, else group 1, else the whole match is the name. The pattern need not include the colon.
    Raise `BadSpeakersError` for a pattern that is wrong or that could take very long.
    """
    compiled = compile_pattern(pattern)
    found = (_match(compiled, line) for line in lines if not line.blank)
    return [label for label in found if label]


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern; refuse one with repeats inside repeats, many repeats, or references back."""
    if not pattern or len(pattern) > _LONGEST:
        raise BadSpeakersError(f"A pattern for speakers has 1 to {_LONGEST} characters.", hint=_HINT)
    if _could_run_away(pattern):
        raise BadSpeakersError(
            "The pattern for speakers repeats what repeats, or refers back, and could take for ever.",
            hint=_HINT,
        )
    try:
        with warnings.catch_warnings():
            # Some classes, “[[” say, warn of what a later Python will make of them.
            warnings.simplefilter("ignore", FutureWarning)
            return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as problem:
        raise BadSpeakersError(
            f"The pattern for speakers is not a regular expression: {problem}.", hint=_HINT
        ) from None


def _could_run_away(pattern: str) -> bool:
    """Say whether a pattern has what makes matching slow: it is read sign by sign, not run."""
    depth_has_choice = [False]
    repeats, place = 0, 0
    while place < len(pattern):
        sign = pattern[place]
        if sign == "\\":
            if pattern[place + 1 : place + 2].isdigit():
                return True
            place += 2
            continue
        if sign == "[":
            place = _class_end(pattern, place)
        elif sign == "(":
            depth_has_choice.append(False)
            if pattern.startswith("(?P=", place):
                return True
            place += 1 if pattern.startswith("(?", place) else 0
        elif sign == ")" and len(depth_has_choice) > 1:
            inner = depth_has_choice.pop()
            if inner and pattern[place + 1 : place + 2] in ("*", "+", "{"):
                return True
            depth_has_choice[-1] |= inner
        elif sign in "*+{|?":
            depth_has_choice[-1] = True
            repeats += sign in "*+{"
        place += 1
    return repeats > _MOST_REPEATS


def _class_end(pattern: str, place: int) -> int:
    """Return where the set of characters that opens at `place` closes."""
    end = place + 2 if pattern[place + 1 : place + 2] != "^" else place + 3
    while end < len(pattern) and pattern[end] != "]":
        end += 2 if pattern[end] == "\\" else 1
    return end


def _match(pattern: re.Pattern[str], line: Line) -> Label | None:
    head = line.text[:LABEL_REACH]
    before = _STAMP.match(head)
    for begin in dict.fromkeys((0, before.end() if before else 0)):
        found = pattern.match(head, begin)
        if not found or not found[0].strip():
            continue
        after = _AFTER.match(head, found.end())
        closed = not (found[0][-1].isalnum() or found[0][-1] == "_")
        if not after and not closed:
            continue
        stop = after.end() if after else found.end()
        name = clean_name(_name(found))
        if name:
            stamp = (before[1] if before else None) or bare_time(head[found.end() : stop])
            return Label(line.start, line.start + stop, name, bare_time(stamp), "pattern")
    return None


def _name(found: re.Match[str]) -> str:
    if "speaker" in found.groupdict():
        return found["speaker"] or ""
    return next((group for group in found.groups() if group), None) or found[0]
