"""Labelled prose: which style of label a text uses, if any, and where its labels stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from qualcase.readers import name_lines
from qualcase.readers.label_lines import LABEL_REACH, STYLES, find_label, match_label
from qualcase.readers.line_numbers import to_line_starts, without_numbers
from qualcase.readers.names import could_be_name, is_apparatus, is_role, is_role_word, keep_speakers
from qualcase.readers.not_labels import reads_as_minutes, without_facts, without_legend
from qualcase.readers.paragraphs import is_wrapped
from qualcase.readers.timestamps import STAMP, bare_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.readers.label_lines import Label
    from qualcase.readers.paragraphs import Line


@dataclass(frozen=True, slots=True)
class Demand:
    """What a style asks before it is believed: so many labels, on such a share of the paragraphs.

    `recur` is the share of labels whose name must recur. `not_minutes` asks that the text does not read as
    minutes: a colon alone also follows what is no speaker.
    """

    fewest: int
    share: float
    recur: float = 0.6
    not_minutes: bool = False


@dataclass(frozen=True, slots=True)
class Labelling:
    """The labels of one style, in order, the markers between them, and names that were passed over.

    `share` is the share of paragraphs that have a label, from the first label on.
    """

    labels: tuple[Label, ...]
    markers: tuple[Line, ...] = ()
    passed_over: tuple[str, ...] = ()
    doubtful: bool = False
    style: str = "pattern"
    share: float = 1.0


DEMANDS = {
    "bold": Demand(3, 0.15, 0.0),
    "bold run": Demand(3, 0.25, 0.0),
    "colon": Demand(3, 0.15, not_minutes=True),
    "name and time": Demand(3, 0.25, 0.0),
    "list": Demand(4, 0.9, 0.8),
    "name, time, speech": Demand(3, 0.25),
    "voice": Demand(2, 0.25, 0.0),
    "chevrons": Demand(3, 0.3),
    "brackets and time": Demand(3, 0.25, 0.0),
    "brackets": Demand(3, 0.6),
    "round brackets": Demand(4, 0.6, 0.8, not_minutes=True),
    "dash": Demand(4, 0.3, not_minutes=True),
    "name and dash": Demand(4, 0.4, 0.8, not_minutes=True),
    "point": Demand(4, 0.3),
    "point and dash": Demand(4, 0.3, not_minutes=True),
    "tab": Demand(4, 0.5),
    name_lines.STYLE: Demand(4, 0.15, 0.8, not_minutes=True),
}
# A name with a time of its own is plainer than one in bold.
_FIRST = ("bold", "name and time", "bold run")
_ORDER = (*_FIRST, *(name for name in STYLES if name not in _FIRST), name_lines.STYLE)
_EVERY = 0.8
_AT_LEAST = 2
# Where somebody asks, one answer can have many paragraphs.
_LONG_ANSWERS = 0.04
_STAMP_ALONE = re.compile(rf"[ \t]*({STAMP})[ \t]*")


def find_labelling(lines: Sequence[Line], bold_runs: Sequence[Label] = ()) -> Labelling | None:
    """Return the labelling that the text shows most plainly; None where it shows none.

    Explicit mark-up (bold) is believed before colons, and colons before rarer styles. A text that has labels
    but reads as minutes gives a `doubtful` labelling.
    """
    doubtful: Labelling | None = None
    behind = without_numbers(lines)
    full = [line for line in behind if not line.blank]
    for style in _ORDER:
        found = _candidates(style, full, bold_runs)
        labelling = _of_style(style, found, behind) if found else None
        if labelling is None:
            continue
        if not labelling.doubtful:
            whole = _with_stamps_above(_with_questions(labelling, full), full)
            return replace(whole, labels=tuple(to_line_starts(whole.labels, lines, behind)))
        doubtful = doubtful or labelling
    return doubtful


def _candidates(style: str, full: Sequence[Line], bold_runs: Sequence[Label]) -> list[Label]:
    if style == name_lines.STYLE:
        return name_lines.find_name_lines(full)
    if style == "bold run":
        return [one for one in bold_runs if could_be_name(one.name)]
    if style == "bold":
        return _in_any_spelling(
            [label for line in full if (label := match_label(style, line.text, line.start))]
        )
    return [label for line in full if (label := find_label(style, line.text, line.start))]


def _in_any_spelling(labels: Sequence[Label]) -> list[Label]:
    """Keep names, and what is a name but for its capitals: "Mike jones" beside "Mike Jones"."""
    names = {label.name.casefold() for label in labels if could_be_name(label.name)}
    return [label for label in labels if label.name.casefold() in names]


def _of_style(style: str, found: Sequence[Label], lines: Sequence[Line]) -> Labelling | None:
    demand = DEMANDS[style]
    labels, passed_over = _speakers_only(without_legend(without_facts(found, lines), lines), demand)
    if len(labels) < demand.fewest and not _whole_talk(labels, lines):
        return None
    share = _share(labels, lines)
    if share < (_LONG_ANSWERS if _are_asked(labels) else demand.share):
        return None
    doubtful = demand.not_minutes and reads_as_minutes(labels, lines)
    markers = _markers(lines, labels) if style == "bold" else ()
    return Labelling(tuple(labels), markers, tuple(passed_over), doubtful, style, share)


def _speakers_only(labels: Sequence[Label], demand: Demand) -> tuple[list[Label], list[str]]:
    """Drop names that occur once while others recur; where none recurs nothing is a label."""
    counts = Counter(label.name for label in labels)
    if _are_timed(labels, counts):
        return list(labels), []
    kept = keep_speakers(counts)
    if labels and labels[0].style == "bold":
        kept |= _after_first_recurring(labels, counts)
    recurring = sum(count for name, count in counts.items() if count > 1)
    if recurring < demand.recur * len(labels) and not all(map(is_role, counts)):
        return [], []
    return [label for label in labels if label.name in kept], sorted(counts.keys() - kept)


def _are_timed(labels: Sequence[Label], counts: Counter[str]) -> bool:
    """Say whether nearly all labels have a time of their own and a name recurs: who spoke once, spoke."""
    timed = sum(label.timestamp is not None for label in labels)
    return timed >= _EVERY * len(labels) and max(counts.values(), default=0) > 1


def _are_asked(labels: Sequence[Label]) -> bool:
    """Say whether somebody speaks again and again in a role (I, Q, Interviewer), and so does another."""
    counts = Counter(label.name for label in labels)
    recurring = [name for name, count in counts.items() if count > _AT_LEAST]
    return len(recurring) > 1 and any(is_role_word(name) for name in recurring)


def _after_first_recurring(labels: Sequence[Label], counts: Counter[str]) -> set[str]:
    """Return all names from the first one that recurs on: before it stands front matter in the same bold."""
    first = next((place for place, label in enumerate(labels) if counts[label.name] > 1), len(labels))
    return {label.name for label in labels[first:]}


def _with_questions(labelling: Labelling, full: Sequence[Line]) -> Labelling:
    """Add what the audience asked, "Q - ", to a talk whose speakers are labelled in another style.

    A list that runs A – B – C is none: every such label must be the word for a role, and recur.
    """
    if labelling.style not in ("bold", "colon"):
        return labelling
    taken = {label.start for label in labelling.labels}
    found = [label for line in full if (label := find_label("dash", line.text, line.start))]
    extra = [label for label in found if label.start not in taken]
    if len(extra) < _AT_LEAST or not all(is_role_word(label.name) for label in extra):
        return labelling
    labels = sorted((*labelling.labels, *extra), key=lambda label: label.start)
    return replace(labelling, labels=tuple(labels))


def _with_stamps_above(labelling: Labelling, full: Sequence[Line]) -> Labelling:
    """Let a label that has no time begin at the time stamp that stands alone on the line above it."""
    above = {
        below.start: (line.start, stamp[1])
        for line, below in pairwise(full)
        if (stamp := _STAMP_ALONE.fullmatch(line.text[:LABEL_REACH]))
    }
    labels = (
        replace(label, start=above[label.start][0], timestamp=bare_time(above[label.start][1]))
        if label.timestamp is None and label.start in above
        else label
        for label in labelling.labels
    )
    return replace(labelling, labels=tuple(labels)) if above else labelling


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


def _markers(lines: Sequence[Line], labels: Sequence[Label]) -> tuple[Line, ...]:
    """Return the lines in bold that name no person: section markers and front matter."""
    starts = {label.start for label in labels}
    matches = (
        (line, match_label("bold", line.text, line.start)) for line in lines if line.start not in starts
    )
    return tuple(line for line, label in matches if label and is_apparatus(label.name))
