"""What the import says of a style of labels: which it took, how sure it is, and where it found none."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from qualcase.readers.names import could_be_name, is_role
from qualcase.readers.paragraphs import line_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.readers.labels import Labelling
    from qualcase.readers.paragraphs import Line

_NAMES_SHOWN = 5
# Styles that a text without speakers can also show; those not named here are plain.
_UNCERTAIN = {
    "bold run": "words in bold at the beginning of paragraphs",
    "colon": "names before a colon",
    "chevrons": "names before “>”",
    "brackets": "names in brackets",
    "round brackets": "names in brackets",
    "list": "names in bold in a list",
    "point and dash": "names before “.-”",
    "name, time, speech": "names before a time",
    "dash": "initials before a dash",
    "name and dash": "names before a dash",
    "point": "“Q.” and “A.”",
    "tab": "names before a tab",
    "name alone": "names alone on their lines",
    "bold": "names in bold",
}
# Bold names and colons are plain enough on such a share of the paragraphs.
_PLAIN = {"bold": 0.15, "bold run": 0.8, "colon": 0.3}
_NEVER = 2.0
_SURE, _FAIRLY = 0.8, 0.4
# What recurs before a dash or alone on a line may also be a subject or a day.
_NEVER_SURE = ("name and dash", "name alone", "tab")
_OVERRIDE = "If this is wrong, import it with --speakers PATTERN or --speakers none."
_ASK = "If it is talk, import it with --speakers PATTERN, a pattern for the names that open a turn."
# Something short at the head of a line, and after it a sign, a tab or a gap.
_OPENER = re.compile(
    r"[\s\W]{0,3}(?P<name>[^\W_][\w .'’()-]{0,29}?)"
    r"(?:[ \t]{0,8}[:：>|=/~»›#\]}]+[ \t]*|[ \t]{1,8}[-–—]+[ \t]+|\t+|[ ]{2,})(?=\S)"
    r"|[ \t]*(?P<capitals>[A-ZÄÅÆÖØÜ]{2,12}\d{0,2})[ \t]+(?=[A-ZÄÅÆÖØÜ“\"][a-zäåæöøü'’ ])"
)
_FEWEST = 6
# A text of a few lines looks like talk only where they all begin so.
_FEW_LINES = 2
_ALL = 0.99
_OPENED = 0.4
_QUESTIONS = 0.25
_MOST_QUESTIONS = 0.75
_AT_LEAST = 2
_REACH = 60


def tell_style(labelling: Labelling) -> tuple[str, ...]:
    """Return a sentence on an uncertain style with how sure it is; nothing for a plain one."""
    title = _UNCERTAIN.get(labelling.style)
    share = min(labelling.share, 1.0)
    if title is None or share >= _PLAIN.get(labelling.style, _NEVER):
        return ()
    sure = (
        "sure"
        if share >= _SURE and labelling.style not in _NEVER_SURE
        else "fairly sure"
        if share >= _FAIRLY
        else "not sure"
    )
    count = len(labelling.labels)
    told = f"Took as labels of speakers {title} ({_names(labelling)}): {count} labels, on {share:.0%}"
    return (f"{told} of the paragraphs from the first on; {sure}. {_OVERRIDE}",)


def tell_passed_over(labelling: Labelling) -> tuple[str, ...]:
    """Return a sentence on the words before a colon that were not taken for names."""
    if not labelling.passed_over:
        return ()
    names = ", ".join(f"“{name}”" for name in labelling.passed_over[:_NAMES_SHOWN])
    return (f"Not taken as speakers, because each stands before a colon only once: {names}.",)


def tell_doubt(labelling: Labelling) -> tuple[str, ...]:
    """Return a sentence on labels in a text that reads as minutes."""
    names = f"though names stand at the head of lines ({_names(labelling)})"
    return (f"Read as minutes without turns, {names}; --speakers PATTERN makes turns.",)


def tell_talk(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return a sentence where text without a known style still looks like talk; nothing for prose.

    It looks like talk where a few beginnings recur on many paragraphs, or questions and answers take turns.
    """
    full = [line for line in lines if not line.blank and line_kind(line) == "paragraph"]
    if len(full) < _FEW_LINES:
        return ()
    few = len(full) < _FEWEST
    openers = _openers(full, 1 if few else _AT_LEAST)
    enough = sum(openers.values()) >= (_ALL if few else _OPENED) * len(full)
    if enough and len(openers) >= _AT_LEAST and (max(openers.values()) > 1 or any(map(is_role, openers))):
        shown = ", ".join(f"“{name}”" for name in list(openers)[:_NAMES_SHOWN])
        return (f"Looks like talk (lines begin {shown}), but in no style of labels that is known. {_ASK}",)
    if not few and _take_turns(full):
        return (f"Looks like talk (questions and answers take turns), but names no speakers. {_ASK}",)
    return ()


def tell_unmatched() -> tuple[str, ...]:
    """Return a sentence for a pattern that matches nothing."""
    return ("The pattern given with --speakers matches the beginning of no line, so nobody is named.",)


def _names(labelling: Labelling) -> str:
    names = list(dict.fromkeys(label.name for label in labelling.labels))[:_NAMES_SHOWN]
    return ", ".join(f"“{name}”" for name in names)


def _openers(full: Sequence[Line], fewest: int) -> Counter[str]:
    """Return what opens so many lines and could be a name, with how many it opens."""
    found = (_OPENER.match(line.text, 0, _REACH) for line in full)
    names = Counter((match["name"] or match["capitals"]).strip() for match in found if match)
    return Counter({name: n for name, n in names.items() if n >= fewest and could_be_name(name)})


def _take_turns(full: Sequence[Line]) -> bool:
    """Say whether paragraphs that end in a question mark are many, spread, and mostly answered."""
    asked = [line.text.rstrip().endswith("?") for line in full]
    share = sum(asked) / len(asked)
    answered = sum(one and not two for one, two in pairwise(asked))
    return _QUESTIONS <= share <= _MOST_QUESTIONS and answered >= _FEWEST // 2
