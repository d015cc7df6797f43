"""A count agrees with its noun, also where there is one of a thing."""

from __future__ import annotations

import re

from study import open_study

from qualcase.coding.places import QuotePlace
from qualcase.project import create_project

# “1 codes”, and “1 code” where it is no part of a longer number.
WRONG = re.compile(
    r"(?<![\d,.])1 (acts|codes|codings|columns|events|files|passages|places|rows|sources|turns|words)\b"
)


async def test_one_of_a_thing_is_no_plural_on_any_screen(tmp_path):
    (tmp_path / "a.txt").write_text("P1: Word.\n", encoding="utf-8")
    with create_project(tmp_path / "study.qualcase", ("none",), coder="Anna") as project:
        project.sources.import_paths([tmp_path / "a.txt"])
        project.in_vivo.code(project.sources.find("S1"), QuotePlace("Word."), None)
    async with open_study(tmp_path / "study.qualcase", size=(140, 40)) as bench:
        for place in "csbpftdkamrlow":
            await bench.press("g", place)
            shown = "\n".join(bench.lines())
            assert not WRONG.search(shown), (place, WRONG.search(shown))
            await bench.press("o", "escape")
            shown = "\n".join(bench.lines())
            assert not WRONG.search(shown), (place, WRONG.search(shown))
