"""Correcting a transcript from the command line."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

import qualcase

TEXT = """Interviewer: How?

Berit: We met twice. Then trust grew.

Interviewer: And?

Berit: Nothing more.
"""
EDITOR = """
import os, sys
file = sys.argv[-1]
modes = [oct(os.stat(path).st_mode & 0o777) for path in (file, os.path.dirname(file))]
with open({log!r}, "w") as log:
    print(file, *modes, file=log)
{act}
"""


@pytest.fixture
def study(tmp_path, monkeypatch, run):
    """A project with one coded interview, in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    (tmp_path / "berit.txt").write_text(TEXT, encoding="utf-8")
    with qualcase.create("study.qualcase", coder="Anna") as project:
        project.sources.import_paths([tmp_path / "berit.txt"])
    for code, quote in (("KM.TRUST", "Then trust grew."), ("KM", "Nothing more.")):
        assert run("code", "S1", code, "--quote", quote, "--coder", "Anna").code == 0
    return tmp_path


@pytest.fixture
def editor(study, monkeypatch):
    """Return a way to say what the editor does; it tells where the file was and who could read it."""

    def install(act):
        script = study / "editor.py"
        script.write_text(EDITOR.format(log=str(study / "log"), act=act), encoding="utf-8")
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")

    return install


REPLACE = "text = open(file).read(); open(file, 'w').write(text.replace({!r}, {!r}))"


def test_what_was_changed_in_the_editor_is_taken_in_and_nothing_is_left_behind(run, study, editor):
    editor(REPLACE.format("trust grew", "our trust grew"))
    answer = run("edit", "S1", "--json")
    assert answer.code == 0
    assert answer.json.keys() == {"source", "version", "placed", "changed", "review", "doubled"}
    assert (answer.json["source"], answer.json["version"], answer.json["placed"]) == ("S1", 2, 2)
    (changed,) = answer.json["changed"]
    assert (changed["old"], changed["new"]) == ("Then trust grew.", "Then our trust grew.")
    assert answer.json["review"] == answer.json["doubled"] == []
    file, mode, folder = (study / "log").read_text().split()
    assert (mode, folder) == ("0o600", "0o700")
    assert not Path(file).parent.exists()


def test_whose_passages_have_other_words_is_told_and_that_nothing_was_changed(run, study, editor):
    editor(REPLACE.format("trust grew", "our trust grew"))
    (coding,) = run("codings", "--code", "KM.TRUST", "--json").json["codings"]
    told = run("edit", "S1").out
    assert f"changed words: {coding['id'][-8:]}  coding KM.TRUST in S1 by Anna  " in told
    assert "Corrected S1: 2 passages of Anna in place" in run("log", "-n", "1").out
    editor("pass")
    assert run("edit", "S1").out.startswith("Nothing was changed: S1 is at text version 2; 2 passages")


def test_an_editor_that_fails_changes_nothing(run, study, editor):
    editor("sys.exit(3)")
    answer = run("edit", "S1")
    assert (answer.code, len(answer.errors)) == (2, 1)
    assert "nothing was changed" in answer.err
    assert run("check").code == 0


def test_what_cannot_be_taken_in_is_kept_for_the_person(run, study, editor):
    editor("open(file, 'w').write('  ')")
    answer = run("edit", "S1")
    assert answer.code == 2
    kept = study / "S1-edited.txt"
    assert "S1-edited.txt" in answer.err
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_what_is_no_utf_8_is_kept_for_the_person_too(run, study, editor):
    editor("open(file, 'wb').write('Åse: ja.'.encode('latin-1'))")
    answer = run("edit", "S1")
    assert (answer.code, len(answer.errors)) == (2, 1)
    assert (study / "S1-edited.txt").read_bytes() == "Åse: ja.".encode("latin-1")
    assert "kept in S1-edited.txt" in answer.err


@pytest.mark.parametrize("named", [None, "no-such-editor-anywhere", "'unclosed"])
def test_without_an_editor_there_is_a_hint(run, study, monkeypatch, named):
    if named:
        monkeypatch.setenv("VISUAL", named)
    answer = run("edit", "S1")
    assert answer.code == 2
    assert "--from FILE" in answer.err
    assert list(study.glob("*edited*")) == []


def test_the_text_as_it_was_is_shown(run, study, editor):
    editor(REPLACE.format("trust grew", "our trust grew"))
    run("edit", "S1")
    old, new = (run("show", "S1", "--version", number, "--json").json for number in ("1", "2"))
    assert ("our trust grew" in old["text"], old["current"]) == (False, False)
    assert ("our trust grew" in new["text"], new["current"]) == (True, True)
    assert "S1, version 1 of its text, by Anna on 20" in run("show", "S1", "--version", "1").out
    unknown = run("show", "S1", "--version", "3")
    assert (unknown.code, "S1 has the versions 1, 2." in unknown.err) == (2, True)


def test_a_file_leaves_changed_words_to_a_person(run, study):
    (study / "new.txt").write_text(TEXT.replace("trust grew", "trusst grew"), encoding="utf-8")
    answer = run("edit", "S1", "--from", "new.txt", "--json")
    assert (answer.code, answer.json["placed"], answer.json["changed"]) == (0, 1, [])
    (doubt,) = answer.json["review"]
    assert (doubt["old"], doubt["candidate"]["quote"]) == ("Then trust grew.", "Then trusst grew.")
    coding = next(one for one in run("codings", "--json").json["codings"] if one["id"] == doubt["id"])
    assert (coding["state"], coding["quote"]) == ("review", "Then trust grew.")
    listed = run("review", "list")
    assert "“Then trust grew.”" in listed.out
    assert "“Then trusst grew.”" in listed.out
    assert run("review", "list", "--json").json["review"] == answer.json["review"]
    assert "Corrected S1: 1 passage of Anna in place, 1 in review" in run("log", "-n", "1").out
    place = f"{doubt['candidate']['start']}:{doubt['candidate']['end']}"
    assert f"  {place}?\n" in listed.out
    assert f"  {place}\n" in run("review", "confirm", doubt["id"]).out
    assert run("review", "list", "--json").json == {"review": []}
    assert run("check").code == 0


def test_a_passage_is_moved_and_dropped(run, study):
    (study / "new.txt").write_text(TEXT.replace("Nothing more.", "No.").replace("Then trust grew.", ""))
    doubts = run("edit", "S1", "--from", "new.txt", "--json").json["review"]
    assert len(doubts) == 2
    start = run("show", "S1", "--json").json["text"].index("No.")
    moved = next(doubt["id"] for doubt in doubts if doubt["name"] == "KM")
    backwards = run("review", "move", moved, "9:4")
    assert (backwards.code, "9:4 holds no character: its end comes after" in backwards.err) == (2, True)
    assert run("review", "move", moved, f"{start}:{start + 3}").code == 0
    other = next(doubt["id"] for doubt in doubts if doubt["name"] != "KM")
    assert run("review", "confirm", other).code == 2
    assert run("review", "drop", other[-8:]).code == 0
    assert [one["quote"] for one in run("codings", "--json").json["codings"]] == ["No."]
    assert run("review", "drop", other).code == 2


def test_a_source_or_a_file_that_is_not_there_is_named(run, study):
    for words in (("edit", "S9"), ("edit", "S1", "--from", "none.txt"), ("review", "list", "S9")):
        answer = run(*words)
        assert (answer.code, len(answer.errors)) == (2, 1), words
