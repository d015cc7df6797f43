"""Words of edits that lost: which a merge keeps, and where, whoever merges first."""

from __future__ import annotations

import shutil

import pytest
from two_copies import INTERVIEW, anna, bo, correct, create

from qualcase.coding.places import QuotePlace
from qualcase.model.code import Code
from qualcase.project import open_project
from qualcase.storage.redaction import redact

WORDS = "Then we built trust, slowly."


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with an interview and a memo on a passage of it, to be copied."""
    folder = tmp_path_factory.mktemp("origin")
    with create(folder, INTERVIEW) as project:
        project.memos.add("Why slowly?", about="S1", place=QuotePlace(WORDS))
    return folder / "study.qualcase"


def texts(project):
    return sorted((memo.text, memo.quote or "") for memo in project.memos.list())


def write(project, text):
    """Put the first memo otherwise."""
    first = min(project.memos.list(), key=lambda memo: memo.uid)
    project.memos.edit(first.uid, text)


def merged(path, *others):
    """Let a copy take others in, and once more; return its texts and its state."""
    with open_project(path, coder="Anna") as project:
        for other in others:
            project.merging.merge(other)
        assert project.merging.merge(others[-1]).touched() == 0
        assert list(project.care.check().problems) == []
        return texts(project), project.store.digest()


def test_words_whose_successor_was_redacted_do_not_come_back(copies):
    with anna(copies) as mine:
        write(mine, "Berit Olsen, of Bryne, said it.")
        write(mine, "Somebody said it.")
        naming, after = (entry.sequence for entry in reversed(mine.journal.log(2)))
        redact(mine.store, after, coder="Anna")
        assert naming < after
    with bo(copies) as other:
        other.memos.add("Something else")
    told, _ = merged(*copies)
    assert told == [("Somebody said it.", WORDS), ("Something else", "")]


def test_words_that_lost_go_where_their_memo_waits_in_review(copies):
    with anna(copies) as mine:
        write(mine, "Says Anna.")
    with bo(copies) as other:
        write(other, "Says Bo.")
    merged(*copies)
    with anna(copies) as mine:
        correct(mine, "Then we built trust, slowly", "At last they came")
        assert {memo.state for memo in mine.memos.list()} == {"review"}
    with bo(copies) as other:
        other.memos.add("Something else")
    told, digest = merged(*copies)
    assert ("Says Anna.", WORDS) in told
    assert ("Says Bo.", WORDS) in told
    assert merged(copies[1], copies[0])[1] == digest


def test_words_that_lost_stay_when_the_others_are_written_over_and_go_when_they_are(copies):
    with anna(copies) as mine:
        write(mine, "Says Anna.")
    with bo(copies) as other:
        write(other, "Says Bo.")
    told, _ = merged(*copies)
    lost = "Says Anna." if told == [("Says Anna.", WORDS), ("Says Bo.", WORDS)] else None
    with anna(copies) as mine:
        write(mine, "Say both.")
    told, digest = merged(copies[1], copies[0])
    assert told == [("Say both.", WORDS), (lost, WORDS)]
    with anna(copies) as mine:
        [kept] = [memo for memo in mine.memos.list() if memo.text == lost]
        mine.memos.remove(kept.uid)
    told, after = merged(copies[1], copies[0])
    assert told == [("Say both.", WORDS)]
    assert after != digest


def twin_codes(copies, folder):
    """Let Anna and Bo make a code of one id, each their own; return a third copy, of what Bo has."""
    with anna(copies) as mine:
        mine.codebook.add(Code(id="X.A", name="Anna's", definition="What Anna means."))
    with bo(copies) as other:
        other.codebook.add(Code(id="X.A", name="Bo's", definition="What Bo means.", include=("all",)))
    return shutil.copy(copies[1], folder / "carla.qualcase")


def test_a_twin_that_a_third_copy_deleted_leaves_the_other_as_its_own_coder_made_it(copies, tmp_path):
    """Otherwise what is shown would hang on whether the two met before they heard of the deletion."""
    third = twin_codes(copies, tmp_path)
    with open_project(third, coder="Bo") as project:
        project.journal.undo()
    states = set()
    for number, (one, two, last) in enumerate(((0, 1, 2), (0, 2, 1), (1, 2, 0), (2, 1, 0))):
        files = [shutil.copy(file, tmp_path / f"{number}-{file.stem}.qualcase") for file in (*copies, third)]
        merged(files[two], files[last])
        states.add(merged(files[one], files[two])[1])
    assert len(states) == 1


@pytest.mark.parametrize("taken_back", [False, True])
def test_who_changes_a_twin_that_stands_for_others_leaves_the_rest_as_they_saw_it(
    copies, tmp_path, taken_back
):
    third = twin_codes(copies, tmp_path)
    with open_project(third, coder="Bo") as project:
        if taken_back:
            project.journal.undo()
        else:
            project.memos.add("Something else")
    with anna(copies) as mine:
        mine.merging.merge(copies[1])
        mine.codebook.edit("X.A", definition="What both mean.")
    states = set()
    for number, order in enumerate(((0, 2), (2, 0), (1, 2, 0), (0, 1, 2))):
        files = [shutil.copy(file, tmp_path / f"{number}-{file.stem}.qualcase") for file in (*copies, third)]
        first, *others = (files[one] for one in order)
        states.add(merged(first, *others)[1])
        with open_project(first, coder="Anna") as project:
            code = project.codebook.find("X.A")
            assert (code.definition, code.include) == ("What both mean.", ("all",))
    assert len(states) == 1
