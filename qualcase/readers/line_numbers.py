"""Numbers of lines or of turns that a program or a hand wrote before every line of a text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.readers.label_lines import Label
    from qualcase.readers.paragraphs import Line

_NUMBER = re.compile(r"[ \t]*(\d{1,5})[.):]?[ \t]+(?=\S)|[ \t]*\d{1,5}[ \t]*\Z")
_REACH = 40
_FEWEST = 4
_NEARLY_ALL = 0.9


def without_numbers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines from behind their numbers, where nearly every line has one that counts on by one.

    The text itself keeps them; only the search for labels looks behind them.
    """
    found = [None if line.blank else _NUMBER.match(line.text, 0, _REACH) for line in lines]
    numbers = [int(match[0].strip(" \t.):")) for match in found if match]
    counting = sum(two - one == 1 for one, two in pairwise(numbers))
    full = sum(not line.blank for line in lines)
    if len(numbers) < _FEWEST or counting < _NEARLY_ALL * (full - 1):
        return list(lines)
    return [_behind(line, match) if match else line for line, match in zip(lines, found, strict=True)]


def to_line_starts(labels: Sequence[Label], lines: Sequence[Line], behind: Sequence[Line]) -> list[Label]:
    """Return labels that begin where their line does, before its number."""
    starts = {
        moved.start: line.start
        for line, moved in zip(lines, behind, strict=True)
        if moved.start != line.start
    }
    return [replace(label, start=starts.get(label.start, label.start)) for label in labels]


def _behind(line: Line, match: re.Match[str]) -> Line:
    return replace(line, start=line.start + match.end(), text=line.text[match.end() :])
