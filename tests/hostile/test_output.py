"""What is printed arrives whole, or the exit code says that it did not."""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess
import sys
import termios
import time

import pytest

import qualcase


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Return a folder with a project whose one source is a line of 3 MB."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "long.txt").write_text("word " * 600_000, encoding="utf-8")
    for words in (("new", "study.qualcase"), ("import", "long.txt")):
        with shell(folder, *words) as process:
            process.communicate()
        assert process.returncode == 0
    return folder


def surroundings():
    # The package is found where these tests found it, wherever they run.
    where = os.path.dirname(os.path.dirname(qualcase.__file__))  # noqa: PTH120
    return {**os.environ, "PYTHONPATH": where, "QUALCASE_CODER": "Anna"}


def shell(study, *words, **environment):
    return subprocess.Popen(
        [sys.executable, "-m", "qualcase", *words],
        cwd=study,
        env={**surroundings(), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_until_full(pipe, process):
    """Wait until a writer can write no more, so that it stands in the middle of a line."""
    held = 0
    while process.poll() is None:
        before, held = held, struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"0000"))[0]
        if held == before > HEAD:
            return
        time.sleep(0.05)


HEAD = 10_000


@pytest.mark.parametrize("buffered", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("words", [("show", "S1"), ("show", "S1", "--json")], ids=["plain", "json"])
@pytest.mark.parametrize("late", [False, True], ids=["at once", "in the middle of a line"])
def test_a_reader_that_leaves_ends_the_command_without_a_word(study, buffered, words, late):
    with shell(study, *words, PYTHONUNBUFFERED=buffered) as process:
        process.stdout.read(10)
        if late:
            wait_until_full(process.stdout, process)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("buffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_what_does_not_fit_on_the_disk_is_a_fault_and_never_cut_short_in_silence(study, buffered):
    with (study / "out.txt").open("wb") as out:
        # A file may grow to 2 MB here, as on a disk with no more room.
        done = subprocess.run(
            [
                "/bin/sh",
                "-c",
                'ulimit -f 4000; exec "$@"',
                "sh",
                sys.executable,
                "-m",
                "qualcase",
                "show",
                "S1",
            ],
            cwd=study,
            env={**surroundings(), "PYTHONUNBUFFERED": buffered},
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (study / "out.txt").stat().st_size < 3_000_000
    assert done.returncode == 1
    assert done.stderr.startswith(b"error: Reading or writing failed: File too large.\n")
