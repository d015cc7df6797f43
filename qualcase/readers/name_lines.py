"""Names alone on their lines, with the speech below: the label without any mark of its own."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from qualcase.readers.label_lines import Label
from qualcase.readers.names import clean_name, could_be_name, is_role
from qualcase.readers.paragraphs import line_kind
from qualcase.readers.timestamps import STAMP, bare_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.readers.paragraphs import Line

STYLE = "name alone"
_PART = r"[^\W\d_a-zß-öø-ÿ][\w.'’() -]{0,39}?"
_NAME = re.compile(
    rf"(?:(?P<when>{STAMP})[ \t]+(?:[-–][ \t]+)?)?(?P<mark>[*]{{0,3}})"
    rf"(?P<name>{_PART}(?(when)(?:, ?{_PART})?))(?P=mark)[ \t]*\Z"
)
# Two parts of a name, and a time before them.
_LONGEST = 120
_MOST_WORDS = 4
_AT_LEAST = 2
_NEARLY_ALL = 0.8
# What heads the parts of a diary or a report, again and again, as a name would.
_HEADINGS_LIST = """
monday tuesday wednesday thursday friday saturday sunday january february march april june july august
september october november december morning afternoon evening night today yesterday tomorrow weekend
experience education skills findings aim aims purpose strengths weaknesses opportunities threats
lunch monologue dialogue reflexion observed heard said plan plans task tasks result question answer
yes no ok okay well right sure thanks exactly true hello hi hm mhm hmm
montag dienstag mittwoch donnerstag freitag samstag sonntag mandag tirsdag onsdag torsdag fredag lørdag søndag
ja nein nei genau
"""
_HEADINGS = frozenset(_HEADINGS_LIST.split()) - {"question", "answer"}


def find_name_lines(full: Sequence[Line]) -> list[Label]:
    """Return the lines, blank ones aside, that are a recurring name and have another line below them."""
    found = [label for line in full if (label := _name_line(line))]
    counts = Counter(label.name for label in found)
    timed = sum(label.timestamp is not None for label in found) >= _NEARLY_ALL * len(found)
    alone = {label.start for label in found if timed or counts[label.name] >= _AT_LEAST}
    opens = {line.start for line, below in pairwise(full) if line.start in alone and below.start not in alone}
    return [label for label in found if label.start in opens] if len({*counts}) > 1 else []


def _name_line(line: Line) -> Label | None:
    text = line.text.strip(" \t")
    found = _NAME.match(text) if len(text) <= _LONGEST else None
    if not found or line_kind(line) != "paragraph":
        return None
    name = clean_name(found["name"])
    words = name.split()
    known = could_be_name(name) and words[0].casefold() not in _HEADINGS
    person = is_role(name) or (all(not word[0].islower() for word in words) and not name.endswith("."))
    if not known or not person or len(words) > _MOST_WORDS:
        return None
    return Label(line.start, line.end, name, bare_time(found["when"]), STYLE)
