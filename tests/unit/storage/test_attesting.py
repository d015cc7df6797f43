"""A check finds what was changed behind the journal's back, whichever row it was, and says what to do."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from qualcase.cli import cli
from qualcase.coding.places import SpanPlace
from qualcase.model.operation import Change, Operation
from qualcase.project import create_project, open_project
from qualcase.storage import sqlite

INTERVIEW = "Berit: We met twice. Nobody trusted anybody.\n\nAnna: Then we built trust, slowly.\n"
ALTERATIONS = {
    "UPDATE content SET text = replace(text, 'trust', 'trost')": "the text of S1 is not what was imported",
    "UPDATE event SET quote = 'We never met.'": "the quote of event E01 is not what stands at 7:20",
    'UPDATE event SET start = 8, "end" = 21': "the quote of event E01 is not what stands at 8:21",
    "UPDATE event SET title = 'They parted'": "is not what the journal made of it (title)",
    'UPDATE coding SET start = start + 1, "end" = "end" + 1 WHERE until IS NULL': "made of it (end, start)",
    "UPDATE coding SET code_id = code_id + 1 WHERE until IS NULL": "made of it (code)",
    "UPDATE coding SET memo = 'mine' WHERE until IS NULL": "made of it (memo)",
    "UPDATE coding SET uid = x'00' WHERE until IS NULL": "holds a value that cannot be read",
    "UPDATE coding SET until = 2 WHERE until IS NULL": "before it begins",
    "UPDATE coding SET until = since WHERE until IS NULL": "ends where it begins",
    "UPDATE original SET bytes = CAST(bytes || 'x' AS BLOB)": "the file that S1 was read from is not what",
    "DELETE FROM coding WHERE until IS NULL": "is missing",
    "DELETE FROM coding WHERE until IS NOT NULL": "is still what it was before",
    "UPDATE code SET name = 'Faith' WHERE handle = 'KM.TRUST'": "made of it (name)",
    "DELETE FROM coder": "points to a missing coder",
    "DELETE FROM sentence WHERE position = 1": "the turns or sentences of S1",
    "DELETE FROM segment WHERE id = (SELECT max(id) FROM segment)": "does not cover S1",
    "INSERT INTO segment_words (rowid, words) VALUES (7, 'zebra')": "is out of step with the texts",
    "DELETE FROM operation WHERE sequence = (SELECT max(sequence) FROM operation)": "operations are missing",
    "DELETE FROM operation WHERE sequence = 4": "operations are missing",
    "UPDATE operation SET body = CAST(substr(body, 2) AS BLOB) WHERE sequence = 4": "does not match its hash",
}


@pytest.fixture
def path(tmp_path):
    """A project with an event and two codings, one of which was moved and the other given up."""
    file = tmp_path / "berit.txt"
    file.write_text(INTERVIEW, encoding="utf-8")
    with create_project(tmp_path / "study.qualcase", ("four-process",), coder="Anna") as project:
        project.sources.import_paths([file])
        source = project.sources.find("S1")
        (moved,) = project.codings.add(source, "KM.TRUST", SpanPlace(21, 44))
        (gone,) = project.codings.add(source, "KM", SpanPlace(7, 20))
        project.events.add("They met", source=source, quote="We met twice.", codes=["KM.TRUST"])
        project.codings.resize(moved.uid, 21, 43)
        project.codings.remove(gone.uid)
        project.codebook.narrow("KM.TRUST", exclude=("machines",))
        assert list(project.care.check().problems) == []
        return project.path


def alter(path, statement):
    connection = sqlite.driver.connect(str(path))
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    assert connection.execute(statement).rowcount > 0
    for _, made in triggers:
        connection.execute(made)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("statement", ALTERATIONS)
def test_what_was_altered_is_found(path, statement):
    alter(path, statement)
    with open_project(path, coder="Anna") as project:
        problems = project.care.check().problems
    assert any(ALTERATIONS[statement] in problem for problem in problems), problems


def test_a_check_says_what_to_do(path):
    alter(path, "UPDATE event SET title = 'They parted'")
    found = CliRunner().invoke(cli, ["check", "-p", str(path)])
    assert found.exit_code == 1
    assert found.stderr.splitlines()[-1].startswith("hint: `qualcase backup --list` names the backups")


def test_an_index_that_is_out_of_step_is_made_anew(path):
    alter(path, "INSERT INTO segment_words (segment_words) VALUES ('delete-all')")
    found = CliRunner().invoke(cli, ["check", "-p", str(path)])
    assert (found.exit_code, "check --index" in found.stderr) == (1, True)
    with open_project(path, coder="Anna") as project:
        before = project.store.digest()
    mended = CliRunner().invoke(cli, ["check", "--index", "--json", "-p", str(path)])
    assert (mended.exit_code, json.loads(mended.stdout)["ok"]) == (0, True)
    with open_project(path, coder="Anna") as project:
        assert [hit.source for hit in project.search.find("trust")] == ["S1"]
        assert project.store.digest() == before


def test_a_long_check_tells_how_many_acts_it_has_held_against_what_is_there(path):
    heard = []
    with open_project(path, coder="Anna") as project:
        found = project.care.check(lambda *told: heard.append(told))
    acts = found.operations
    assert [told for told in heard if not told[1]] == [
        (0, 0, "pages, texts and places"),
        (0, 0, "the index of words"),
    ]
    once = [(0, acts), (acts, acts)]
    assert [told[:2] for told in heard if told[1]] == [*once, *once]


def test_a_number_of_more_digits_than_the_file_holds_is_no_alteration(path):
    with open_project(path, coder="Anna") as project:
        [coding] = project.codings.list()
        change = Change("coding", coding.uid, {"weight": None}, {"weight": 2**53 + 1})
        project.store.commit(Operation("describe", "Changed weight", (change,)), coder="Anna")
        assert project.care.check().problems == ()
