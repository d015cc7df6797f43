"""The coding screen on a real project file: what is done by keys is what the project holds."""

from __future__ import annotations

import pytest
from bench import INTERVIEW, NOTES
from study import open_study

import qualcase
from qualcase.project import create_project
from qualcase.tui.main import run


def make_project(folder):
    (folder / "interview.txt").write_text(INTERVIEW, encoding="utf-8")
    (folder / "notes.md").write_text(NOTES, encoding="utf-8")
    with create_project(folder / "study.qualcase", coder="Anna") as project:
        project.sources.import_paths([folder / "interview.txt", folder / "notes.md"])
    return folder / "study.qualcase"


async def test_what_is_coded_by_keys_is_in_the_file(tmp_path):
    path = make_project(tmp_path)
    async with open_study(path, size=(120, 40)) as bench:
        assert "source 1 of 2" in bench.text_of("title")
        await bench.press("slash", *"trust grew", "enter", "s", "c", *"trust", "enter")
        assert bench.selected == "Then trust grew slowly."
        [(code, quote)] = bench.codes
        await bench.press("l", "full_stop", "u", "x", "n", "s", "full_stop", "x", "u")
        assert bench.codes
        await bench.press("f", "p")
    with qualcase.open(path, coder="Anna") as again:
        found = {(one.source, one.code, one.quote, one.coder) for one in again.codings.list()}
        assert ("S1", code, quote, "Anna") in found
        assert len(found) == 2
        assert again.journal.verify().verified
    assert sorted(one.name for one in tmp_path.iterdir()) == ["interview.txt", "notes.md", "study.qualcase"]


async def test_what_was_undone_is_told_by_its_code_and_its_words(tmp_path):
    path = make_project(tmp_path)
    async with open_study(path, size=(120, 40)) as bench:
        await bench.press("slash", *"trust grew", "enter", "s", "c", *"trust", "enter", "u")
        assert "Undone: Coded “Then trust grew slowly.” as “" in bench.status
        assert "KM.TRUST" not in bench.status


async def test_a_suggestion_accepted_and_undone_comes_back(tmp_path):
    path = make_project(tmp_path)
    async with open_study(path, size=(120, 40)) as bench:
        before = set(bench.document.suggestions)
        assert before
        await bench.press("f", "a")
        assert len(bench.codes) == 1
        await bench.press("u")
        assert bench.codes == []
        assert set(bench.document.suggestions) == before
        await bench.press("f", "d")
        assert len(bench.document.suggestions) < len(before)


def test_a_project_that_is_named_and_not_there_is_one_sentence(tmp_path):
    with pytest.raises(qualcase.QualcaseError):
        run(str(tmp_path / "none.qualcase"), "Anna")


async def test_a_coding_given_the_code_that_is_there_already_becomes_one_with_it(tmp_path):
    path = make_project(tmp_path)
    async with open_study(path, size=(120, 40)) as bench:

        def counted():
            usage = bench.screen.bench.usage
            return usage.get("KM.TRUST", 0), usage.get("NS.THREAT", 0)

        await bench.press("slash", *"trust grew", "enter", "s", "c", *"trust", "enter")
        await bench.press("c", *"threat", "enter")
        assert counted() == (1, 1)
        mine = next(one for one in bench.document.codings.values() if one.code == "NS.THREAT")
        await bench.screen.acts.recode(mine, "KM.TRUST")
        assert [code for code, _ in bench.codes] == ["KM.TRUST"]
        assert counted() == (1, 0)
        await bench.press("u")
        assert sorted(code for code, _ in bench.codes) == ["KM.TRUST", "NS.THREAT"]
        assert counted() == (1, 1)
