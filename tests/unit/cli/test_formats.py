"""One thing is written in several formats, into a folder or under one beginning of names."""

from __future__ import annotations

import os

import pytest


def made(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("given", "files"),
    [
        ("trust", ["trust.csv", "trust.html", "trust.md"]),
        ("trust.md", ["trust.csv", "trust.html", "trust.md"]),
        ("km.2", ["km.2.csv", "km.2.html", "km.2.md"]),
        ("new/", ["new/codings.csv", "new/codings.html", "new/codings.md"]),
        ("there", ["there/codings.csv", "there/codings.html", "there/codings.md"]),
    ],
)
def test_passages_are_written_in_each_format(run, study, given, files):
    home = study
    (home / "there").mkdir()
    before = made(home)
    answer = run("codings", "--format", "md, html,csv,md", "-o", given, "--json")
    assert sorted(answer.json["written"]) == files
    assert sorted(set(made(home)) - set(before)) == files
    assert run("codings", "--format", "md").out == (home / answer.json["written"][0]).read_text(
        encoding="utf-8"
    )


def test_without_a_place_a_list_is_refused(run, study):
    for words in (("codings",), ("table", "--rows", "code", "--columns", "coder")):
        answer = run(*words, "--format", "md,csv")
        assert (answer.code, answer.out, len(answer.errors)) == (2, "", 1)
        assert "hint: Name a folder, as in -o report/" in answer.err


def test_where_one_format_is_unknown_none_is_written(run, study):
    home = study
    before = made(home)
    assert run("codings", "--format", "md,nothing", "-o", "new/").code == 2
    assert run("codings", "--format", ",", "-o", "new/").errors == ["error: --format names no format."]
    assert run("codings", "--format", "md,csv", "-o", "kari.txt/new").code == 2
    refused = run("codings", "--format", "md,csv", "-o", os.devnull)
    assert (refused.code, "takes one format only" in refused.err) == (2, True)
    assert made(home) == before


def test_tables_are_written_so_too(run, study):
    words = ("table", "--rows", "code", "--columns", "coder", "--format", "md,csv", "-o", "t")
    assert run(*words, "--json").json["written"] == ["t.md", "t.csv"]


def test_groups_are_told_with_the_passages_they_hold(run, study):
    run("phase", "add", "P2", "Second", "--date", "2008/2009", "--opening", "more")
    answer = run("codings", "--group-by", "phase", "--json").json
    ids = [coding["id"] for coding in answer["codings"]]
    assert [(one["group"], one["count"]) for one in answer["groups"]] == [("P1 First", 3), ("P2 Second", 3)]
    assert [sorted(one["codings"]) for one in answer["groups"]] == [sorted(ids), sorted(ids)]
    assert "groups" not in run("codings", "--json").json
    rows = run("codings", "--group-by", "phase", "--format", "csv").out.splitlines()
    assert [row.split(",")[2] for row in rows] == ["group", *["P1 First"] * 3, *["P2 Second"] * 3]
    assert run("codings", "--group-by", "nothing", "--json").code == 2
