"""Where coders work independently no act of one's own, and no report, tells what another has coded."""

from __future__ import annotations

import shutil

import pytest

import qualcase
from qualcase.coding.errors import CannotUndoError
from qualcase.coding.places import QuotePlace
from qualcase.model.code import Code
from qualcase.project import create_project
from qualcase.project.merging import say_merged
from qualcase.storage import people

HIDDEN = "The money came later."
OWN = "We trusted each other."
TEXT = f"I: How was it?\nP1: {OWN} {HIDDEN}\nI: Then?\nP1: Threats came.\n"


@pytest.fixture
def path(tmp_path):
    """A project in which Anna has coded what Bo may not see yet, and Bo something else."""
    (tmp_path / "talk.txt").write_text(TEXT, encoding="utf-8")
    with create_project(tmp_path / "s.qualcase", coder="Bo", mode="coding-reliability") as project:
        project.sources.import_paths([tmp_path / "talk.txt"])
        source = project.sources.find("S1")
        project.codebook.add(Code(id="X.NEW", name="New", definition="What is new."))
        project.codings.add(source, "KM.TRUST", QuotePlace(OWN))
        project.coder = "Anna"
        project.codings.add(source, "CTX.FUND", QuotePlace(HIDDEN), memo="a secret")
        project.codings.add(source, "X.NEW", QuotePlace("Threats came."))
    return tmp_path / "s.qualcase"


@pytest.fixture
def project(path):
    with qualcase.open(path, coder="Bo") as project:
        assert [one.code for one in project.codings.list()] == ["KM.TRUST"]
        yield project


SECRETS = ("CTX.FUND", "X.NEW", "money came", "Money came", "secret", "Threats")


def keeps_quiet(*told):
    said = " ".join(map(repr, told))
    return [secret for secret in SECRETS if secret in said] == []


def test_a_correction_tells_of_ones_own_passages_alone(project):
    source = project.sources.find("S1")
    new = TEXT.replace("money", "Money").replace("trusted", "Trusted")
    foreseen = project.editing.foresee_text(source, new)
    assert [one[0] for one in foreseen.examples] == [OWN]
    assert foreseen.stay + foreseen.moved + foreseen.shrunk + foreseen.grown + foreseen.lost == 1
    report = project.editing.replace_text(source, new)
    assert ([one.old for one in report.changed], report.placed, report.review) == ([OWN], 1, ())
    project.coder = "Anna"
    assert "The Money came later." in {one.quote for one in project.codings.list()}


def test_its_entry_in_the_log_tells_nothing_of_others(project):
    project.editing.replace_text(project.sources.find("S1"), TEXT.replace("money", "Money"))
    [act] = project.journal.log(1)
    assert act.summary == "Corrected S1"
    changes = project.journal.changes(act.id)
    own = project.codings.list()[0].uid
    assert {one.uid for one in changes if one.record == "coding"} == {own}
    assert keeps_quiet(project.journal.tell([act]))


def test_what_waits_in_review_is_told_to_its_coder(project, tmp_path):
    file = tmp_path / "corrected.txt"
    file.write_text(TEXT.replace(HIDDEN, "Nothing of that sort."), encoding="utf-8")
    report = project.editing.reimport(project.sources.find("S1"), file)
    assert (report.review, project.editing.review()) == ((), ())
    project.coder = "Anna"
    assert [one.old for one in project.editing.review()] == [HIDDEN]


def test_a_refused_undo_does_not_quote_what_is_hidden(project):
    project.codings.remove(project.codings.list()[0].uid)
    project.journal.undo()
    with pytest.raises(CannotUndoError) as refused:
        project.journal.undo(2)  # The code X.NEW, which Anna uses, goes with the second.
    assert "Anna has since built on it; nothing was changed" in str(refused.value)
    assert "Coded" not in str(refused.value).replace("“Added X.NEW (“New”)”", "")
    assert "Threats" not in str(refused.value)


def test_a_merge_of_codes_shows_no_change_of_others(project):
    project.codebook.merge("X.NEW", "KM.TRUST")
    changes = project.journal.changes(project.journal.log(1)[0].id)
    assert "codebook_version" in {one.record for one in changes}
    assert not [one for one in changes if one.record == "coding"]
    project.coder = "Anna"
    changes = project.journal.changes(project.journal.log(1)[0].id)
    assert [one.record for one in changes if one.record == "coding"] == ["coding"]


def test_what_rests_on_a_code_is_counted_without_names(project):
    touched = project.codebook.touched("CTX.FUND")
    assert (touched.codings, touched.coders) == (1, ())
    assert project.codebook.touched("KM.TRUST").coders == ("Bo",)


def test_suggestions_give_no_reasons_of_others(project):
    assert keeps_quiet(*[one.reasons for one in project.suggestions.propose() if one.code == "KM.TRUST"])


def test_a_check_does_not_say_where_others_have_coded(project, monkeypatch):
    found = [
        "a coding of S1 at 38:59 does not lie inside its text",
        "the text of S1 is not what was imported",
    ]
    monkeypatch.setattr(
        "qualcase.project.care.find_problems", lambda _: ({"sources": 1, "codings": 3}, found)
    )
    checkup = project.care.check()
    assert not checkup.ok
    assert checkup.problems[0] == found[1]
    assert "38:59" not in " ".join(checkup.problems)
    assert "1 thing about codings or memos, not told" in checkup.problems[1]
    project.sources.mark_done(project.sources.find("S1"))
    project.coder = "Anna"
    project.sources.mark_done(project.sources.find("S1"))
    assert project.care.check().problems == tuple(found)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_merge_does_not_tell_how_others_coded_differ(path, tmp_path, dry_run):
    other = tmp_path / "copy.backup"
    shutil.copy(path, other)
    for file, memo in ((path, "a secret here"), (other, "another secret")):
        with qualcase.open(file, coder="Anna") as anna:
            uid = next(one.uid for one in anna.codings.list() if one.memo)
            anna.codings.describe(uid, memo=memo)
    with qualcase.open(path, coder="Bo") as project:
        merged = project.merging.merge(other, dry_run=dry_run)
        assert merged.conflicts == []
        assert merged.operations == 1
        assert keeps_quiet(merged, *say_merged(merged), project.memos.list())


def test_whose_a_thing_is_is_known_of_what_is_gone_too(project):
    uid = project.codings.list()[0].uid
    project.codings.remove(uid)
    with project.store.reading() as connection:
        assert people.owners_of(connection, "coding", [uid])[uid][:2] == ("S1", "Bo")
