"""Backups: made when they should be, proven, thinned with time, and restored whole."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualcase.cli import cli
from qualcase.coding.places import SpanPlace
from qualcase.model.errors import UsageError
from qualcase.project import create_project, open_project
from qualcase.project.backups import restore_project
from qualcase.storage import proving, snapshots, sqlite
from qualcase.storage.errors import (
    DamagedProjectError,
    NotAProjectError,
    ProjectExistsError,
    ProjectMissingError,
)
from qualcase.storage.snapshots import backup_folder, keep_backup, list_backups, moments_to_keep

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def add(project, number=0):
    project.codings.add(project.sources.find("S1"), "KM", SpanPlace(number, number + 9))


def damage(path):
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\x5a" * (len(content) - 8192)
    path.write_bytes(content)


def test_a_backup_is_proven_and_holds_the_same(project, source):
    add(project)
    made = project.backups.write()
    assert made.digest == project.store.digest()
    assert made.head == project.journal.verify().head
    assert made.path.parent == backup_folder(project.path)
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made.path.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]


def test_what_is_written_while_a_file_is_copied_does_not_tear_the_copy(
    project, source, tmp_path, monkeypatch
):
    add(project)
    project.close()
    copied = shutil.copyfileobj

    def copy_meanwhile(origin, copy, length):
        copy.write(origin.read(8192))
        with open_project(tmp_path / "study.qualcase", coder="Bo") as elsewhere:
            add(elsewhere, 20)
        copied(origin, copy, length)

    monkeypatch.setattr(snapshots.shutil, "copyfileobj", copy_meanwhile)
    snapshots.copy_file(project.path, tmp_path / "copy.backup")
    proving.prove_copy(tmp_path / "copy.backup")
    with open_project(project.path, coder="Anna") as now:
        assert len(now.codings.list()) == 2
        (tmp_path / "copy.backup").rename(tmp_path / "else.qualcase")
        with open_project(tmp_path / "else.qualcase", coder="Anna") as copy:
            assert copy.store.digest() == now.store.digest()


def test_what_is_no_database_is_not_copied(tmp_path):
    (tmp_path / "letter.qualcase").write_bytes(b"Dear colleague, " * 4096)
    with pytest.raises(DamagedProjectError, match="cannot be copied: file is not a database"):
        snapshots.copy_file(tmp_path / "letter.qualcase", tmp_path / "copy.backup")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.qualcase"]


def test_no_backup_looks_like_a_project_in_its_folder(project, tmp_path):
    project.backups.write()
    assert [path.name for path in tmp_path.glob("**/*.qualcase")] == ["study.qualcase"]
    with pytest.raises(UsageError, match="second project"):
        project.backups.write(tmp_path / "copy.qualcase")
    (tmp_path / "elsewhere").mkdir()
    made = project.backups.write(tmp_path / "elsewhere" / "copy.qualcase")
    with open_project(made.path, coder="Bo") as copy:
        assert copy.store.digest() == made.digest
    with pytest.raises(ProjectExistsError):
        project.backups.write(made.path)


def test_restoring_brings_everything_back_and_keeps_what_it_replaces(project, source):
    made = project.backups.write()
    add(project)
    later = project.store.digest()
    project.close()
    done = restore_project(project.path, made.path)
    with open_project(project.path, coder="Anna") as restored:
        assert restored.store.digest() == made.digest
        assert restored.journal.verify().head == made.head
    restore_project(project.path, done.replaced)
    with open_project(project.path, coder="Anna") as again:
        assert again.store.digest() == later
    assert made.path.exists()


def test_a_damaged_project_names_the_newest_good_backup_and_is_restored(project):
    made = project.backups.write()
    project.close()
    damage(project.path)
    with pytest.raises(DamagedProjectError) as caught, open_project(project.path, coder="Anna") as opened:
        opened.store.digest()
    assert str(made.path) in caught.value.hint
    done = restore_project(project.path, made.path)
    assert done.replaced.name.endswith("-damaged")
    with open_project(project.path, coder="Anna") as restored:
        assert restored.store.digest() == made.digest


def test_a_project_that_is_gone_is_restored(project):
    made = project.backups.write()
    project.close()
    project.path.unlink()
    assert restore_project(project.path, made.path).replaced is None
    with open_project(project.path, coder="Anna") as restored:
        assert restored.store.digest() == made.digest


@pytest.mark.parametrize("what", ["damaged", "text", "altered", "other words", "missing"])
def test_what_is_no_good_backup_is_not_restored(project, tmp_path, what):
    made = project.backups.write()
    digest = project.store.digest()
    project.close()
    file = Path(shutil.copy(made.path, tmp_path / "backup"))
    if what == "damaged":
        damage(file)
    elif what == "text":
        file.write_text("no project", encoding="utf-8")
    elif what == "missing":
        file.unlink()
    else:
        connection = sqlite.driver.connect(str(file))
        words = "UPDATE content SET text = replace(text, 'trust', 'trost')"
        connection.execute("DROP TRIGGER operation_stays" if what == "altered" else words)
        connection.commit()
        connection.close()
    with pytest.raises((DamagedProjectError, NotAProjectError, ProjectMissingError), match=str(file)):
        restore_project(project.path, file)
    with open_project(project.path, coder="Anna") as untouched:
        assert untouched.store.digest() == digest


def test_a_backup_with_other_bytes_than_its_name_tells_is_not_restored(project, tmp_path):
    made = project.backups.write()
    project.close()
    connection = sqlite.driver.connect(str(made.path))
    connection.execute("UPDATE coder SET name = 'Eve'")
    connection.commit()
    connection.close()
    with pytest.raises(DamagedProjectError, match="altered after it was made, as its name tells") as caught:
        restore_project(project.path, made.path)
    assert "restore --anyway" in caught.value.hint
    renamed = Path(shutil.copy(made.path, tmp_path / "backup"))
    with pytest.raises(
        DamagedProjectError, match=r"the coder \w+ is not what the journal made of it \(name\)"
    ):
        restore_project(project.path, renamed)
    with open_project(project.path, coder="Anna") as untouched:
        assert untouched.coders() == ("Anna",)
    restore_project(project.path, renamed, anyway=True)
    with open_project(project.path, coder="Anna") as taken:
        assert taken.coders()[0] == "Eve"


def test_a_folder_is_no_backup(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotAProjectError, match="is not a file"):
        restore_project(project.path, Path())


def test_a_wal_beside_the_backup_or_beside_what_it_replaces_is_refused(project, tmp_path):
    made = project.backups.write()
    project.close()
    file = Path(shutil.copy(made.path, tmp_path / "backup"))
    beside = tmp_path / "backup-wal"
    beside.write_bytes(b"stale")
    with pytest.raises(UsageError, match="backup-wal"):
        restore_project(project.path, file)
    beside.unlink()
    project.path.unlink()
    stale = project.path.with_name("study.qualcase-wal")
    stale.write_bytes(b"stale")
    with pytest.raises(UsageError, match=r"study\.qualcase-wal"):
        restore_project(project.path, file)
    assert not project.path.exists()


def test_an_open_transaction_is_not_in_a_backup(project):
    before = project.store.digest()
    with project.store.writing():
        add(project)
        made = keep_backup(project.path, "asked")
    project.close()
    restore_project(project.path, made.path)
    with open_project(project.path, coder="Anna") as restored:
        assert restored.store.digest() == before


def test_a_backup_comes_before_a_thousand_deletions_and_not_before_fewer(project, source):
    text = project.sources.text_uid(source)
    shared = {"source": source.uid, "text": text, "coder": project.codings.coder_uid()}
    shared |= {"code": project.codings._code_uid(project.codebook.find("KM")), "codebook_version": 1}
    for count in (snapshots.BULK - 1, snapshots.BULK):
        passages = [{"start": 0, "end": 1 + number % 90} for number in range(count)]
        project.perform("code-many", shared=shared, passages=passages, summary="Coded much")
    project.journal.undo()
    assert [one.reason for one in list_backups(project.path)] == ["delete"]
    project.journal.undo()
    assert len(list_backups(project.path)) == 1


def test_half_an_hour_of_edits_is_kept(project, source, monkeypatch):
    add(project)
    assert list_backups(project.path) == ()
    project.close()

    def edit(number, every):
        monkeypatch.setattr(snapshots, "EVERY", every)
        with open_project(project.path, coder="Anna") as again:
            add(again, number)
            return again.store.digest()

    edited = edit(1, timedelta(0))
    (made,) = list_backups(project.path)
    assert made.reason == "edits"
    edit(2, timedelta(minutes=30))
    assert [one.path for one in list_backups(project.path)] == [made.path]
    restore_project(project.path, made.path)
    with open_project(project.path, coder="Anna") as restored:
        assert restored.store.digest() == edited


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError(28, "No space left on device"), "No space left on device."),
        (DamagedProjectError("The copy cannot be read: disk I/O error."), "The copy cannot be read"),
    ],
)
def test_no_edit_is_refused_where_that_backup_cannot_be_made(
    project, monkeypatch, caplog, source, fault, told
):
    def fail(*_):
        raise fault

    project.close()
    monkeypatch.setattr(snapshots, "EVERY", timedelta(0))
    monkeypatch.setattr(snapshots, "keep_backup", fail)
    with open_project(project.path, coder="Anna") as again:
        add(again)
        assert len(again.codings.list()) == 1
    assert f"No backup of study.qualcase could be made: {told}" in caplog.text


def test_a_backup_comes_before_a_change_of_format(project, monkeypatch):
    project.close()
    monkeypatch.setattr(sqlite, "USER_VERSION", sqlite.USER_VERSION + 1)
    with open_project(project.path, coder="Anna") as raised:
        assert [one.reason for one in raised.backups.list()] == ["migration"]


def test_a_copy_that_is_not_good_is_not_kept_and_nothing_goes(project, monkeypatch):
    old = project.backups.write()
    monkeypatch.setattr(sqlite, "page_problems", lambda _: ["page 7 is torn"])
    with pytest.raises(DamagedProjectError, match="page 7"):
        project.backups.write()
    assert [one.path for one in list_backups(project.path)] == [old.path]


def test_a_backup_made_by_itself_is_proven_to_the_last_hash(project, source):
    add(project)
    good = project.backups.write()
    project.close()
    connection = sqlite.driver.connect(str(project.path))
    connection.execute("DROP TRIGGER operation_is_final")
    connection.execute("UPDATE operation SET clock = clock + 1 WHERE sequence = 2")
    connection.commit()
    connection.close()
    with pytest.raises(DamagedProjectError, match="does not verify"):
        keep_backup(project.path, "merge")
    assert [one.path for one in list_backups(project.path)] == [good.path]


def test_two_days_are_kept_whole_and_the_rest_is_thinned():
    hourly = [NOW - timedelta(hours=hours) for hours in range(24 * 400)]
    kept = sorted(moments_to_keep(hourly, NOW), reverse=True)
    assert [one for one in kept if one > NOW - timedelta(days=2)] == hourly[:48]
    older = kept[48:]
    assert len(older) == 7 + 4 + 6
    days, weeks, months = older[:7], older[7:11], older[11:]
    assert len({one.date() for one in days}) == 7
    assert len({one.isocalendar()[:2] for one in weeks}) == 4
    assert len({(one.year, one.month) for one in months}) == 6
    assert months[-1] < NOW - timedelta(days=150)


def test_thinning_as_time_goes_by_keeps_old_ones_too():
    kept = set()
    for hours in range(0, 24 * 300, 12):
        now = NOW + timedelta(hours=hours)
        kept = moments_to_keep({*kept, now}, now)
    ages = sorted((now - one).days for one in kept)
    assert len([age for age in ages if age < 2]) == 4
    assert len(kept) <= 4 + 7 + 4 + 6
    assert ages[-1] > 120


def test_the_last_good_one_is_never_let_go(project):
    old = project.backups.write().path
    aged = old.with_name(old.name.replace(old.name[:8], "20200101"))
    old.rename(aged)
    fresh = project.backups.write().path
    assert {one.path for one in list_backups(project.path)} == {aged, fresh}
    fresh.write_bytes(b"spoilt")
    ancient = aged.with_name(aged.name.replace("20200101", "20100101"))
    aged.rename(ancient)
    snapshots.let_go(project.path, NOW)
    assert ancient.exists()


def test_what_a_killed_program_left_beside_the_project_is_removed(project, tmp_path):
    made = project.backups.write()
    project.close()
    litter = [project.path.with_name(f".study.qualcase.{letter * 26}") for letter in "ab"]
    for path in litter:
        path.write_bytes(b"what participants said")
    os.utime(litter[0], (0, 0))
    restore_project(project.path, made.path)
    assert [path.exists() for path in litter] == [False, True]


def run(*words):
    answer = CliRunner().invoke(cli, [*map(str, words), "--json"], standalone_mode=True)
    return answer.exit_code, json.loads(answer.stdout or "null"), answer.stderr


def test_the_commands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    create_project("study.qualcase", coder="Anna").close()
    shutil.copy("study.qualcase", tmp_path / "bo.copy")
    with open_project("bo.copy", coder="Bo") as other:
        other.memos.add("By Bo")
    code, made, _ = run("backup", "-p", "study.qualcase")
    assert (code, made["ok"], Path(made["file"]).exists()) == (0, True, True)
    code, dry, _ = run("merge", "bo.copy", "--dry-run", "-p", "study.qualcase")
    assert (code, dry["added"], dry["changed"], dry["removed"]) == (0, 1, 0, 0)
    code, merged, _ = run("merge", "bo.copy", "-p", "study.qualcase")
    assert {key: merged[key] for key in ("added", "changed", "removed", "conflicts", "renamed")} == {
        "added": 1, "changed": 0, "removed": 0, "conflicts": [], "renamed": [],
    }  # fmt: skip
    assert [one["reason"] for one in run("backup", "--list", "-p", "study.qualcase")[1]["backups"]] == [
        "merge",
        "asked",
    ]
    code, restored, _ = run("restore", made["file"], "-p", "study.qualcase")
    assert (code, restored["ok"], restored["digest"]) == (0, True, made["digest"])
    assert run("check", "-p", "study.qualcase")[0] == 0
    code, _, said = run("merge", "nothing", "-p", "study.qualcase")
    assert (code, said.startswith("error: There is no project at nothing")) == (2, True)


def test_check_counts(project, source):
    add(project)
    assert list(project.care.check().problems) == []
    project.close()
    connection = sqlite.driver.connect(str(project.path))
    connection.execute("UPDATE code SET deleted = 1 WHERE handle = 'KM'")
    connection.commit()
    connection.close()
    with open_project(project.path, coder="Anna") as spoilt:
        problems = " ".join(spoilt.care.check().problems)
    assert "rest on a code that is deleted" in problems
