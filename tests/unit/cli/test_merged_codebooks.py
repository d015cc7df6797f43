"""Two copies that both changed the codebook, merged on the command line, whichever way round."""

from __future__ import annotations

import shutil
import time

import pytest


@pytest.fixture
def copies(run, tmp_path, monkeypatch):
    """Anna's copy and Bo's, each with a change of the codebook and codings of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.txt").write_text(
        "We met twice. Nobody trusted anybody. Then it helped.", encoding="utf-8"
    )
    assert run("new", "anna.qualcase", "--codebook", "four-process", "--coder", "Anna").code == 0
    assert run("import", "note.txt", "-p", "anna.qualcase", "--coder", "Anna").code == 0
    shutil.copy("anna.qualcase", "bo.qualcase")

    def act(name, *words):
        answer = run(*words, "-p", f"{name.lower()}.qualcase", "--coder", name)
        assert answer.code == 0, answer.err
        time.sleep(0.002)  # So that no two acts bear one clock.

    act("Anna", "codebook", "edit", "KM.TRUST", "--definition", "Reliance.", "--why", "clearer")
    act("Bo", "codebook", "add", "KM.ROOM", "Rooms", "--parent", "KM", "--definition", "A room to meet in.")
    act("Anna", "code", "S1", "KM.TRUST", "--quote", "Nobody trusted")
    act("Bo", "code", "S1", "KM.TRUST", "--quote", "anybody")
    act("Bo", "code", "S1", "KM.ROOM", "--quote", "We met twice")
    for mine, other in (("anna", "bo"), ("bo", "anna")):
        shutil.copy(f"{mine}.qualcase", f"{mine}-{other}.qualcase")
        merged = run(
            "merge", f"{other}.qualcase", "-p", f"{mine}-{other}.qualcase", "--coder", mine, "--json"
        )
        assert (merged.code, merged.json["conflicts"]) == (0, [])
    return "anna-bo.qualcase", "bo-anna.qualcase"


def both(run, copies, *words):
    first, second = (run(*words, "-p", copy) for copy in copies)
    assert (first.code, first.out) == (second.code, second.out)
    return first


def test_the_history_tells_both_changes_in_order_with_who_and_when(run, copies):
    told = both(run, copies, "codebook", "history").out.splitlines()
    assert [line.partition(".")[0] for line in told] == ["Version 1", "Version 2", "Version 3"]
    assert "UTC Anna redefined KM.TRUST, because “clearer”." in told[1]
    assert "UTC Bo added KM.ROOM (“Rooms”)" in told[2]
    listed = both(run, copies, "codebook", "history", "--json").json["history"]
    assert [one["number"] for one in listed] == [1, 2, 3]
    assert both(run, copies, "codebook", "list", "--json").json["version"] == 3


def test_codings_under_an_older_definition_are_listed_and_confirmed(run, copies):
    made = {
        one["quote"]: one["codebook_version"]
        for one in both(run, copies, "codings", "--json").json["codings"]
    }
    assert made == {"Nobody trusted": 2, "anybody": 3, "We met twice": 3}
    older = both(run, copies, "codings", "--older", "--json").json["codings"]
    assert [one["quote"] for one in older] == ["anybody"]
    waiting = both(run, copies, "codebook", "reread").out
    assert "by Bo, under version 3, made without knowing of that" in waiting
    assert run("codebook", "confirm", "--all", "KM.TRUST", "-p", copies[0], "--coder", "Bo").code == 0
    assert run("codings", "--older", "--json", "-p", copies[0]).json["codings"] == []
    assert run("codebook", "reread", "-p", copies[0]).out == "Nothing is to be read again.\n"


def test_undoing_the_merge_brings_back_the_copy_as_it_was(run, copies):
    assert run("undo", "-p", copies[1], "--coder", "bo").code == 0
    for words in (("codebook", "history"), ("codings",), ("codebook", "list")):
        assert run(*words, "-p", copies[1]).out == run(*words, "-p", "bo.qualcase").out
