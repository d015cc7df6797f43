"""Bad input to every command: one clear line, exit code 2, and a project that has not changed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

import qualcase
from qualcase.cli import cli

STEERING = [
    chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x2066) if code not in (0x0A, 0x09)
]
LONG = "9" * 5000


def call(*words):
    result = CliRunner().invoke(cli, list(words), catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def digest(folder):
    with qualcase.open(folder / "study.qualcase", coder="Anna") as project:
        return project.store.digest(), len(project.journal.log())


@pytest.fixture(scope="module")
def pattern(tmp_path_factory):
    """Return a folder with a project and bad files, to be copied for each test."""
    tmp_path = tmp_path_factory.mktemp("pattern")
    (tmp_path / "kari.txt").write_text(
        "I: Why?\n\nKari: We met. We met again.\n\nI: So?\n\nKari: So.\n", encoding="utf-8"
    )
    for line in (
        ["new", "study.qualcase"],
        ["import", "kari.txt"],
        ["code", "S1", "KM.TRUST", "--turn", "2"],
        ["memo", "add", "A thought"],
    ):
        place = ["-p", str(tmp_path / "study.qualcase"), "--coder", "Anna"]
        words = [str(tmp_path / word) if word in {"study.qualcase", "kari.txt"} else word for word in line]
        assert call(*place, *words)[0] == 0
    (tmp_path / "nul.txt").write_bytes(b"a\x00b")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "not.docx").write_bytes(b"not a zip file")
    (tmp_path / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / "nan.json").write_text('{"schema": NaN}', encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("codebook: [", encoding="utf-8")
    (tmp_path / "meta.csv").write_text("file,date\nkari.txt,2009-13\n", encoding="utf-8")
    (tmp_path / "nofile.csv").write_text("name,date\nkari.txt,2009\n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    return tmp_path


@pytest.fixture
def study(pattern, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUALCASE_CODER", "Anna")
    shutil.copytree(pattern, tmp_path, dirs_exist_ok=True)
    return tmp_path


BAD = [
    ["nosuch"],
    ["--nosuch"],
    ["sources", "--nosuch"],
    ["sources", "more"],
    ["-p", "", "sources"],
    ["-p", "nosuch.qualcase", "sources"],
    ["-p", "kari.txt", "sources"],
    ["-p", "folder", "sources"],
    ["sources", "-p", "/dev/null"],
    ["--coder", " ", "code", "S1", "KM", "--whole"],
    ["new"],
    ["new", "study.qualcase"],
    ["new", "nosuch/x.qualcase"],
    ["new", "x.qualcase", "--codebook", "nosuch"],
    ["new", "x.qualcase", "--codebook", "broken.yaml"],
    ["new", "x.qualcase", "--mode", "fast"],
    ["new", "x.qualcase", "--case", " "],
    ["import"],
    ["import", "nosuch.txt"],
    ["import", "folder"],
    ["import", "nul.txt"],
    ["import", "empty.txt"],
    ["import", "not.docx"],
    ["import", "deep.json"],
    ["import", "kari.txt", "--kind", "gossip"],
    ["import", "kari.txt", "--date", "yesterday"],
    ["import", "kari.txt", "--minutes", "nan"],
    ["import", "kari.txt", "--minutes", "-5"],
    ["import", "kari.txt", "nul.txt", "--handle", "X"],
    ["import", "kari.txt", "--metadata", "nosuch.csv"],
    ["import", "kari.txt", "--metadata", "meta.csv"],
    ["import", "kari.txt", "--metadata", "nofile.csv"],
    ["show"],
    ["show", "S99"],
    ["show", ""],
    ["source", "done", "S99"],
    ["source", "reopen", "S1"],
    ["case", "add", " "],
    ["case", "add", "study"],
    ["case", "assign", "nosuch", "S1"],
    ["case", "assign", "study", "S1", "--turn", "99"],
    ["code", "S1"],
    ["code", "S1", "KM.TRUST"],
    ["code", "S1", "NOSUCH", "--whole"],
    ["code", "S1", "K", "--whole", "--turn", "1"],
    ["code", "S99", "KM.TRUST", "--whole"],
    ["code", "S1", "KM.TRUST", "--span", "5"],
    ["code", "S1", "KM.TRUST", "--span", "9:5"],
    ["code", "S1", "KM.TRUST", "--span", "0:99999"],
    ["code", "S1", "KM.TRUST", "--span", f"0:{LONG}"],
    ["code", "S1", "KM.TRUST", "--span", "-1:5"],
    ["code", "S1", "KM.TRUST", "--span", "٠:٥"],
    ["code", "S1", "KM.TRUST", "--quote", "We met"],
    ["code", "S1", "KM.TRUST", "--quote", "never said"],
    ["code", "S1", "KM.TRUST", "--quote", ""],
    ["code", "S1", "KM.TRUST", "--turn", "0"],
    ["code", "S1", "KM.TRUST", "--turn", LONG],
    ["code", "S1", "KM.TRUST", "--speaker", "Nobody"],
    ["code", "S1", "KM.TRUST", "--turn", "2"],
    ["code", "S1", "KM.TRUST", "--whole", "--valence", "good"],
    ["code", "S1", "KM.TRUST", "--whole", "--stance", "sitting"],
    ["code", "S1", "KM.TRUST", "--whole", "--weight", "inf"],
    ["code", "S1", "KM.TRUST", "--whole", "--memo", "\udcff"],
    ["recode", "nosuch", "KM.SHARE"],
    ["recode", "", "KM.SHARE"],
    ["resize", "nosuch", "0:5"],
    ["resize", "nosuch", "x"],
    ["uncode", "nosuch"],
    ["codings", "--code", "NOSUCH"],
    ["codings", "--subtree"],
    ["codings", "--coder", "Nobody"],
    ["codings", "--case", "nosuch"],
    ["codings", "--context", "-1"],
    ["codings", "--format", "xyz"],
    ["codings", "-o", "nosuch/a.html"],
    ["codings", "-o", "noending"],
    ["codebook"],
    ["codebook", "show", "NOSUCH"],
    ["codebook", "list", "--codebook", "nosuch"],
    ["codebook", "import", "four-process"],
    ["codebook", "import", "broken.yaml"],
    ["codebook", "import", "nosuch.yaml"],
    ["codebook", "export", "codes.pdf"],
    ["codebook", "export", "nosuch/codes.yaml"],
    ["codebook", "add", "KM.TRUST", "Again"],
    ["codebook", "add", "X", ""],
    ["codebook", "add", "X", "X", "--parent", "NOSUCH"],
    ["codebook", "edit", "KM.TRUST"],
    ["codebook", "rename", "KM.TRUST"],
    ["codebook", "rename", "KM.TRUST", "--name", ""],
    ["codebook", "move", "KM", "--parent", "KM.TRUST"],
    ["codebook", "move", "KM"],
    ["codebook", "merge", "KM.TRUST", "--into", "KM.TRUST"],
    ["codebook", "retire", "KM"],
    ["codebook", "history", "NOSUCH"],
    ["codebook", "crosswalk", "nosuch"],
    ["codebook", "check", "nosuch.yaml"],
    ["suggest", "S99"],
    ["suggest", "--limit", "0"],
    ["suggest", "--code", "NOSUCH"],
    ["suggest", "accept"],
    ["suggest", "accept", "nosuch"],
    ["suggest", "reject", "nosuch"],
    ["memo"],
    ["memo", "lsit"],
    ["memo", "add", " "],
    ["memo", "add", "A thought", "--kind", "deep"],
    ["memo", "add", "A thought", "--code", "NOSUCH"],
    ["memo", "add", "A thought", "--code", "KM", "--source", "S1"],
    ["memo", "edit", "nosuch", "Words"],
    ["memo", "remove", "nosuch"],
    ["event", "add", "It", "--date", "someday"],
    ["event", "add", "It", "--quote", "We met"],
    ["event", "add", "It", "--quote", "never said", "--source", "S1"],
    ["event", "add", "It", "--phase", "P9"],
    ["event", "add", "It", "--code", "NOSUCH"],
    ["event", "add", "It", "--valence", "good"],
    ["event", "import", "nosuch.json"],
    ["event", "import", "kari.txt"],
    ["event", "import", "deep.json"],
    ["event", "import", "nan.json"],
    ["event", "import", "folder"],
    ["phase", "add", "P1", "First"],
    ["phase", "add", "P1", "First", "--opening", "x", "--date", "someday"],
    ["phase", "add", "P1", "First", "--opens-with", "E99"],
    ["timeline", "--lanes", "nosuch"],
    ["timeline", "--format", "nosuch"],
    ["timeline", "-o", "noending"],
    ["table"],
    ["table", "nosuch"],
    ["table", "--rows", "code"],
    ["table", "--rows", "nosuch", "--columns", "year"],
    ["table", "--rows", "code", "--columns", "year", "--cell", "nosuch"],
    ["table", "--rows", "code", "--columns", "year", "--of", "nosuch"],
    ["table", "--rows", "code", "--columns", "year", "--with", "x=1"],
    ["table", "events", "--with", "x=1"],
    ["table", "events", "--with", "x"],
    ["agreement"],
    ["agreement", "--coders", "Anna"],
    ["agreement", "--coders", "Anna,Nobody"],
    ["agreement", "--coders", "Anna,Anna"],
    ["report"],
    ["report", "-o", "out", "--format", "nosuch"],
    ["report", "-o", "out", "--format", ","],
    ["report", "-o", "kari.txt/out"],
    ["undo", "0"],
    ["undo", "99"],
    ["undo", LONG],
    ["redo"],
    ["log", "--limit", "0"],
    ["tui"],
]  # fmt: skip


@pytest.mark.parametrize("words", BAD, ids=lambda words: " ".join(words)[:60])
@pytest.mark.parametrize("json", [False, True], ids=["plain", "json"])
def test_bad_input_is_one_clear_line_and_changes_nothing(study, words, json):
    before = digest(study)
    there = sorted(study.iterdir())
    code, out, err = call(*words, *(["--json"] if json else []))
    assert code == 2
    errors = [line for line in err.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1, err
    assert len(err.splitlines()) <= 2
    assert "Traceback" not in err
    assert "should not happen" not in err
    assert not json or not out or words[0] == "import"
    assert digest(study) == before
    assert sorted(study.iterdir()) == there


def test_some_refused_is_1_and_names_each_file(study):
    (study / "new.txt").write_text("Words.\n", encoding="utf-8")
    code, _, err = call("import", "new.txt", "nul.txt", "not.docx")
    assert code == 1
    errors = [line for line in err.splitlines() if line.startswith("error: ")]
    assert len(errors) == 2
    assert "nul.txt" in errors[0]
    assert "not.docx" in errors[1]


def test_already_there_and_some_refused_is_1(study):
    code, out, err = call("import", "kari.txt", "nul.txt")
    assert code == 1
    assert "already as S1" in out
    assert "nul.txt" in err


def test_already_there_is_0(study):
    assert call("import", "kari.txt")[0] == 0


@pytest.mark.parametrize("words", [("import", "--", "-rf.txt"), ("import", "./-rf.txt")])
def test_a_file_name_with_a_dash_is_no_option(study, words):
    (study / "-rf.txt").write_text("Words.\n", encoding="utf-8")
    assert call(*words)[0] == 0
    assert "-rf.txt" in call("sources")[1]


def test_no_control_character_of_a_source_reaches_the_terminal(study):
    name = "evil\nname\x1b[2J\u202e.txt"
    (study / name).write_text(
        f"I: {''.join(STEERING[1:])} words\n\nP: \x1b]52;c;aGk=\x07 more\n", encoding="utf-8"
    )
    (study / "bad\x1b[2J.txt").write_bytes(b"")
    shown = [
        call("import", name, "bad\x1b[2J.txt"),
        call("--coder", "E\x1b[31mve", "code", "S2", "KM", "--whole", "--memo", "m\x1b[0m"),
        call("show", "S2"),
        call("sources"),
        call("codings"),
        call("log"),
        call("codings", "--format", "md"),
        call("timeline"),
        call("table", "data-sources"),
        call("codings", "--json"),
        call("sources", "--json"),
        call("show", "n\x1b[2Jo"),
    ]
    assert shown[0][0] == 1
    assert [sign for _, out, err in shown for sign in STEERING if sign in out + err] == []
    assert "␛" in shown[2][1]


def test_no_name_is_taken_for_markup_or_a_format(study):
    (study / "[red]{0}%s.txt").write_text("Words %s {x} [bold]\n", encoding="utf-8")
    assert call("import", "[red]{0}%s.txt")[0] == 0
    assert "Words %s {x} [bold]" in call("show", "S2")[1]


def shell(study, *words, **environment):
    # The package is found where these tests found it, wherever they run.
    where = os.path.dirname(os.path.dirname(qualcase.__file__))  # noqa: PTH120
    return subprocess.Popen(
        [sys.executable, "-m", "qualcase", *words],
        cwd=study,
        env={**os.environ, "PYTHONPATH": where, "QUALCASE_CODER": "Anna", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_an_interrupt_is_130_and_a_sentence(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("qualcase.cli.opening.find_project", interrupted)
    code, out, err = call("sources")
    assert (code, out) == (130, "")
    assert "error: Stopped" in err


def test_what_nobody_foresaw_is_one_line_and_1(monkeypatch):
    def fails(*_):
        raise RuntimeError("first\nsecond\x1b[2J")

    monkeypatch.setattr("qualcase.cli.opening.find_project", fails)
    code, _, err = call("sources")
    assert code == 1
    assert err.splitlines()[0].startswith("error: ")
    assert "first" in err.splitlines()[0]
    assert "second␛[2J" in err.splitlines()[0]
    assert "Traceback" not in err
    monkeypatch.setenv("QUALCASE_DEBUG", "1")
    assert "Traceback" in call("sources")[2]


def test_json_is_utf_8_whatever_the_terminal_speaks(study):
    (study / "o.txt").write_text("Ødegård “sa” 😀\n", encoding="utf-8")
    assert call("import", "o.txt")[0] == 0
    process = shell(study, "show", "S2", "--json", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert "Ødegård “sa” 😀" in process.communicate()[0].decode("utf-8")
    process = shell(study, "show", "S2", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert b"deg" in out


def test_the_project_file_stands_alone_after_every_command(study):
    for words in (["sources"], ["undo"], ["redo"], ["table", "data-sources"], ["show", "S9"]):
        call(*words)
        assert [path.name for path in study.glob("study.qualcase*")] == ["study.qualcase"]


def test_a_command_that_is_killed_leaves_a_project_that_is_well(study):
    with shell(study, "import", ".", "--handle", "X") as process:
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert call("check")[0] == 0


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="names there are always characters")
def test_a_folder_whose_name_is_no_text_is_refused_and_the_rest_comes_in(study):
    bad = os.path.join(os.fsencode(study), b"wave\xff")  # noqa: PTH118 -- a path of bytes
    os.mkdir(bad)  # noqa: PTH102 -- as above
    for folder, words in ((bad, b"I: Who?\n"), (os.fsencode(study), b"I: When?\n")):
        with open(os.path.join(folder, b"new.txt"), "wb") as file:  # noqa: PTH118, PTH123 -- as above
            file.write(words)
    code, out, err = call("--json", "import", os.fsdecode(bad), "new.txt")
    assert code == 1
    assert len(json.loads(out)["imported"]) == 1
    assert "name is not valid UTF-8" in err
    assert "Traceback" not in err
