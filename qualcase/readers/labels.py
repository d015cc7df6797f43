"""Labelled prose: which style of label a text uses, if any, and where its labels stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.readers.label_lines import STYLES, find_label, match_label
from qualcase.readers.names import could_be_name, is_apparatus, is_role, is_role_word, keep_speakers
from qualcase.readers.paragraphs import is_wrapped, line_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.readers.label_lines import Label
    from qualcase.readers.paragraphs import Line


@dataclass(frozen=True, slots=True)
class Demand:
    """What a style asks before it is believed: so many labels, on such a share of the paragraphs.

    `not_minutes` asks that the text does not read as minutes: a colon alone also follows what is no speaker.
    """

    fewest: int
    share: float
    not_minutes: bool = False


@dataclass(frozen=True, slots=True)
class Labelling:
    """The labels of one style, in order, the markers between them, and names that were passed over."""

    labels: tuple[Label, ...]
    markers: tuple[Line, ...] = ()
    passed_over: tuple[str, ...] = ()
    doubtful: bool = False


DEMANDS = {
    "bold": Demand(3, 0.15),
    "bold run": Demand(3, 0.25),
    "colon": Demand(3, 0.15, not_minutes=True),
    "name and time": Demand(3, 0.25),
    "brackets": Demand(3, 0.6),
    "dash": Demand(4, 0.3, not_minutes=True),
    "point": Demand(4, 0.3),
    "tab": Demand(4, 0.5),
}
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*•+][ \t]|\d{1,2}[.)][ \t])")
_LISTS_WITHIN = 0.12
_LISTS = 0.15
_LONG_LIST = 12
_MOST_RECUR = 0.6
_EVERY = 0.8
_WORD = re.compile(r"[^\W\d_]{3}")
_SURE_NAMES = ("bold", "bold run", "name and time")


def find_labelling(lines: Sequence[Line], bold_runs: Sequence[Label] = ()) -> Labelling | None:
    """Return the labelling that the text shows most plainly; None where it shows none.

    Explicit mark-up (bold) is believed before colons, and colons before rarer styles. A text that has labels
    but reads as minutes gives a `doubtful` labelling.
    """
    doubtful: Labelling | None = None
    full = [line for line in lines if not line.blank]
    for style in ("bold", "bold run", *(name for name in STYLES if name != "bold")):
        found = _candidates(style, full, bold_runs)
        labelling = _of_style(style, found, lines) if found else None
        if labelling is None:
            continue
        if not labelling.doubtful:
            return labelling
        doubtful = doubtful or labelling
    return doubtful


def _candidates(style: str, full: Sequence[Line], bold_runs: Sequence[Label]) -> list[Label]:
    if style == "bold run":
        return [one for one in bold_runs if could_be_name(one.name)]
    return [label for line in full if (label := find_label(style, line.text, line.start))]


def _of_style(style: str, found: Sequence[Label], lines: Sequence[Line]) -> Labelling | None:
    labels, passed_over = _speakers_only(_without_legend(_without_facts(found, lines), lines), style)
    demand = DEMANDS[style]
    if len(labels) < demand.fewest and not _whole_talk(labels, lines):
        return None
    if _share(labels, lines) < demand.share:
        return None
    doubtful = demand.not_minutes and _reads_as_minutes(labels, lines)
    markers = _markers(lines, labels) if style == "bold" else ()
    return Labelling(tuple(labels), markers, tuple(passed_over), doubtful)


def _speakers_only(labels: Sequence[Label], style: str) -> tuple[list[Label], list[str]]:
    """Drop names that occur once while others recur; where none recurs nothing is a label."""
    counts = Counter(label.name for label in labels)
    kept = keep_speakers(counts)
    if style == "bold":
        kept |= _after_first_recurring(labels, counts)
    recurring = sum(count for name, count in counts.items() if count > 1)
    if style not in _SURE_NAMES and recurring < _MOST_RECUR * len(labels) and not all(map(is_role, counts)):
        return [], []
    return [label for label in labels if label.name in kept], sorted(counts.keys() - kept)


def _after_first_recurring(labels: Sequence[Label], counts: Counter[str]) -> set[str]:
    """Return all names from the first one that recurs on: before it stands front matter in the same bold."""
    first = next((place for place, label in enumerate(labels) if counts[label.name] > 1), len(labels))
    return {label.name for label in labels[first:]}


def _without_legend(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Drop lines of a legend, "I: Interviewer", where nothing but a longer name of a role follows."""
    texts = {line.start: line for line in lines}
    return [label for label in labels if not _is_legend(label, texts[label.start])]


