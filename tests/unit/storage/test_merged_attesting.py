"""A check finds what was changed behind the journal's back also where copies were merged."""

from __future__ import annotations

import shutil

import pytest
from test_attesting import alter
from two_copies import INTERVIEW, anna, bo, code, create, span, well

from qualcase.coding.places import SpanPlace
from qualcase.project import open_project

ALTERATIONS = {
    "DELETE FROM coding": "which the journal has, is missing",
    "DELETE FROM coding WHERE {mine}": "which the journal has, is missing",
    "DELETE FROM coding WHERE {theirs}": "which the journal has, is missing",
    "DELETE FROM coding WHERE {since}": "is missing",
    "UPDATE coding SET until = since WHERE {mine}": "is not there, as the journal has it",
    "UPDATE coding SET until = since WHERE {theirs}": "is not there, as the journal has it",
    "UPDATE coding SET until = since WHERE {since}": "ends where it begins",
    "UPDATE coding SET until = NULL WHERE {gone}": "is not deleted, as the journal has it",
    "UPDATE coding SET until = NULL WHERE {gone_there}": "is not deleted, as the journal has it",
    "UPDATE coding SET memo = 'evil' WHERE {told_there}": "(memo)",
    "UPDATE coding SET start = start + 1 WHERE {theirs}": "(start)",
    "UPDATE coding SET code_id = code_id + 1 WHERE {mine}": "(code)",
    "UPDATE coding SET code_id = code_id + 1 WHERE {theirs}": "(code)",
    "UPDATE coding SET code_id = code_id + 1 WHERE {since}": "(code)",
    "UPDATE coding SET coder_id = 1 WHERE {theirs}": "(coder)",
    "UPDATE coding SET memo = 'evil' WHERE {mine}": "(memo)",
    "UPDATE coding SET memo = 'evil' WHERE {theirs}": "(memo)",
    "UPDATE coding SET uid = randomblob(16) WHERE {mine}": "was written by no act of the journal",
    "UPDATE memo SET text = 'evil' WHERE text = 'It is not so simple.'": "(text)",
    "UPDATE memo SET text = 'evil' WHERE text = 'Theirs'": "(text)",
    "UPDATE memo SET deleted = 1 WHERE text = 'Theirs'": "the memo .* is not written, as the journal has it",
    "UPDATE event SET title = 'evil'": "(title)",
    "DELETE FROM event_code": "(codes)",
    "UPDATE code SET definition = 'evil' WHERE handle = 'KM.TRUST'": "(definition)",
    "UPDATE code SET definition = 'evil' WHERE handle = 'NS'": "(definition)",
    "UPDATE source SET date = '1999' WHERE handle = 'S1'": "(date)",
    "UPDATE source SET title = 'evil' WHERE handle = 'S1'": "(title)",
    "UPDATE codebook_version SET content = '{{}}'": "(content)",
    "UPDATE original SET bytes = x'00'": "the file that S1 was read from",
}


@pytest.fixture(scope="module")
def merged(tmp_path_factory):
    """Anna's copy, into which Bo's came: what was there before, what each wrote, and what came after."""
    folder = tmp_path_factory.mktemp("merged")
    with create(folder, INTERVIEW) as project:
        (gone,) = project.codings.add(project.sources.find("S1"), "KM", SpanPlace(10, 12))
        (gone_there,) = project.codings.add(project.sources.find("S1"), "KM", SpanPlace(11, 13))
        (told_there,) = project.codings.add(project.sources.find("S1"), "KM", SpanPlace(12, 14))
        code(project, "We met twice", "KM")
        project.memos.add("It is not so simple.")
        project.events.add("They met", source=project.sources.find("S1"), quote="We met twice.", codes=["KM"])
    copies = [shutil.copy(project.path, folder / f"{name}.qualcase") for name in ("anna", "bo")]
    with anna(copies) as mine, bo(copies) as other:
        mine.codings.remove(gone.uid)
        code(mine, "Nobody trusted")
        code(other, "Then we built")
        other.memos.add("Theirs")
        other.codings.remove(gone_there.uid)
        other.codings.describe(told_there.uid, memo="He wonders")
        other.codebook.edit("NS", definition="As Bo says")
        mine.merging.merge(copies[1])
        code(mine, "The workshop")
        assert well(mine)
        starts = [span(words)[0] for words in ("We met twice", "Then we built", "The workshop")]
    return copies[0], starts


@pytest.mark.parametrize("statement", ALTERATIONS)
def test_what_was_altered_is_found(merged, tmp_path, statement):
    (original, starts), last = merged, "id = (SELECT max(id) FROM coding WHERE start = {})"
    names = ("mine", "theirs", "since", "gone", "gone_there", "told_there")
    where = {name: last.format(start) for name, start in zip(names, (*starts, 10, 11, 12), strict=True)}
    path = shutil.copy(original, tmp_path / "study.qualcase")
    alter(path, statement.format(**where))
    with open_project(path, coder="Anna") as project:
        problems = project.care.check().problems
    found = ALTERATIONS[statement]
    assert any(all(part in problem for part in found.split(".* ")) for problem in problems), problems
