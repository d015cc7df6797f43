"""Whatever is done to a text, a memo on a passage is where a coding on the same words is, and quotes them."""

from __future__ import annotations

import random

import pytest

from qualcase.coding.places import SpanPlace
from qualcase.project import create_project
from qualcase.storage import sqlite
from qualcase.text.anchors import Edit, apply_edits

WORDS = ("we", "they", "met", "trust", "grew", "slowly", "the", "board", "lost", "members", "and", "knew")
SEEDS, PASSAGES, CORRECTIONS = 12, 12, 6


def write(chance):
    turns = [" ".join(chance.choices(WORDS, k=chance.randint(4, 14))).capitalize() for _ in range(12)]
    return "".join(f"Berit: {turn}.\n\n" for turn in turns)


def edit(chance, text):
    """Return some edits of a text, the last first, so that each finds those before it where they were."""
    cuts = sorted(chance.sample(range(len(text)), 2 * chance.randint(1, 3)))
    new = ["", " ", "quite ", " otherwise it was"]
    spans = zip(cuts[-2::-2], cuts[::-2], strict=True)
    return [Edit(start, min(end, start + 25), chance.choice(new)) for start, end in spans]


def correct(project, chance, folder):
    """Correct the text in one of the three ways; return whether a person saw the passages change."""
    source = project.sources.find("S1")
    text = project.sources.text(source)
    edits = edit(chance, text)
    if chance.random() < 0.4:
        project.editing.apply(source, edits)
        return True
    new = apply_edits(text, edits)
    if chance.random() < 0.3:
        project.editing.replace_text(source, new)
        return True
    file = folder / f"{chance.random()}.txt"
    file.write_text(new, encoding="utf-8")
    project.editing.reimport(source, file)
    return False


def where(things):
    return {one.uid: (one.start, one.end, one.quote, one.state) for one in things}


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_memo_goes_where_a_coding_on_the_same_words_goes(tmp_path, monkeypatch, seed):
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    chance = random.Random(seed)
    (tmp_path / "talk.txt").write_text(write(chance), encoding="utf-8")
    with create_project(tmp_path / "s.qualcase", coder="Anna") as project:
        project.sources.import_paths([tmp_path / "talk.txt"])
        source = project.sources.find("S1")
        pairs, states = {}, set()
        for _ in range(PASSAGES):
            start = chance.randrange(source.characters - 40)
            place = SpanPlace(start, start + chance.randint(3, 40))
            [coding] = project.codings.add(source, "KM", place)
            pairs[project.memos.add("Why?", about="S1", place=place).uid] = coding.uid
        for _ in range(CORRECTIONS):
            before, seen = where(project.memos.list()), correct(project, chance, tmp_path)
            memos, codings = where(project.memos.list()), where(project.codings.list())
            assert {uid: codings[coding] for uid, coding in pairs.items()} == memos
            for uid, (_, _, quote, state) in memos.items():
                states.add(state)
                same = quote.split() == before[uid][2].split()
                assert same if state == "review" or not seen else (same or state == "placed")
            if chance.random() < 0.3:
                project.journal.undo()
                assert where(project.memos.list()) == before
        assert project.care.check().ok
    assert states == {"placed", "review"}
