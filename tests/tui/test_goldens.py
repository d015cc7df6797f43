"""The coding screen as text.

QUALCASE_GOLDENS=write makes the files anew; read the difference before committing.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

GOLDENS = Path(__file__).parent / "goldens"

CODED = (
    "j",
    "s",
    "c",
    *"absorp",
    "enter",
    "s",
    "S",
    "c",
    *"trust",
    "enter",
    "l",
    "s",
    "c",
    *"threat",
    "enter",
    "h",
    "h",
)

SCENES = {
    "opened": (),
    "coded": (*CODED,),
    "suggestion": (*CODED, "f"),
    "palette": ("j", "s", "c", *"tr"),
    "uncode": (*CODED, "slash", *"we met", "enter", "t", "x"),
    "help": ("question_mark",),
    "search": ("slash", *"trust", "enter", "slash"),
    "sources": ("o",),
    "adjusting": (*CODED, "y", "e", "h", "h"),
    "described": (
        "j",
        "s",
        "c",
        *"absorp",
        "enter",
        "asterisk",
        "v",
        "plus",
        "v",
        "a",
        "m",
        *"who met whom",
        "ctrl+s",
    ),
    "others": ("j", "s", "c", *"absorp", "enter", "O"),
    "digits": ("shift+tab", "j", "1", "j", "2", "tab", "1"),
    "alone": (*CODED, "Z"),
    "speakers": ("N", "N", "N"),
}


def keys(scene):
    return ["space" if key == " " else key for key in SCENES[scene]]


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
@pytest.mark.parametrize("scene", SCENES)
async def test_the_screen_is_as_it_was(bench_on, project, scene, size):
    project.make(project.texts[0][0], "IA", 51, 178, coder="Bo")
    async with bench_on(project, size) as bench:
        await bench.press(*keys(scene))
        shown = "\n".join(bench.lines()) + "\n"
    golden = GOLDENS / f"{scene}-{size[0]}x{size[1]}.txt"
    if os.environ.get("QUALCASE_GOLDENS") == "write":
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


def test_there_is_no_golden_without_a_scene():
    assert {path.stem.rsplit("-", 1)[0] for path in GOLDENS.glob("*.txt")} == set(SCENES)
