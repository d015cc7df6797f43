"""No command that writes a file writes it over a project, or over what belongs to one."""

from __future__ import annotations

import hashlib
import os
import shutil

import pytest

MOST = 4
WRITING = {
    "codings": ("codings", "--format", "csv", "-o", "{}"),
    "memos": ("memo", "list", "--format", "csv", "-o", "{}"),
    "codebook history": ("codebook", "history", "--format", "csv", "-o", "{}"),
    "codebook export": ("codebook", "export", "{}"),
    "crosswalk": ("codebook", "crosswalk", "cop-leadership", "--export", "{}"),
    "table": ("table", "process-by-source", "--format", "csv", "-o", "{}"),
    "timeline": ("timeline", "--format", "csv", "-o", "{}"),
    "agreement": ("agreement", "--format", "csv", "-o", "{}"),
    "backup": ("backup", "{}"),
    "new": ("new", "{}"),
    "report": ("report", "-o", "{}"),
}


def states(folder):
    """What a folder holds, links as they are."""
    return {path.relative_to(folder).as_posix(): state(path) for path in sorted(folder.rglob("*"))}


def state(path):
    ordinary = path.is_file() and not path.is_symlink()
    return hashlib.sha256(path.read_bytes()).hexdigest() if ordinary else path.is_dir()


@pytest.fixture
def targets(place):
    """Return the names that are never to be written to, made ready."""
    work = place.work
    assert place.run("backup").code == 0
    (kept,) = (work / ".study-backups").iterdir()
    shutil.copy(kept, work / "theirs.csv")
    (work / "soft.csv").symlink_to("study.qualcase")
    os.link(work / "study.qualcase", work / "hard.csv")
    (work / "log.csv").symlink_to("study.qualcase-wal")
    return (
        str(work / "study.qualcase"), "hard.csv", "theirs.csv", "log.csv", "study.qualcase-wal",
        "study.qualcase-shm", f".study-backups/{kept.name}", ".study-backups/new.csv",
        "study.qualcase-journal", "soft.csv", "study.qualcase",
    )  # fmt: skip


@pytest.mark.parametrize("name", WRITING)
def test_nothing_is_written_over_a_project(place, targets, name):
    before = states(place.work)
    for target in targets if name == "codings" else targets[-MOST:]:
        words = [word.format(target) for word in WRITING[name]]
        seen = place.run("-p", "study.qualcase", *words)
        assert (seen.code, len(seen.err.splitlines())) in {(2, 1), (2, 2)}, (target, seen.out, seen.err)
        assert seen.err.startswith("error: "), seen.err
        assert states(place.work) == before, target


def test_an_ordinary_file_is_written_by_the_same_words(place):
    seen = place.run("-p", "study.qualcase", "codings", "--format", "csv", "-o", "new.csv")
    assert (seen.code, (place.work / "new.csv").exists()) == (0, True)


def test_a_restore_puts_no_project_among_backups(place):
    assert place.run("backup", "kept.backup").code == 0
    before = states(place.work)
    for name in (".study-backups/x", "study.qualcase-journal"):
        seen = place.run("-p", name, "restore", "kept.backup")
        assert (seen.code, "nothing was written" in seen.err) == (2, True)
    assert states(place.work) == before
