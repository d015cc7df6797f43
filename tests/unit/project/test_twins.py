"""Two codings of one coder that come to say one thing become one, in the act that brings them together."""

from __future__ import annotations

import pytest

from qualcase.coding.errors import CannotUndoError
from qualcase.coding.places import QuotePlace, SpanPlace
from qualcase.model.errors import ConflictError
from qualcase.project import open_project
from qualcase.project.codings import CodingFilter

HERE, THERE = SpanPlace(44, 56), SpanPlace(58, 81)


@pytest.fixture
def pair(project, source):
    """The same words under two codes, by Anna, each with something beside it."""
    [mine] = project.codings.add(source, "KM.SHARE", HERE, memo="shared, then", voice="Berit")
    [same] = project.codings.add(source, "KM.TRUST", HERE, memo="trusted, then", weight=2.0)
    return mine, same


def kept(project):
    return [(one.code, one.start, one.memo, one.voice, one.weight) for one in project.codings.list()]


def joined(project, coding, same):
    assert (coding.uid, len(project.codings.list())) == (same.uid, 1)
    assert kept(project) == [("KM.TRUST", 44, "trusted, then\nshared, then", "Berit", 2.0)]
    assert project.care.check().ok


def test_a_coding_that_is_given_the_code_it_has_there_already_becomes_one_with_it(project, pair):
    mine, same = pair
    joined(project, project.codings.recode(mine.uid, "KM.TRUST"), same)
    told = "Recoded S1 44:56 from KM.SHARE to KM.TRUST; 1 was coded so already and joined with what was there"
    assert project.journal.log(1)[0].summary == told


def test_a_coding_that_is_moved_onto_its_like_becomes_one_with_it(project, source, pair):
    mine, same = pair
    project.codings.recode(mine.uid, "KM.ARENA")
    project.codings.resize(mine.uid, THERE.start, THERE.end)
    project.codings.recode(mine.uid, "KM.TRUST")
    assert len(project.codings.list()) == 2
    joined(project, project.codings.resize(mine.uid, HERE.start, HERE.end), same)


def test_one_undo_parts_them_again_and_one_redo_joins_them(project, pair):
    before, digest = kept(project), project.store.digest()
    project.codings.recode(pair[0].uid, "KM.TRUST")
    after = project.store.digest()
    project.journal.undo()
    assert (kept(project), project.store.digest()) == (before, digest)
    project.journal.redo()
    assert project.store.digest() == after


def test_a_memo_on_the_one_that_goes_is_on_the_one_that_stays(project, pair):
    mine, same = pair
    memo = project.memos.add("about this", about=("coding", mine.uid))
    project.codings.recode(mine.uid, "KM.TRUST")
    assert project.memos.find(memo.uid).about == ("coding", same.uid[-8:])
    project.journal.undo()
    assert project.memos.find(memo.uid).about == ("coding", mine.uid[-8:])


def test_two_that_contradict_each_other_stay_two(project, source, pair):
    mine, same = pair
    project.codings.describe(mine.uid, valence="+")
    project.codings.describe(same.uid, valence="-")
    digest = project.store.digest()
    with pytest.raises(ConflictError, match=r"with another valence: -, not [+]"):
        project.codings.recode(mine.uid, "KM.TRUST")
    with pytest.raises(ConflictError, match=same.uid[-8:]):
        project.codings.recode((mine.uid, same.uid), "KM.TRUST")
    assert project.store.digest() == digest


def test_of_many_that_meet_one_is_left(project, source):
    first = project.codings.add(source, "KM.SHARE", HERE)
    second = project.codings.add(source, "KM.ARENA", HERE)
    apart = project.codings.add(source, "KM.ARENA", THERE)
    uids = [one.uid for one in (*first, *second, *apart)]
    changed = project.codings.recode(uids, "KM.TRUST")
    assert [one.uid for one in changed] == [first[0].uid, apart[0].uid]
    assert project.codings.list() == changed


def test_each_coder_keeps_their_own(project, source, pair):
    project.coder = "Bo"
    [others] = project.codings.add(source, "KM.ARENA", HERE)
    project.codings.recode(others.uid, "KM.TRUST")
    assert [one.coder for one in project.codings.list(CodingFilter(code="KM.TRUST"))] == ["Anna", "Bo"]


def test_what_is_in_review_is_on_no_passage_until_it_is_settled(project, source, tmp_path):
    said, now = "Nobody trusted anybody.", "Others stand here now!!"
    [waits] = project.codings.add(source, "KM.SHARE", QuotePlace(said))
    file = tmp_path / "corrected.txt"
    file.write_text(project.sources.text(source).replace(said, now), encoding="utf-8")
    project.editing.reimport(source, file)
    [placed] = project.codings.add(source, "KM.TRUST", QuotePlace(now))
    project.codings.recode(waits.uid, "KM.TRUST")
    assert len(project.codings.list()) == 2
    project.editing.move(waits.uid, placed.start, placed.end)
    assert [one.uid for one in project.codings.list()] == [placed.uid]
    assert project.journal.log(1)[0].summary.endswith("joined with what was there")


def test_a_merge_of_codes_leaves_one_that_is_in_review_alone(project, source, tmp_path):
    said, now = "Nobody trusted anybody.", "Others stand here now!!"
    project.codings.add(source, "KM.SHARE", QuotePlace(said))
    file = tmp_path / "corrected.txt"
    file.write_text(project.sources.text(source).replace(said, now), encoding="utf-8")
    project.editing.reimport(source, file)
    project.codings.add(source, "KM.TRUST", QuotePlace(now))
    project.codebook.merge("KM.SHARE", "KM.TRUST")
    assert sorted(one.state for one in project.codings.list()) == ["placed", "review"]


def test_taking_an_act_back_brings_no_coding_where_the_same_was_made_since(project, source):
    [mine] = project.codings.add(source, "KM.SHARE", HERE)
    with open_project(project.path, coder="Bo") as bo:
        bo.codings.recode(mine.uid, "KM.TRUST")
        project.codings.add(source, "KM.SHARE", HERE)
        digest = project.store.digest()
        with pytest.raises(CannotUndoError, match=r"Anna has since coded just that passage so again .44:56"):
            bo.journal.undo()
        assert project.store.digest() == digest
        project.journal.undo()
        bo.journal.undo()
    assert project.codings.list() == (mine,)
