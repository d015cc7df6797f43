"""Two copies of one project, worked on by two people, become one: in real files."""

from __future__ import annotations

import shutil
import time

import pytest
from two_copies import INTERVIEW, alike, anna, bo, code, create, merge_both_ways, well

from qualcase.coding.errors import CannotUndoError
from qualcase.model.code import Code
from qualcase.project import create_project, open_project
from qualcase.project.merging import say_merged
from qualcase.storage import clock, sqlite
from qualcase.storage.errors import (
    BrokenJournalError,
    ClockAheadError,
    CodeCycleError,
    ForeignProjectError,
    ProjectMissingError,
)
from qualcase.storage.redaction import redact


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with an interview, two codings and a memo, to be copied."""
    folder = tmp_path_factory.mktemp("origin")
    with create(folder, INTERVIEW) as project:
        code(project, "We met twice", "KM")
        code(project, "The workshop helped", "NS")
        project.memos.add("It is not so simple.")
    return folder / "study.qualcase"


def coded(project):
    return {(c.source, c.quote, c.code, c.coder) for c in project.codings.list()}


def test_what_each_has_done_is_in_both_and_the_second_merge_changes_nothing(copies):
    with anna(copies) as mine, bo(copies) as other:
        code(mine, "We met twice")
        code(other, "Nobody trusted anybody")
        other.codebook.rename("KM", "What is known")
        before = mine.journal.log(1)[0].sequence
        merged = mine.merging.merge(copies[1])
        assert (merged.added["coding"], merged.changed, merged.removed) == (1, {"codebook": 1, "code": 1}, {})
        assert [one.kind for one in mine.journal.log(3)] == ["merge", "codebook", "code"]
        assert mine.journal.log(1)[0].sequence == before + 4
        assert len(mine.journal.log(1)[0].parents) == 2
        again = mine.merging.merge(copies[1])
        assert (again.touched(), again.operations, again.backup) == (0, 0, None)
        assert mine.codebook.find("KM").name == "What is known"
        assert ("S1", "Nobody trusted anybody", "KM.TRUST", "Bo") in coded(mine)
        other.merging.merge(copies[0])
        assert mine.store.digest() == other.store.digest()
        assert mine.merging.merge(copies[1]).operations == 0
        assert well(mine)
        assert well(other)


def test_a_deletion_stands_and_comes_back_by_undo_alone(copies):
    with anna(copies) as mine, bo(copies) as other:
        gone = next(one for one in mine.codings.list() if one.code == "KM")
        mine.codings.remove(gone.uid)
        other.codings.describe(gone.uid, weight=0.5)
        merged = mine.merging.merge(copies[1])
        assert gone.uid not in {one.uid for one in mine.codings.list()}
        assert [(one.kept, one.ours) for one in merged.conflicts] == [("ours", None)]
        other.merging.merge(copies[0])
        assert gone.uid not in {one.uid for one in other.codings.list()}


def test_an_undone_deletion_comes_back_everywhere(copies):
    with anna(copies) as mine, bo(copies) as other:
        gone = next(one for one in mine.codings.list() if one.code == "KM")
        mine.codings.remove(gone.uid)
        other.merging.merge(copies[0])
        assert gone.uid not in {one.uid for one in other.codings.list()}
        mine.journal.undo()
        other.merging.merge(copies[0])
        assert gone.uid in {one.uid for one in other.codings.list()}


def test_two_edits_of_one_memo_are_both_kept(copies):
    with anna(copies) as mine, bo(copies) as other:
        memo = mine.memos.list()[0].uid
        mine.memos.edit(memo, "It is simpler than that.")
        other.memos.edit(memo, "It is worse.")
        merged = mine.merging.merge(copies[1])
        assert {one.text for one in mine.memos.list()} == {"It is simpler than that.", "It is worse."}
        assert mine.memos.find(memo).text == "It is worse."
        assert merged.kept == 1
        assert any("theirs holds" in line for line in say_merged(merged))
        other.merging.merge(copies[0])
        assert mine.store.digest() == other.store.digest()


def test_differing_coding_memos_and_definitions_are_reported_and_kept(copies):
    with anna(copies) as mine, bo(copies) as other:
        coding = mine.codings.list()[0].uid
        mine.codings.describe(coding, memo="Anna wonders")
        mine.codebook.edit("NS", definition="Anna's words.", reason="clearer")
        other.codings.describe(coding, memo="Bo wonders")
        other.codebook.edit("NS", definition="Bo's words.", reason="clearer")
        merged = mine.merging.merge(copies[1])
        assert {one.record for one in merged.conflicts} >= {"coding", "code"}
        assert mine.codebook.find("NS").definition == "Bo's words."
        assert {"Anna's words.", "Anna wonders"} <= {one.text for one in mine.memos.list()}
        assert mine.codings.find(coding).memo == "Bo wonders"


def test_a_code_renamed_in_one_copy_stays_one_code(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.rename("KM", "Knowledge")
        before = len(mine.codebook.current().codes), len(mine.codings.list())
        code(other, "We met twice", "KM")
        mine.merging.merge(copies[1])
        assert (len(mine.codebook.current().codes), len(mine.codings.list()) - 1) == before


def test_codings_made_while_the_other_corrected_the_text_follow_it(copies, tmp_path):
    with anna(copies) as mine, bo(copies) as other:
        corrected = tmp_path / "corrected.txt"
        corrected.write_text(INTERVIEW.replace("How did", "And so, how did"), encoding="utf-8")
        mine.editing.replace_text(mine.sources.find("S1"), corrected.read_text(encoding="utf-8"))
        code(other, "Then we built trust")
        merged = mine.merging.merge(copies[1])
        quotes = {one.quote for one in mine.codings.list()}
        assert {"We met twice", "The workshop helped", "Then we built trust"} <= quotes
        assert merged.review == 0
        other.merging.merge(copies[0])
        assert {one.quote for one in other.codings.list()} == quotes


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Nobody trusted anybody", "Nobody really believed anybody"),
        # So alike that it is surely the same passage; the words are other ones all the same.
        (
            "Then we built trust, slowly. The workshop helped",
            "Then we built trust, slowly. The workshops helped",
        ),
    ],
)
def test_words_that_the_other_corrected_stay_until_somebody_has_looked(copies, was, now):
    with anna(copies) as mine, bo(copies) as other:
        mine.editing.replace_text(mine.sources.find("S1"), INTERVIEW.replace(was, now))
        made = code(other, was)
        merged = mine.merging.merge(copies[1])
        held = mine.codings.find(made.uid)
        assert (held.quote, held.state) == (was, "review")
        doubts = [one for one in mine.editing.review() if one.uid == made.uid]
        assert [(one.old, one.new) for one in doubts] == [(was, now)]
        assert merged.review == len(mine.editing.review())
        other.merging.merge(copies[0])
        assert other.store.digest() == mine.store.digest()


def test_a_text_corrected_in_both_copies_is_told_of_in_words(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.editing.replace_text(mine.sources.find("S1"), INTERVIEW.replace("How did", "And how did"))
        other.editing.replace_text(other.sources.find("S1"), INTERVIEW.replace("slowly", "very slowly"))
        merged = mine.merging.merge(copies[1])
        sentence = "The text of S1 was corrected in both copies; theirs holds, being the later."
        assert f"{sentence} The other is kept as well." in list(say_merged(merged))
        assert [one.record for one in merged.conflicts] == ["source"]
        assert "very slowly" in mine.sources.text(mine.sources.find("S1"))
        assert well(mine)


def test_coders_meet_by_name_whatever_its_case(copies):
    with anna(copies) as mine, open_project(copies[1], coder="carla") as other:
        mine.coder = "Carla"
        code(mine, "We met twice")
        code(other, "Nobody trusted anybody")
        mine.merging.merge(copies[1])
        assert [name.casefold() for name in mine.coders()] == ["anna", "carla"]
        assert len({one.coder for one in mine.codings.list()}) == 2
        assert well(mine)


def test_codes_made_in_both_meet_by_their_id_and_cases_by_their_name(copies):
    with anna(copies) as mine, bo(copies) as other:
        for project, words in ((mine, "Anna's."), (other, "Bo's.")):
            project.codebook.import_file("cop-leadership")
            project.codebook.add(Code(id="X.NEW", name="New", definition=words))
            project.cases.create("North")
        mine.merging.merge(copies[1])
        assert [book.id for book in mine.codebook.all()] == ["four-process", "cop-leadership"]
        ids = [one.id for book in mine.codebook.all() for one in book.codes]
        assert len(ids) == len(set(ids))
        assert list(mine.cases.list()).count("North") == 1
        other.merging.merge(copies[0])
        assert other.store.digest() == mine.store.digest()
        assert well(mine)


def test_events_of_one_handle_are_told_apart(copies):
    with anna(copies) as mine, bo(copies) as other:
        for project, title in ((mine, "They met"), (other, "They parted")):
            project.events.add(title, "2006", source=project.sources.find("S1"), quote="We met twice.")
        merged = mine.merging.merge(copies[1])
        events = {one.title: one.id for one in mine.events.list()}
        assert len(set(events.values())) == 2
        assert len(merged.renamed) == 1


def test_a_code_that_two_begin_with_other_meanings_is_told_of_and_read_again(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.add(Code(id="X.NEW", name="Nostalgia", definition="Longing."))
        code(mine, "We met twice", "X.NEW")
        other.codebook.add(Code(id="X.NEW", name="Novelty", definition="What is new."))
        code(other, "Nobody trusted", "X.NEW")
    mine_first, other_first = merge_both_ways(copies)
    lost = {"definition": "Longing.", "name": "Nostalgia"}
    assert [(one.record, one.ours, one.kept) for one in mine_first.conflicts] == [("code", lost, "theirs")]
    assert [(one.record, one.theirs, one.kept) for one in other_first.conflicts] == [("code", lost, "ours")]
    assert alike(copies, lambda one: [reading.quote for reading in one.codebook.reread()]) == ["We met twice"]


def test_what_rests_on_a_deleted_code_keeps_it(copies):
    with anna(copies) as mine:
        mine.codebook.add(Code(id="X.NEW", name="New", definition="What is new."))
    shutil.copy(copies[0], copies[1])
    with anna(copies) as mine, bo(copies) as other:
        mine.journal.undo()
        code(other, "We met twice", "X.NEW")
        mine.merging.merge(copies[1])
        assert ("S1", "We met twice", "X.NEW", "Bo") in coded(mine)
        assert well(mine)


def test_codes_moved_below_each_other_are_refused(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.move("KM", "NS")
        other.codebook.move("NS", "KM")
        digest = mine.store.digest()
        with pytest.raises(CodeCycleError, match="KM"):
            mine.merging.merge(copies[1])
        assert mine.store.digest() == digest
        assert mine.journal.log(1)[0].kind == "codebook"


def test_a_dry_run_says_what_would_change_and_changes_nothing(copies, tmp_path):
    with anna(copies) as mine, bo(copies) as other:
        code(other, "We met twice")
        other.memos.edit(other.memos.list()[0].uid, "It is.")
        other.close()
        mine.close()
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with anna(copies) as mine:
        merged = mine.merging.merge(copies[1], dry_run=True)
        lines = list(say_merged(merged, dry_run=True))
    assert lines[1:] == ["1 coding would be added.", "1 memo would be changed."]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_one_undo_takes_a_merge_back_until_something_follows(copies):
    with anna(copies) as mine, bo(copies) as other:
        code(other, "We met twice")
        digest, head = mine.store.digest(), mine.journal.verify().head
        mine.merging.merge(copies[1])
        assert mine.store.digest() != digest
        assert [one.kind for one in mine.journal.undo()] == ["merge"]
        assert (mine.store.digest(), mine.journal.verify().head) == (digest, head)
        mine.merging.merge(copies[1])
        code(mine, "Nobody trusted anybody")
        assert mine.journal.undo()[0].kind == "code"
        before = mine.store.digest()
        with pytest.raises(CannotUndoError, match="something has followed it; nothing was changed"):
            mine.journal.undo()
        assert mine.store.digest() == before
        (earlier,) = mine.journal.undo(past_merge=True)
        assert earlier.kind != "merge"
        assert "Bo" in {one.coder for one in mine.codings.list()}


def test_a_merge_whose_backup_is_gone_cannot_be_undone(copies):
    with anna(copies) as mine, bo(copies) as other:
        code(other, "We met twice")
        mine.merging.merge(copies[1]).backup.unlink()
        with pytest.raises(ProjectMissingError):
            mine.journal.undo()


def test_each_takes_back_their_own_after_a_merge(copies):
    with anna(copies) as mine, bo(copies) as other:
        code(other, "We met twice")
        mine.merging.merge(copies[1])
        mine.coder = "Bo"
        mine.journal.undo()
        assert "Bo" not in {one.coder for one in mine.codings.list()}
        other.merging.merge(copies[0])
        assert "Bo" not in {one.coder for one in other.codings.list()}


def test_another_projects_file_is_refused(copies, tmp_path):
    create_project(tmp_path / "foreign.qualcase", coder="Anna").close()
    with anna(copies) as mine, pytest.raises(ForeignProjectError, match="not a copy"):
        mine.merging.merge(tmp_path / "foreign.qualcase")


def test_a_clock_a_day_ahead_is_held_for_confirmation(copies, monkeypatch):
    with anna(copies) as mine, bo(copies) as other:
        with monkeypatch.context() as patch:
            ahead = time.time_ns() + 25 * 3600 * 10**9
            patch.setattr(clock.time, "time_ns", lambda: ahead)
            code(other, "We met twice")
        with pytest.raises(ClockAheadError, match="clock"):
            mine.merging.merge(copies[1])
        assert mine.merging.merge(copies[1], accept_clock=True).added == {"coding": 1}


def test_an_altered_journal_is_refused(copies):
    with bo(copies) as other:
        code(other, "We met twice")
    connection = sqlite.driver.connect(copies[1])
    trigger = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'operation_is_final'").fetchone()
    connection.execute("DROP TRIGGER operation_is_final")
    connection.execute(
        "UPDATE operation SET clock = clock + 1 WHERE sequence = (SELECT max(sequence) FROM operation)"
    )
    connection.execute(trigger[0])
    connection.commit()
    connection.close()
    with anna(copies) as mine:
        digest = mine.store.digest()
        with pytest.raises(BrokenJournalError):
            mine.merging.merge(copies[1])
        assert mine.store.digest() == digest


def test_a_redaction_travels(copies):
    with anna(copies) as mine, bo(copies) as other:
        memo = next(one.sequence for one in other.journal.log() if one.kind == "memo")
        redact(other.store, memo, coder="Bo")
        mine.merging.merge(copies[1])
        assert next(one.redacted for one in mine.journal.log() if one.sequence == memo)
        assert mine.journal.verify().verified
