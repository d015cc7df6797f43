"""An import keeps its texts in the file before its act: until then, and after a kill, nobody meets them."""

from __future__ import annotations

import gc
import random
import shutil

import pytest
from sqlalchemy import func, select

from qualcase.coding.places import SpanPlace
from qualcase.project import create_project, holding, open_project
from qualcase.project.importing import ImportOptions
from qualcase.storage import staging
from qualcase.storage.errors import StaleChangeError
from qualcase.storage.schema import material, metadata, retrieval
from qualcase.storage.texts import NewText

FILES, KILLS = 12, 6
KEPT = (material.content, material.original, material.source, material.text_version, material.speaker)
PARTS = (material.turn, material.block, material.sentence, retrieval.segment)

# Imports a folder, a file a portion, and says how far it is; with a number it stops there and waits.
IMPORT = """
import sys, time
from pathlib import Path
from qualcase.project import holding, open_project
from qualcase.project.importing import ImportOptions

holding.PORTION = 1
stop, handle = int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else None

def tell(done, total, name):
    print(done, flush=True)
    if done == stop:
        sys.stdin.readline()

with open_project(Path(sys.argv[1]), coder="Anna") as project:
    project.sources.import_paths([Path(sys.argv[2])], ImportOptions(handle=handle), tell)
print("done", flush=True)
"""


