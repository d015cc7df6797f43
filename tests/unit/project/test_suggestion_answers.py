"""Suggestions: their ids lead to their sources, and how they were answered is counted."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import qualcase
from qualcase.cli import cli
from qualcase.model.errors import UnknownNameError
from qualcase.model.identity import short_uid
from qualcase.project.suggestion_names import may_name, name_suggestion
from qualcase.project.suggestions import Answered

SOURCES = [f"source{number:020}" for number in range(400)]


@pytest.fixture
def many(project, tmp_path):
    """The project with six more sources in it, each of which speaks of trust."""
    for number in range(6):
        file = tmp_path / f"notes-{number}.txt"
        file.write_text(
            f"Notes {number}.\n\nSlowly they built trust there, number {number}.\n", encoding="utf-8"
        )
        project.sources.import_paths([file])
    return project


def test_an_id_tells_its_source_in_full_in_part_and_in_short():
    for source in SOURCES:
        uid = name_suggestion(source, 3, 9, "KM.TRUST")
        assert uid == name_suggestion(source, 3, 9, "KM.TRUST")
        assert all(may_name(part, source) for part in (uid, uid[:9], uid[:2], uid.upper(), short_uid(uid)))
        assert sum(may_name(uid, other) for other in SOURCES) <= 3
        assert sum(may_name(short_uid(uid), other) for other in SOURCES) <= 3


def test_ids_of_one_source_differ():
    named = {
        name_suggestion("s", start, start + 9, code) for start in range(500) for code in ("KM", "NS", "IA")
    }
    assert len(named) == len({short_uid(uid) for uid in named}) == 1500


def test_a_suggestion_is_found_afresh_without_reading_the_other_sources(many, monkeypatch):
    found = many.suggestions.propose()
    wanted = next(one for one in found if one.source == "S5")
    path = many.path
    many.close()
    with qualcase.open(path, coder="Anna") as again:
        read = []
        desk = type(again.suggestions)
        whole = desk._in_sentences
        monkeypatch.setattr(
            desk, "_in_sentences", lambda self, one, parts: read.append(one.handle) or whole(self, one, parts)
        )
        assert again.suggestions.find(short_uid(wanted.uid)) == wanted
        assert read == ["S5"]
        with pytest.raises(UnknownNameError):
            again.suggestions.find("zzzzzzzz")


def test_answers_are_counted_by_code_and_stage_for_whoever_acts(many):
    desk = many.suggestions
    trust = [one for one in desk.propose() if one.code == "KM.TRUST"]
    desk.accept(trust[0].uid)
    desk.accept_all(trust[1:3])
    desk.reject(trust[3].uid)
    assert desk.record() == {("KM.TRUST", trust[0].stage): Answered(3, 4)}
    many.journal.undo()
    assert desk.record() == {("KM.TRUST", trust[0].stage): Answered(3, 3)}
    many.coder = "Bo"
    assert desk.record() == {}


def test_suggest_says_what_read_the_words(many):
    path = str(many.path)
    many.close()
    shown = CliRunner().invoke(cli, ["-p", path, "--coder", "Anna", "suggest", "S2"])
    assert "Words were read by: " in shown.output
    whole = CliRunner().invoke(cli, ["-p", path, "--coder", "Anna", "suggest", "S2", "--json"])
    told = json.loads(whole.output)["pipelines"]
    assert list(told) == ["en"]
    assert f"Words were read by: {told['en']}" in shown.output
