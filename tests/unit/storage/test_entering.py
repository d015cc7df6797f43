"""Where the next act goes is remembered, and what is remembered is never believed: the chain holds."""

from __future__ import annotations

import shutil
from contextlib import suppress

import pytest
from sqlalchemy.exc import IntegrityError
from two_copies import TEXT, create, kept, well

from qualcase.coding.places import SpanPlace
from qualcase.model.operation import Operation
from qualcase.project import open_project
from qualcase.project.backups import restore_project
from qualcase.storage import entering, sqlite
from qualcase.storage.entering import LastAct

PROCESS = """
import sys
from qualcase.project import open_project
with open_project(sys.argv[1], coder=sys.argv[2]) as project:
    project.memos.add(sys.argv[3])
"""


class LetGoError(Exception):
    """Ends a transaction of which nothing is to be kept."""


@pytest.fixture
def project(tmp_path):
    """A project of Anna's with one text, in which she has acted: where her next act goes is remembered."""
    with create(tmp_path, TEXT) as made:
        write(made)
        yield made


@pytest.fixture
def asked(monkeypatch):
    """Each time that the file is asked for the place of an act."""
    times, ask = [], entering.find_place
    monkeypatch.setattr(entering, "find_place", lambda *given: times.append(given) or ask(*given))
    return times


def act(summary):
    """An act that changes nothing but the journal."""
    return Operation("memo", summary, ())


def write(project):
    """Do such an act; return its entry in the log."""
    project.store.commit(act("Wrote"), coder=project.coder)
    return project.journal.log(1)[0]


def elsewhere(project, do=write, coder="Bo"):
    """Do something with the same file through another connection."""
    with open_project(project.store.path, coder=coder) as other:
        return do(other)


def test_one_act_after_the_other_asks_nothing(project, asked):
    first, second = write(project), write(project)
    assert asked == []
    assert second.parents == (first.hash,)
    assert (second.sequence, second.coder) == (first.sequence + 1, "Anna")
    assert second.at >= first.at
    assert well(project)


def test_the_first_act_and_one_of_somebody_else_are_asked_for(project, asked):
    project.store.commit(act("Bo wrote"), coder="Bo")
    assert len(asked) == 1
    project.store.commit(act("Bo wrote again"), coder="bo")
    assert len(asked) == 1
    write(project)
    assert len(asked) == 2
    assert well(project)


@pytest.mark.parametrize("coder", ["Anna", "Bo"])
def test_an_act_follows_what_another_connection_wrote(project, asked, coder):
    before = write(project)
    between = elsewhere(project, coder=coder)
    asked.clear()
    after = write(project)
    assert len(asked) == 1
    assert [one.parents for one in (between, after)] == [(before.hash,), (between.hash,)]
    assert after.sequence == before.sequence + 2
    assert well(project)


def test_acts_follow_what_another_process_wrote(project, run):
    for number in range(3):
        write(project)
        other = run(PROCESS, project.store.path, "anna", f"From elsewhere {number}")
        assert other.wait(60) == 0, other.stderr.read()
        other.communicate()
    write(project)
    log = project.journal.log()
    assert [one.sequence for one in log] == list(range(len(log), 0, -1))
    assert well(project)


def test_an_act_that_was_taken_back_is_followed_by_nothing(project):
    before = write(project)
    with suppress(LetGoError), project.store.writing():
        project.memos.add("Never was")
        raise LetGoError
    after = write(project)
    assert after.parents == (before.hash,)
    assert after.sequence == before.sequence + 1
    assert well(project)


def test_an_act_follows_the_one_that_took_the_place_of_one_taken_back(project):
    with suppress(LetGoError), project.store.writing():
        taken_back = write(project)
        raise LetGoError
    instead = elsewhere(project, coder="Anna")
    assert instead.sequence == taken_back.sequence
    assert write(project).parents == (instead.hash,)
    assert well(project)


