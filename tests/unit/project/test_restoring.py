"""Restoring: of this project's own backups, from places that may only be read, and what stands in the way."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualcase.cli import cli
from qualcase.project import create_project, open_project
from qualcase.project.backups import restore_project
from qualcase.storage.errors import ForeignProjectError
from qualcase.storage.snapshots import backup_folder, list_backups


def damage(path):
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\x5a" * (len(content) - 8192)
    path.write_bytes(content)


def test_a_backup_of_another_project_is_restored_only_where_that_is_asked_for(project, tmp_path):
    digest = project.store.digest()
    project.close()
    with create_project(tmp_path / "other.qualcase", ("none",), coder="Bo") as other:
        foreign = other.backups.write(tmp_path / "other.backup")
    with pytest.raises(ForeignProjectError, match=r"another project than study\.qualcase;") as caught:
        restore_project(project.path, foreign.path)
    assert "`qualcase -p NEW.qualcase restore FILE`" in caught.value.hint
    assert "--anyway" in caught.value.hint
    assert list_backups(project.path) == ()
    with open_project(project.path, coder="Anna") as untouched:
        assert untouched.store.digest() == digest
    assert restore_project(tmp_path / "new.qualcase", foreign.path).replaced is None
    done = restore_project(project.path, foreign.path, anyway=True)
    with open_project(project.path, coder="Anna") as taken:
        assert taken.store.digest() == foreign.digest
    restore_project(project.path, done.replaced, anyway=True)
    with open_project(project.path, coder="Anna") as again:
        assert again.store.digest() == digest


def test_in_place_of_a_damaged_project_any_backup_is_restored(project, tmp_path):
    project.close()
    damage(project.path)
    with create_project(tmp_path / "other.qualcase", ("none",), coder="Bo") as other:
        foreign = other.backups.write(tmp_path / "other.backup")
    restore_project(project.path, foreign.path)
    with open_project(project.path, coder="Anna") as taken:
        assert taken.store.digest() == foreign.digest


def test_nothing_is_written_beside_a_backup_that_is_restored(project, tmp_path, monkeypatch):
    (tmp_path / "stick").mkdir()
    made = project.backups.write(tmp_path / "stick" / "kept.backup")
    project.close()
    opened = os.open

    def refuse(path, flags, *more, **others):
        if flags & os.O_CREAT and "stick" in os.fspath(path):
            raise PermissionError(13, "Permission denied", path)
        return opened(path, flags, *more, **others)

    monkeypatch.setattr(os, "open", refuse)
    restore_project(project.path, made.path)
    assert [one.name for one in (tmp_path / "stick").iterdir()] == ["kept.backup"]


def test_a_file_in_the_place_of_the_folder_of_backups_is_named(project, tmp_path):
    folder = backup_folder(project.path)
    folder.write_text("mine", encoding="utf-8")
    before = project.store.digest()
    project.close()
    copy = Path(shutil.copy(project.path, tmp_path / "copy.other"))
    with open_project(copy, coder="Bo") as theirs:
        theirs.memos.add("Thought")
    for words in (["backup"], ["merge", str(copy)], ["restore", str(copy)]):
        answer = CliRunner().invoke(cli, ["-p", str(project.path), *words])
        assert answer.exit_code == 2, answer.output
        told = f"error: The folder of backups {folder} cannot be made: a file stands there; nothing"
        assert told in answer.stderr
    with open_project(project.path, coder="Anna") as untouched:
        assert untouched.store.digest() == before
    assert folder.read_text(encoding="utf-8") == "mine"
