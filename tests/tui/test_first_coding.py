"""From home to the first coding by keys alone: how many, and whether each is shown where it is needed."""

from __future__ import annotations

import re

from at_home import TALK, at_home

import qualcase

# Each key, and what the screen has to say for a newcomer to press it.
KEYS = (
    ("n", r"\bn\b.{0,3}begin a new project"),
    *(("enter", r"Enter next, then begin"),) * 5,
    ("enter", r"Enter look at it"),
    ("i", r"\bi takes it in"),
    ("c", r"\bc codes the first"),
    ("s", r"\bs\b[^ ]* select"),
    ("c", r"\bc code"),
    ("t", r"type part of the name"),
    *((key, r"Code “.*\n.*\bt") for key in "ru"),  # While one types, what was typed so far is the hint.
    ("enter", r"Enter apply"),
)


async def test_from_home_to_the_first_coding_are_at_most_fifteen_keys_and_all_are_shown(
    tmp_path, monkeypatch
):
    (tmp_path / "2008-06-12 Holm.txt").write_text(TALK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    async with at_home((80, 24)) as bench:
        for key, hint in KEYS:
            assert re.search(hint, bench.shown), f"{key} is not shown:\n{bench.shown}"
            await bench.press(key)
    assert len(KEYS) <= 15
    with qualcase.open(tmp_path / "study.qualcase") as project:
        [coding] = project.codings.list()
        assert (coding.code, coding.coder) == ("KM.TRUST", "Anna")
        assert coding.quote
        [source] = project.sources.list()
        assert (source.date, source.speakers) == ("2008-06-12", (("Interviewer", 2), ("Ms Holm", 2)))
