"""A meaning changed in one copy, and the code merged away in the other: what bore it is still read again."""

from __future__ import annotations

import pytest
from two_copies import TEXT, alike, anna, bo, code, create, merge_both_ways

from qualcase.model.code import Code
from qualcase.project import open_project


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with one coding in one text, to be copied."""
    folder = tmp_path_factory.mktemp("origin")
    with create(folder, TEXT) as project:
        code(project, "We met twice")
    return folder / "study.qualcase"


def rereading(project):
    return sorted((one.quote or one.title, one.code, one.merged) for one in project.codebook.reread())


@pytest.mark.parametrize("merges_first", [True, False])
@pytest.mark.parametrize("change", ["split", "narrow"])
def test_what_one_copy_merged_away_while_the_other_changed_its_meaning_is_read_again(
    copies, change, merges_first
):
    with anna(copies) as mine, bo(copies) as other:
        event = other.events.add("They met", "2006", codes=["KM.TRUST"])
        code(other, "built trust")

        def alter():
            if change == "narrow":
                mine.codebook.narrow("KM.TRUST", definition="Reliance without a paper.")
            else:
                parts = [Code("T.A", "A", "KM", "process", "a"), Code("T.B", "B", "KM", "process", "b")]
                mine.codebook.split("KM.TRUST", parts)

        if not merges_first:
            alter()
        other.codebook.merge("KM.TRUST", "KM.SHARE")
        other.codebook.merge("KM.SHARE", "IA")
        if merges_first:
            alter()
        code(other, "slowly", "IA")
    merge_both_ways(copies)
    wanted = [(words, "IA", "KM.TRUST") for words in ("They met", "We met twice", "built trust")]
    assert alike(copies, rereading) == wanted
    with anna(copies) as mine:
        mine.codebook.confirm([event.id])
        assert rereading(mine) == wanted[1:]
        mine.codebook.confirm(all_of="IA")
        assert rereading(mine) == []
        mine.journal.undo()
        assert rereading(mine) == wanted[1:]
        mine.codebook.merge("IA", "NS")
        assert {(words, "NS") for words, _, _ in wanted[1:]} == {one[:2] for one in rereading(mine)}


def test_taking_the_merge_of_codes_back_lets_them_wait_under_their_own_code(copies):
    with anna(copies) as mine, bo(copies) as other:
        other.codebook.merge("KM.TRUST", "KM.SHARE")
        mine.codebook.narrow("KM.TRUST", definition="Reliance without a paper.")
    merge_both_ways(copies)
    with bo(copies) as other:
        # Bo's merge of the files is the last act, and its undo would restore the file.
        code(other, "slowly", "IA")
        other.journal.undo(1)
    with open_project(copies[0], coder="Bo") as project:
        assert rereading(project) == [("We met twice", "KM.SHARE", "KM.TRUST")]
        project.journal.undo(1)
        assert rereading(project) == [("We met twice", "KM.TRUST", None)]
        project.journal.redo(1)
        assert rereading(project) == [("We met twice", "KM.SHARE", "KM.TRUST")]


def test_who_knew_of_the_new_meaning_and_merged_leaves_nothing_more_to_read(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.rename("NS", "Staying")
        other.codebook.narrow("KM.TRUST", definition="Reliance without a paper.")
        other.codebook.confirm(all_of="KM.TRUST")
        other.codebook.merge("KM.TRUST", "KM.SHARE")
    merge_both_ways(copies)
    assert alike(copies, rereading) == []