def test_a_coder_whose_first_act_was_taken_back_is_entered_anew(project):
    with suppress(LetGoError), project.store.writing():
        project.store.commit(act("Never was"), coder="Bo")
        raise LetGoError
    entry = project.store.commit(act("Bo wrote"), coder="Bo")
    assert (entry.coder, entry.sequence) == ("Bo", project.journal.log(1)[0].sequence)
    assert well(project)


def write_what_cannot_be_kept(project):
    with project.store.writing() as connection:
        project.memos.add("Never was")
        sqlite.defer_references(connection)  # Found out by COMMIT, when all was written.
        connection.exec_driver_sql("UPDATE memo SET coder_id = 999")


def test_an_act_that_could_not_be_kept_is_followed_by_nothing(project):
    before = write(project)
    with pytest.raises(IntegrityError):
        write_what_cannot_be_kept(project)
    after = write(project)
    assert after.parents == (before.hash,)
    assert well(project)


def test_two_acts_in_one_transaction_follow_each_other(project, asked):
    with project.store.writing():
        project.memos.add("One")
        project.memos.add("Two")
    first, second = reversed(project.journal.log(2))
    assert second.parents == (first.hash,)
    assert asked == []
    assert well(project)


def test_an_act_that_fails_leaves_the_place_of_the_next(project):
    write(project)
    with pytest.raises(Exception, match="no code"):
        project.codings.add(project.sources.find("S1"), "NOT.THERE", SpanPlace(0, 4))
    write(project)
    assert well(project)


def test_an_act_follows_a_merge_and_the_undoing_of_one(project, tmp_path):
    copy = shutil.copy(kept(project.store.path), tmp_path / "bo.qualcase")
    with open_project(copy, coder="Bo") as other:
        write(other)
    before = write(project)
    project.merging.merge(copy)
    merge = project.journal.log(1)[0]
    after = write(project)
    assert after.parents == (merge.hash,)
    assert well(project)
    elsewhere(project, lambda other: other.journal.undo(), coder="Anna")
    write(project)
    project.merging.merge(copy)
    assert write(project).parents == (project.journal.log(2)[1].hash,)
    assert before.hash in {one.hash for one in project.journal.log()}
    assert well(project)


def test_an_act_follows_a_merge_that_was_undone_at_once(project, tmp_path):
    copy = shutil.copy(kept(project.store.path), tmp_path / "bo.qualcase")
    with open_project(copy, coder="Bo") as other:
        write(other)
    before = write(project)
    project.merging.merge(copy)
    project.journal.undo()
    assert project.journal.log(1)[0].hash == before.hash
    assert write(project).parents == (before.hash,)
    assert well(project)


@pytest.mark.parametrize("by", ["this store", "another"])
def test_an_act_follows_what_was_restored(project, by):
    before = write(project)
    backup = kept(project.store.path)
    newest = write(project)
    if by == "another":
        restore_project(project.store.path, backup)
    else:
        project.store.take_over(backup, instead_of=bytes.fromhex(newest.hash))
    assert project.journal.log(1)[0].hash == before.hash
    assert write(project).parents == (before.hash,)
    assert well(project)


def test_looking_at_an_earlier_state_moves_no_place(project, asked):
    project.codebook.rename("KM", "Knowing")
    before = project.journal.log(1)[0]
    with project.codebook.as_of("1"):
        assert project.codebook.find("KM").name != "Knowing"
    assert write(project).parents == (before.hash,)
    assert asked == []
    assert well(project)


def test_whoever_acts_is_asked_for_where_their_row_is_another(project, asked):
    write(project)
    raw = sqlite.driver.connect(str(project.store.path), isolation_level=None)
    raw.execute("UPDATE coder SET id = 99 WHERE folded = 'anna'")
    raw.close()
    project.store.commit(act("Anna wrote"), coder="Anna")
    assert len(asked) == 1
    with project.store.reading() as connection:
        [key] = connection.exec_driver_sql(
            "SELECT coder_id FROM operation ORDER BY sequence DESC LIMIT 1"
        ).one()
    assert key == 99


def test_what_was_forgotten_is_not_guessed():
    last = LastAct()
    assert last.next_place("anna") is None
