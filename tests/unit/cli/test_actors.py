"""Actors, attributes and surveys on the command line."""

from __future__ import annotations

import pytest

TALK = "Interviewer: How?\n\nBerit: Slowly.\n\nBERIT: Yes.\n\nBerit: Yes.\n\nBERIT: So.\n\nInterviewer: Oh.\n"


@pytest.fixture
def study(run, tmp_path):
    """A way to run commands on a project with one talk in it."""
    project = tmp_path / "study.qualcase"
    assert run("new", project, "--coder", "Anna").code == 0
    talk = tmp_path / "talk.txt"
    talk.write_text(TALK, encoding="utf-8")

    def call(*words):
        return run(*words, "-p", project, "--coder", "Anna")

    assert call("import", talk).code == 0
    return call


def test_two_labels_become_one_person(study):
    found = study("actor", "list", "--json").json["actors"]
    assert [(each["name"], len(each["speakers"])) for each in found] == [
        ("Interviewer", 1),
        ("Berit", 1),
        ("BERIT", 1),
    ]
    merged = study("actor", "merge", "Berit", "BERIT", "--json").json["actors"][0]
    assert [(each["source"], each["label"], each["turns"]) for each in merged["speakers"]] == [
        ("S1", "Berit", 2),
        ("S1", "BERIT", 2),
    ]
    assert "Berit Dahl" in study("actor", "rename", "Berit", "Berit Dahl").out
    answer = study("actor", "set", "Berit Dahl", "--role", "chair", "--no-interviewer")
    assert "chair" in answer.out
    assert study("actor", "set", "Berit Dahl").code == 2
    assert study("actor", "merge", "Nobody", "Berit Dahl").code == 2
    assert study("undo", "3").code == 0
    assert len(study("actor", "list", "--json").json["actors"]) == 3


def test_attributes_come_in_with_their_types(study, tmp_path):
    table = tmp_path / "about.csv"
    table.write_text("source,wave,signed\nS1,2,yes\n", encoding="utf-8")
    answer = study("attribute", "import", table, "--of", "source")
    assert "Gave 2 values to 1 source." in answer.out
    assert study("attribute", "list", "--json").json["attributes"] == [
        {"name": "wave", "of": "source", "type": "number", "values": {"S1": "2"}},
        {"name": "signed", "of": "source", "type": "boolean", "values": {"S1": "yes"}},
    ]
    table.write_text("source,wave\nS7,2\n", encoding="utf-8")
    answer = study("attribute", "import", table, "--of", "source")
    assert (answer.code, answer.errors) == (2, ["error: about.csv, row 2: there is no source “S7”."])


def test_a_survey_is_told_of_and_taken_in(study, tmp_path):
    table = tmp_path / "survey.csv"
    rows = "".join(f"R0{n},3{n},We learned to share what we know\n" for n in range(1, 4))
    table.write_text(f"id,age,Answer\n{rows}", encoding="utf-8")
    assert "--text-column Answer" in study("import", table, "--dry-run").out
    taken = study("import", table, "--text-column", "Answer", "--json").json["imported"]
    assert [each["source"] for each in taken] == ["R01", "R02", "R03"]
    assert taken[0]["attributes"] == {"age": "31"}
    assert taken[0]["kind"] == "survey"
    assert study("import", table, "--text-column", "Word").code == 2
