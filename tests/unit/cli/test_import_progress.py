"""What takes long, as an import does, says how far it is and how long still; a script hears nothing of it."""

from __future__ import annotations

import itertools
import os
import re
import sys
import time

import pytest

from qualcase.cli import progress


@pytest.fixture
def talks(study):
    folder = study / "talks"
    folder.mkdir()
    for number in range(6):
        (folder / f"talk-{number}.txt").write_text(f"Kari: Trust number {number}.\n", encoding="utf-8")
    return folder


@pytest.fixture
def slow(monkeypatch):
    """Each look at the clock finds it two seconds later."""
    seconds = itertools.count(0.0, 2.0)
    monkeypatch.setattr("qualcase.cli.progress.time.monotonic", lambda: next(seconds))


@pytest.mark.usefixtures("slow")
def test_a_long_import_says_how_far_how_fast_and_how_long_still(run, talks):
    answer = run("import", talks)
    assert answer.code == 0
    assert re.search(r"^\d of 6 files, 0\.\d a second, \d+ s left  talk-\d\.txt$", answer.err, re.MULTILINE)
    assert "a second" not in answer.out


@pytest.mark.usefixtures("slow")
def test_a_script_hears_nothing_of_it(run, talks):
    answer = run("import", talks, "--json")
    assert (answer.code, answer.err) == (0, "")
    assert len(answer.json["imported"]) == 6


@pytest.mark.usefixtures("slow")
def test_proving_a_long_journal_says_how_far_it_is(run, study):
    answer = run("log", "--verify")
    acts = run("log", "--verify", "--json").json["operations"]
    assert (answer.code, answer.out) == (0, f"The journal holds: {acts} acts, each as it was written.\n")
    assert f"{acts:,} of {acts:,} acts, " in answer.err
    assert run("log", "--verify", "--json").err == ""


def test_what_has_no_figures_says_for_how_long_it_has_lasted(capsys, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress.Progress("acts") as told:
        said = ""
        while "pages …  0 s" not in said:  # The next look is a tenth of a second away.
            told(0, 0, "pages")
            time.sleep(0.02)
            said += capsys.readouterr().err
        told(0, 3, "chain")
        capsys.readouterr()
        time.sleep(3 * progress.PAUSE)
        assert capsys.readouterr().err == ""


@pytest.mark.skipif(os.name != "posix", reason="the system has no terminals to open")
def test_on_a_terminal_one_line_is_written_over(talks, repo):
    import pty

    child, terminal = pty.fork()
    if child == 0:
        code = "import qualcase.cli.progress as told; told.PAUSE = 0.0; from qualcase.cli import main; main()"
        os.environ["PYTHONPATH"] = str(repo)
        os.execv(sys.executable, [sys.executable, "-c", code, "import", str(talks)])  # noqa: S606 - ours
    shown = b""
    while part := _read(terminal):
        shown += part
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    first, *_ = [line for line in shown.split(b"\r") if b"of 6 files" in line]
    assert re.fullmatch(rb"\x1b\[2K1 of 6 files, [\d.,]+ a second, \d+ s left  talk-0\.txt", first)
    assert shown.count(b"\n") < 10


def _read(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:  # The other end is closed.
        return b""
