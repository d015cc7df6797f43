"""A project without sources: no key says anything that is not so, and what has no text offers nothing."""

from __future__ import annotations

import pytest
from study import open_study

from qualcase.project import create_project

BRINGS = "There are no sources yet: g, then i, brings some in."


@pytest.fixture
def path(tmp_path):
    create_project(tmp_path / "study.qualcase", coder="Anna").close()
    return tmp_path / "study.qualcase"


async def test_keys_that_need_a_source_say_that_there_is_none(path):
    async with open_study(path) as bench:
        assert BRINGS in bench.status
        for key in ("n", "p", "o", "slash"):
            bench.screen.say("")
            await bench.press(key)
            assert BRINGS in bench.status, key
            assert bench.app.screen is bench.screen


async def test_the_editor_offers_nothing_without_a_text(path):
    async with open_study(path, "g", "e") as bench:
        assert BRINGS in bench.status
        assert bench.text_of("keys").split() == ["g", "go", "?", "keys", "q", "quit"]
        await bench.press("a", "i", "s", "x", "o", "e", "w", "u", "U")
        assert BRINGS in bench.status
        assert bench.app.screen is bench.screen
        assert bench.screen.area.text == ""
        assert not bench.screen.acts.display
        assert bench.screen.unsaved() == ""
        file = path.parent / "a.txt"
        file.write_text("We met.", encoding="utf-8")
        await bench.app.bench.write(lambda project: project.sources.import_paths([file]))
        await bench.app.bench.refresh()
        await bench.press("g", "c", "g", "e", "X")
        assert bench.screen.area.text == "XWe met."
