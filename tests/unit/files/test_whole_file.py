"""A file is written whole, for its owner only, through links, and into what is no ordinary file."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from qualcase.files.errors import ProtectedFileError
from qualcase.files.whole_file import write_file, write_files


def test_a_file_is_its_owners_and_takes_the_place_of_the_one_before(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    assert write_file(path, b"new") == path
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing yet"])
def test_a_link_is_followed_and_stays(tmp_path, there):
    (tmp_path / "kept").mkdir()
    target = tmp_path / "kept" / "a.csv"
    if there:
        target.write_text("old")
    middle, link = tmp_path / "middle", tmp_path / "link.csv"
    middle.symlink_to("kept/a.csv")
    link.symlink_to(middle)
    write_file(link, b"new")
    assert link.is_symlink()
    assert middle.is_symlink()
    assert (target.read_bytes(), target.is_symlink()) == (b"new", False)
    assert [one.name for one in (tmp_path / "kept").iterdir()] == ["a.csv"]


def test_a_circle_of_links_is_not_replaced(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(OSError, match="symbolic links"):
        write_file(one, b"new")
    assert one.is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to_and_stays(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, b"new")
    reader.join(timeout=30)
    assert read == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not Path(os.devnull).exists(), reason="this system has no device of that name")
def test_a_device_is_written_to_through_a_link_too(tmp_path):
    link = tmp_path / "nothing.csv"
    link.symlink_to(os.devnull)
    write_file(link, b"new")
    assert link.is_symlink()
    assert not stat.S_ISREG(link.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no /dev/stdout")
def test_what_is_printed_around_stands_around_it_in_one_file(tmp_path):
    code = (
        "import os; from pathlib import Path; from qualcase.files.whole_file import write_file\n"
        "os.write(1, b'before '); write_file(Path('/dev/stdout'), b'new'); os.write(1, b' after')"
    )
    with (tmp_path / "out").open("wb") as out:
        subprocess.run([sys.executable, "-c", code], stdout=out, check=True)
    assert (tmp_path / "out").read_bytes() == b"before new after"


def test_a_folder_is_not_replaced(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        write_file(tmp_path / "folder", b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["folder"]


def test_of_several_files_none_is_written_where_one_is_refused(tmp_path):
    (tmp_path / "b.csv").write_bytes(b"SQLite format 3\0 and more")
    with pytest.raises(ProtectedFileError, match="is a database; nothing was written"):
        write_files(tmp_path, {"a.csv": b"new", "b.csv": b"new"})
    assert [one.name for one in tmp_path.iterdir()] == ["b.csv"]


def test_no_folder_is_made_where_nothing_may_be_written(tmp_path):
    with pytest.raises(ProtectedFileError):
        write_files(tmp_path / ".p-backups" / "new", {"a.csv": b"new"})
    assert not list(tmp_path.iterdir())
