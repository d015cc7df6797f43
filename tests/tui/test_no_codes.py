"""Who codes inductively begins without any code, and makes the first from the words of the text."""

from __future__ import annotations

import pytest
from study import open_study

import qualcase
from qualcase.project import create_project
from qualcase.tui.beginnings import begin_fields, check_beginning, codebook_offers, read_beginning


@pytest.fixture
def path(tmp_path):
    (tmp_path / "talk.txt").write_text("I: And?\nP1: We stayed together, always.\n", encoding="utf-8")
    with create_project(tmp_path / "own.qualcase", ("none",), coder="Anna") as project:
        project.sources.import_paths([tmp_path / "talk.txt"])
        assert [len(book.codes) for book in project.codebook.all()] == [0]
    return tmp_path / "own.qualcase"


async def test_the_first_code_comes_from_the_text(path):
    async with open_study(path, size=(140, 24)) as bench:
        assert "No codes yet" in bench.text_of("codebook")
        assert "i makes a code of it" in bench.text_of("here")
        await bench.press("c")
        assert "There are no codes yet: i makes one" in bench.status
        await bench.press("tab", "enter")
        assert "There are no codes yet: i makes one" in bench.status
        await bench.press("shift+tab", "j", "j", "s", "i")
        assert "Made the code “We stayed together, always.”" in bench.status
        assert [quote for _, quote in bench.codes] == ["We stayed together, always."]
        assert "No codes yet" not in bench.text_of("codebook")
        await bench.press("w", "c", "enter")
        assert len(bench.codes) == 2
    with qualcase.open(path) as project:
        assert [code.name for code in project.codebook.current().codes] == ["We stayed together, always."]


async def test_the_codebook_without_codes_says_how_the_first_is_made(path):
    async with open_study(path, "g", "b", "e", "M", "p", "R", size=(140, 24)) as bench:
        assert "There is no code yet: n makes the first one." in bench.status
        await bench.press("n", *"Ties", "enter", "enter", "enter", "enter")
        assert "Added “Ties”" in bench.status


def test_none_is_offered_where_a_project_is_begun(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    offers = codebook_offers()
    assert ("none", "No codes yet: they come from the text, as you code it.") in offers
    answers = {field.id: field.value for field in begin_fields("Anna", offers, {"book": "none"})}
    assert check_beginning(answers) == ""
    assert read_beginning(answers).codebooks == ("none",)
    assert "There is no codebook “nothing”" in check_beginning(answers | {"book": "nothing"})