def _is_legend(label: Label, line: Line) -> bool:
    speech = line.text[label.speech - line.start :].strip(" .;,)")
    return len(speech) > len(label.name) and is_role_word(speech) and bool(_WORD.search(speech))


def _without_facts(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Drop the names in a heading of facts, "Date: … / Interviewer: A. B.", that do not speak below it."""
    above = _heading_of_facts(lines)
    if not labels or labels[0].start < above.start:
        return list(labels)
    below = [label for label in labels if label.start >= above.stop]
    speak = {label.name for label in below}
    return [one for one in labels if one.start >= above.stop or one.name in speak] if below else list(labels)


def _heading_of_facts(lines: Sequence[Line]) -> range:
    """Return where the first paragraph stands that has a fact in it, such as a date; empty without any."""
    first = next((place for place, line in enumerate(lines) if not line.blank and _is_fact(line)), None)
    if first is None:
        return range(0)
    top = next((place + 1 for place in reversed(range(first)) if lines[place].blank), 0)
    end = next((line.start for line in lines[first:] if line.blank), lines[-1].start + 1)
    return range(lines[top].start, end)


def _is_fact(line: Line) -> bool:
    label = match_label("colon", line.text, line.start)
    return label is not None and is_apparatus(label.name)


def _whole_talk(labels: Sequence[Label], lines: Sequence[Line]) -> bool:
    """Say whether a text of a line or two is nothing but labelled lines of recognisable speakers."""
    full = [line for line in lines if not line.blank]
    roles = any(is_role(label.name) for label in labels)
    return roles and len(labels) > 1 and len(labels) >= _EVERY * len(full)


def _share(labels: Sequence[Label], lines: Sequence[Line]) -> float:
    """Return the share of labelled paragraphs from the first label on."""
    if not labels:
        return 0.0
    starts = {label.start for label in labels}
    wrapped = is_wrapped(lines)
    paragraphs = 0
    before_blank = True
    for line in lines:
        if line.start >= labels[0].start and not line.blank:
            paragraphs += before_blank or not wrapped or line.start in starts
        before_blank = line.blank
    return len(labels) / paragraphs


def _reads_as_minutes(labels: Sequence[Label], lines: Sequence[Line]) -> bool:
    """Say whether labelled lines stand among list items and headings, or below a long list."""
    starts = {label.start for label in labels}
    full = [line for line in lines if not line.blank]
    lists = [line for line in full if line.start not in starts and _is_list(line)]
    within = [line for line in lists if labels[0].start < line.start < labels[-1].start]
    talk = len(labels) + len(within)
    return len(within) > _LISTS_WITHIN * talk or (len(lists) > _LONG_LIST and len(lists) > _LISTS * len(full))


def _is_list(line: Line) -> bool:
    return bool(_LIST_ITEM.match(line.text)) or line_kind(line) == "heading"


def _markers(lines: Sequence[Line], labels: Sequence[Label]) -> tuple[Line, ...]:
    """Return the lines in bold that name no person: section markers and front matter."""
    starts = {label.start for label in labels}
    matches = (
        (line, match_label("bold", line.text, line.start)) for line in lines if line.start not in starts
    )
    return tuple(line for line, label in matches if label and is_apparatus(label.name))
