"""No file of the project names one machine's folders, a package index, or how the work was done."""

from __future__ import annotations

import re

import pytest

# Written in two halves, so that this file does not hold what it looks for.
ANYWHERE = {
    "the host of a package index": re.compile(
        "py" + r"pi\.org|files\.python" + r"hosted|registry\.n" + r"pmjs|deb\.deb" + "ian"
    ),
    "a folder of one machine": re.compile(
        "(?<![A-Za-z0-9.])/(?:wo" + "rk|tmp/v|opt/py" + r"pi|root|home/[a-z]+)/"
    ),
    "a folder of somebody's tools": re.compile(r"(?<!\w)\.libr" + "ary\\b"),
}
IN_OUR_WORDS = {
    "how the work was done": re.compile(
        r"\b(?:help" + "ers?|L" + "LM|A" + r"I|chat" + r"bot|as an? (?:ag" + r"ent|assist" + r"ant))\b"
    ),
}
# What participants and board members say is theirs; binary files have no words.
THEIRS = ("corpora/",)
BINARY = {".docx", ".xlsx", ".png", ".zip", ".pdf"}


def faults(text, name, rules):
    """List the lines that hold what a rule forbids."""
    return [
        f"{name}:{number} names {what}"
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in rules.items()
        if pattern.search(line)
    ]


def test_no_tracked_file_holds_a_word_that_is_not_for_it(tracked, repo):
    found = []
    for file in tracked:
        name = file.relative_to(repo).as_posix()
        if file.suffix in BINARY:
            continue
        rules = ANYWHERE if name.startswith(THEIRS) else ANYWHERE | IN_OUR_WORDS
        found += faults(file.read_text(encoding="utf-8", errors="replace"), name, rules)
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "see /wo" + "rk/shared",
        "/tmp/v" + "/bin/python",
        "https://py" + "pi.org/simple",
        "a help" + "er function",
    ],
)
def test_each_is_found(line):
    assert faults(line, "file", ANYWHERE | IN_OUR_WORDS)


def test_ordinary_words_are_fine():
    assert faults("team work/home and a library; the framework/", "file", ANYWHERE | IN_OUR_WORDS) == []
