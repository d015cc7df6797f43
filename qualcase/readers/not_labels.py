"""What stands before a colon and yet opens nobody's speech: legends, facts at the head, minutes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from qualcase.readers.label_lines import match_label
from qualcase.readers.names import is_apparatus, is_role, is_role_word
from qualcase.readers.paragraphs import line_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.readers.label_lines import Label
    from qualcase.readers.paragraphs import Line

_LIST_ITEM = re.compile(r"[ \t]*(?:[-*•+][ \t]|\d{1,2}[.)][ \t])")
_LISTS_WITHIN = 0.12
_LISTS = 0.15
_LONG_LIST = 12
_FACT_WORDS = 6
_FEWEST_LINES = 4
_FEW_WORDS = 3
_NEARLY_ALL = 0.8
# A sentence ends with a whole word: "Frau L." is none.
_SENTENCE = re.compile(r"[?!…]\Z|[^\W\d_]{3}\.\Z")
_WORD = re.compile(r"[^\W\d_]{3}")
_NUMBER = re.compile(r"\d+")


def without_legend(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Drop a legend, "I: Interviewer": the lines before the first speech that explain a label used below."""
    texts = {line.start: line for line in lines}
    left = Counter(label.name for label in labels)
    place = 0
    while place < len(labels) and _explains(labels[place], texts) and left[labels[place].name] > 1:
        left[labels[place].name] -= 1
        place += 1
    return list(labels[place:])


def _explains(label: Label, texts: dict[int, Line]) -> bool:
    return label.start in texts and _is_legend(label, texts[label.start])


def _is_legend(label: Label, line: Line) -> bool:
    """Say whether nothing follows a label but a longer word for its role, or the name it is short for."""
    meaning = line.text[label.speech - line.start :].strip(" .;,)")
    if len(meaning) <= len(label.name) or not _WORD.search(meaning):
        return False
    same_number = _NUMBER.findall(meaning) in ([], _NUMBER.findall(label.name))
    return (is_role_word(meaning) and same_number) or _is_short_for(label.name, meaning)


def _is_short_for(name: str, meaning: str) -> bool:
    """Say whether a label of capitals has the first letters of the words that follow: AB, Anna Berg."""
    words = meaning.split()
    return name.isupper() and len(words) > 1 and name == "".join(word[0] for word in words)


def without_facts(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Drop the names in a heading of facts, "Date: … / Interviewer: A. B.", that do not speak below it."""
    above = _with_facts_below(_heading_of_facts(lines), labels, lines)
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


def _with_facts_below(above: range, labels: Sequence[Label], lines: Sequence[Line]) -> range:
    """Return the heading of facts with the lines that go on like it: "Befragte: Frau L.", said by nobody.

    A fact is short and no sentence, and its name stands nowhere else before a colon.
    """
    if not above:
        return above
    counts = Counter(label.name for label in labels)
    stop = above.stop
    for line in lines:
        if line.start < stop or line.blank:
            continue
        label = match_label("colon", line.text, line.start)
        value = line.text[label.speech - line.start :].strip() if label else ""
        said = len(value.split()) > _FACT_WORDS or _SENTENCE.search(value)
        if label is None or counts[label.name] > 1 or said:
            break
        stop = line.end + 1
    return range(above.start, stop)


def _is_fact(line: Line) -> bool:
    label = match_label("colon", line.text, line.start)
    return label is not None and is_apparatus(label.name)


def reads_as_minutes(labels: Sequence[Label], lines: Sequence[Line]) -> bool:
    """Say whether labelled lines stand among list items and headings, below a long list, or are a form."""
    if _is_form(labels, lines):
        return True
    starts = {label.start for label in labels}
    full = [line for line in lines if not line.blank]
    lists = [line for line in full if line.start not in starts and _is_list(line)]
    within = [line for line in lists if labels[0].start < line.start < labels[-1].start]
    talk = len(labels) + len(within)
    return len(within) > _LISTS_WITHIN * talk or (len(lists) > _LONG_LIST and len(lists) > _LISTS * len(full))


def _is_form(labels: Sequence[Label], lines: Sequence[Line]) -> bool:
    """Say whether labelled lines are a guide, which only asks, or mere facts: "Age: 34", "Sex: F"."""
    places = {label.start: label for label in labels}
    said = [
        line.text[places[line.start].speech - line.start :].strip() for line in lines if line.start in places
    ]
    asked = sum(words.endswith("?") for words in said)
    if len(said) >= _FEWEST_LINES and asked >= _NEARLY_ALL * len(said):
        return True
    facts = all(words and len(words.split()) <= _FEW_WORDS and words[-1].isalnum() for words in said)
    return facts and len(said) >= _FEWEST_LINES and not any(is_role(label.name) for label in labels)


def _is_list(line: Line) -> bool:
    return bool(_LIST_ITEM.match(line.text)) or line_kind(line) == "heading"