@pytest.fixture
def folder(tmp_path):
    """Talks, of which each has a word of its own."""
    folder = tmp_path / "talks"
    folder.mkdir()
    for number in range(FILES):
        text = f"Interviewer: And then?\n\nTom: The zebra{number} came late. Nobody minded.\n" * 30
        (folder / f"tom-{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def small_portions(monkeypatch):
    """Every file is a portion."""
    monkeypatch.setattr(holding, "PORTION", 1)


@pytest.fixture
def killed(path, folder, run):
    """A project in which an import was killed after its last file and before its act."""
    _kill(run(IMPORT, path, folder, FILES), FILES)
    return path


def _kill(process, after):
    while process.stdout.readline().strip() != str(after):
        assert process.poll() is None
    process.kill()
    process.communicate()


def rows(project, tables=KEPT + PARTS):
    """How many rows each table has, dead or alive."""
    with project.store.reading() as connection:
        return {table.name: connection.scalar(select(func.count()).select_from(table)) for table in tables}


def facts(path):
    """All that a user can see of a project."""
    with open_project(path, coder="Anna") as project:
        checked = project.care.check()
        assert (checked.ok, checked.problems) == (True, ())
        return (
            [(one.handle, one.name, project.sources.text(one)) for one in project.sources.list()],
            [one.summary for one in project.journal.log()],
            project.store.digest(),
            checked.sources,
            hits(project, "zebra3"),
        )


def hits(project, words):
    return [(hit.source, hit.start, hit.end) for hit in project.search.find(words)]


def test_a_killed_import_is_seen_by_nobody(path, folder, run):
    before = facts(path)
    _kill(run(IMPORT, path, folder, FILES), FILES)
    with open_project(path, coder="Anna") as project:
        assert rows(project, [material.content]) == {"content": 1 + FILES}
    assert facts(path) == before
    assert sorted(file.name for file in path.parent.glob("study*")) == ["study.qualcase"]


def test_the_next_import_sweeps_what_a_killed_one_left(killed, tmp_path):
    (tmp_path / "late.txt").write_text("Berit: Something else.\n", encoding="utf-8")
    with open_project(killed, coder="Anna") as project:
        assert rows(project, [material.speaker]) == {"speaker": 2 * FILES}
        project.sources.import_paths([tmp_path / "late.txt"])
        assert rows(project, [material.content, material.original, material.source]) == {
            "content": 2, "original": 2, "source": 2,
        }  # fmt: skip
        assert rows(project, [material.speaker]) == {"speaker": 0}
        assert hits(project, "zebra3") == []
        assert project.care.check().ok


def test_what_was_swept_comes_in_whole_another_time(killed, folder):
    with open_project(killed, coder="Anna") as project:
        report = project.sources.import_paths([folder])
        assert len(report.imported) == FILES
        assert len(hits(project, "zebra3")) == 30
        assert {hit[0] for hit in hits(project, "zebra3")} == {report.imported[3].handle}
        assert project.care.check().ok


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_kill_at_any_moment_leaves_all_or_nothing(path, folder, run, kill):
    before = facts(path)
    _kill(run(IMPORT, path, folder, -1), random.Random(kill).randint(1, FILES))
    after = facts(path)
    assert after == before or len(after[0]) == FILES + 1
    with open_project(path, coder="Anna") as project:
        project.sources.import_paths([folder])
        assert len(project.sources.list()) == FILES + 1
        assert rows(project, KEPT[:3]) == {"content": FILES + 1, "original": FILES + 1, "source": FILES + 1}


@pytest.mark.usefixtures("small_portions")
@pytest.mark.parametrize("fault", [KeyboardInterrupt, ZeroDivisionError])
def test_an_import_that_is_broken_off_leaves_nothing(path, folder, fault):
    before = facts(path)

    def break_off(done, total, name):
        if done == FILES - 1:
            raise fault

    with open_project(path, coder="Anna") as project:
        kept = rows(project)
        with pytest.raises(fault):
            project.sources.import_paths([folder], progress=break_off)
        assert rows(project) == kept
    assert facts(path) == before


@pytest.mark.usefixtures("small_portions")
def test_an_import_that_is_refused_at_its_end_leaves_nothing(path, folder, monkeypatch):
    def lose(connection, owner):
        return waiting(connection, owner)[1:]

    with open_project(path, coder="Anna") as project:
        kept, waiting = rows(project), staging.staged_by
        monkeypatch.setattr(holding, "staged_by", lose)
        with pytest.raises(StaleChangeError, match="nothing was changed"):
            project.sources.import_paths([folder])
        assert len(project.sources.list()) == 1
        monkeypatch.undo()
        project.sources.import_paths([folder / "tom-00.txt"])
        assert rows(project)["content"] > kept["content"]


@pytest.mark.usefixtures("small_portions")
def test_others_write_while_an_import_reads(path, folder):
    def code(done, total, name):
        with open_project(path, coder="Bo") as project:
            place = SpanPlace(done, done + 1)
            project.codings.add(project.sources.find("S1"), "KM.TRUST", place)

    with open_project(path, coder="Anna") as project:
        project.sources.import_paths([folder], progress=code)
        assert (len(project.sources.list()), len(project.codings.list())) == (FILES + 1, FILES)
        assert project.journal.verify().verified


def test_an_import_at_work_is_not_swept_by_another(path, folder, tmp_path, run):
    (tmp_path / "note.txt").write_text("Nobody speaks here.\n", encoding="utf-8")
    process = run(IMPORT, path, folder / "tom-00.txt", 1, "LATE")
    assert process.stdout.readline() == "1\n"
    with open_project(path, coder="Bo") as project:
        project.sources.import_paths([tmp_path / "note.txt"])
        assert [one.name for one in project.sources.list()] == ["berit.txt", "note.txt"]
        _, fault = process.communicate("go on\n")
        assert (process.returncode, fault) == (0, "")
        assert sorted(one.handle for one in project.sources.list()) == ["LATE", "S1", "S2"]
        assert project.care.check().ok


def test_what_waits_does_not_travel_in_a_merge(killed, tmp_path):
    copy = tmp_path / "bo.qualcase"
    copy.write_bytes(killed.read_bytes())
    with open_project(copy, coder="Bo") as project:
        project.codings.add(project.sources.find("S1"), "KM.TRUST", SpanPlace(0, 5))
    with open_project(killed, coder="Anna") as project:
        before = rows(project)
        project.merging.merge(copy)
        assert (len(project.sources.list()), len(project.codings.list())) == (1, 1)
        assert rows(project) == before
        assert project.care.check().ok


def test_a_copy_in_which_an_import_was_killed_is_merged(path, folder, run, tmp_path):
    shutil.copy(path, tmp_path / "mine.qualcase")
    _kill(run(IMPORT, path, folder, FILES), FILES)
    with open_project(path, coder="Bo") as project:
        project.codings.add(project.sources.find("S1"), "KM.TRUST", SpanPlace(0, 5))
    with open_project(tmp_path / "mine.qualcase", coder="Anna") as project:
        before = len(project.sources.list())
        project.merging.merge(path)
        assert (len(project.sources.list()), len(project.codings.list())) == (before, 1)
        assert project.care.check().ok


def test_sweeping_takes_nothing_that_others_rest_on(path, folder, tmp_path, run):
    same = tmp_path / "same.txt"
    same.write_bytes((folder / "tom-00.txt").read_bytes())
    with open_project(path, coder="Anna") as project:
        project.sources.import_paths([same])
        text = project.sources.text(project.sources.find("same.txt"))
        project.journal.undo()
    _kill(run(IMPORT, path, folder, FILES), FILES)
    with open_project(path, coder="Anna") as project:
        holding.Holding(project).sweep()
        project.journal.redo()
        assert project.sources.text(project.sources.find("same.txt")) == text
        assert rows(project, [material.original]) == {"original": 2}
        assert project.care.check().ok


@pytest.mark.parametrize("portion", [1, 3_000, 10**9])
def test_it_comes_to_the_same_in_portions_of_any_size(tmp_path, folder, monkeypatch, portion):
    monkeypatch.setattr(holding, "PORTION", portion)
    with create_project(tmp_path / "new.qualcase", ("four-process",), coder="Anna") as project:
        report = project.sources.import_paths([folder])
        assert [one.handle for one in report.imported] == [f"S{number}" for number in range(1, FILES + 1)]
        source = project.sources.find("S4")
        assert len(project.sources.turns(source)) == 60
        assert len(project.sources.sentences(source)) == 90
        assert len(hits(project, "zebra3")) == 30
        digest, kept = project.store.digest(), rows(project)
        with project.store.reading() as connection:
            assert not staging.abandoned(connection)
            assert not any(_staged(connection, table) for table in KEPT if "clock" in table.c)
        project.journal.undo()
        assert project.sources.list() == ()
        project.journal.redo()
        assert (project.store.digest(), rows(project)) == (digest, kept)
        assert project.care.check().ok


def _staged(connection, table):
    return connection.scalar(select(func.count()).where(staging.is_staged(table)))


@pytest.mark.usefixtures("small_portions")
@pytest.mark.parametrize("dry_run", [False, True])
def test_no_more_than_a_portion_is_held_in_memory(path, folder, dry_run):
    held = []

    def count(done, total, name):
        held.append(sum(isinstance(one, NewText) for one in gc.get_objects()))

    with open_project(path, coder="Anna") as project:
        gc.collect()
        project.sources.import_paths([folder], ImportOptions(dry_run=dry_run), count)
    assert (len(held), max(held)) == (FILES, 0)


@pytest.mark.usefixtures("small_portions")
def test_a_trial_keeps_nothing(path, folder):
    with open_project(path, coder="Anna") as project:
        before = rows(project, metadata.sorted_tables)
        report = project.sources.import_paths([folder], ImportOptions(dry_run=True))
        assert len(report.imported) == FILES
        assert rows(project, metadata.sorted_tables) == before
