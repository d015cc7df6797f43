"""The comparison of coders on a real project: where two differ, as far as the project lets it be seen."""

from __future__ import annotations

import pytest
from study import open_study

import qualcase
from qualcase.coding.places import QuotePlace
from qualcase.project import create_project
from qualcase.tui.comparison_lines import _figure
from qualcase.tui.keys import comparison as keys
from qualcase.tui.screens.coding import CodingScreen

TEXT = "We met in 2008. Trust grew slowly. Nobody trusted the hospital.\nThe patent was shared.\n"
MET, TRUST, NOBODY = "We met in 2008.", "Trust grew slowly.", "Nobody trusted the hospital."


def make(folder, mode, coders=("Anna", "Bo", "Cleo")):
    (folder / "interview.txt").write_text(TEXT, encoding="utf-8")
    with create_project(folder / "study.qualcase", coder="Anna", mode=mode) as project:
        project.sources.import_paths([folder / "interview.txt"])
        (source,) = project.sources.list()
        given = {
            "Anna": (("KM.TRUST", TRUST), ("NS.THREAT", NOBODY), ("KM", MET)),
            "Bo": (("KM.TRUST", "Trust grew"), ("KM", NOBODY), ("KM", MET)),
            "Cleo": (("KM", MET),),
        }
        for coder in coders:
            project.coder = coder
            for code, quote in given[coder]:
                project.codings.add(source, code, QuotePlace(quote))
    return folder / "study.qualcase"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("comparison"), "codebook")


def comparison_on(path, size=(120, 36)):
    return open_study(path, "g", "o", size=size)


def codes(bench):
    return [line.split()[2] for line in bench.text_of("table").splitlines()]


def told(bench):
    return " ".join(bench.text_of("known").split())


async def test_differences_are_listed_and_said_in_sentences(path):
    async with comparison_on(path) as bench:
        assert "Anna and Bo · 3 differences" in bench.text_of("title")
        assert sorted(codes(bench)) == ["KM", "KM.TRUST", "NS.THREAT"]
        await bench.press(*["down"] * codes(bench).index("KM.TRUST"))
        assert "Anna coded 16–34 as Building trust" in told(bench)
        assert "Bo coded 16–26 as Building trust" in told(bench)
        assert "Both used the code, on different characters." in told(bench)


async def test_a_difference_is_gone_to_and_one_comes_back(path):
    async with comparison_on(path) as bench:
        await bench.press("down", "enter")
        assert isinstance(bench.screen, CodingScreen)
        chosen = bench.selected
        await bench.press("backspace")
        assert bench.screen.table.chosen == 1
        assert chosen in TEXT
        code = codes(bench)[1]
        await bench.press("d")
        assert bench.screen.chosen.id == code


async def test_codes_and_kinds_are_filters(path):
    async with comparison_on(path) as bench:
        await bench.press("c", *"KM.TRUST", "enter")
        assert codes(bench) == ["KM.TRUST"]
        assert "only KM.TRUST" in bench.text_of("title")
        await bench.press("c", *"all codes", "enter")
        assert len(codes(bench)) == 3
        await bench.press("t")
        assert codes(bench) == ["KM.TRUST"]
        await bench.press("t")
        assert "No difference is so" in bench.status
        await bench.press("t")
        assert sorted(codes(bench)) == ["KM", "NS.THREAT"]
        await bench.press("t", "t")
        assert len(codes(bench)) == 3


async def test_agreement_is_shown_without_a_verdict_and_as_not_blind(path):
    async with comparison_on(path) as bench:
        await bench.press("a")
        shown = " ".join(" ".join(bench.lines()).replace("│", " ").split())
        assert "Agreement of Anna and Bo" in shown
        assert "not blind" in shown
        assert "kappa" in shown
        assert not [band for band in ("substantial", "moderate", "almost perfect", "poor") if band in shown]


async def test_other_two_coders_are_compared_by_keys_or_mouse(path):
    async with comparison_on(path) as bench:
        await bench.press("o", *"Bo and", "enter")
        assert "Bo and Cleo" in bench.text_of("title")
        await bench.pilot.click("#table", offset=(5, 1))
        await bench.settle()
        assert bench.screen.table.chosen == 1
        assert "did not code it so" in told(bench)


async def test_one_coder_alone_is_told_so(tmp_path):
    async with comparison_on(make(tmp_path, "codebook", ("Anna",))) as bench:
        assert "Only one coder has coded here so far" in bench.status
        await bench.press("o", "a", "d", "t", "enter")
        assert "Only one coder" in bench.status or "Only those" in bench.status


async def test_independent_coding_is_not_seen_before_both_are_done(tmp_path):
    path = make(tmp_path, "coding-reliability")
    async with comparison_on(path) as bench:
        assert "no source is marked as coded through by Anna and Bo" in bench.status
        assert bench.text_of("table") == ""
        await bench.press("a")
        assert "no source is marked" in bench.status
        for coder in ("Anna", "Bo"):
            with qualcase.open(path, coder=coder) as other:
                other.sources.mark_done(other.sources.find("S1"))
        await bench.press("backspace", "g", "o")
        assert "3 differences" in bench.text_of("title")


async def test_reflexive_work_is_not_compared(tmp_path):
    async with comparison_on(make(tmp_path, "reflexive")) as bench:
        assert "reflexive mode, in which codings are not compared" in bench.status


def test_a_figure_is_never_rounded_up_to_the_whole():
    assert [_figure(value, 1, 3) for value in (None, 1.0, 0.99999, 0.5, -0.00001)] == [
        "–", "1.000", ">.999", "0.500", "0.000",
    ]  # fmt: skip
    assert [_figure(value, 100, 1) for value in (100.0, 99.99, 99.8)] == ["100.0", ">99.9", "99.8"]


def test_every_key_of_the_screen_is_pressed_here():
    assert {key for action in keys.COMPARISON.actions for key in action.keys.split(",")} == {*"octad"}


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
async def test_the_screen_is_as_it_was(path, size, golden):
    async with comparison_on(path, size) as bench:
        await bench.press("down")
        golden(f"comparison-{size[0]}x{size[1]}", bench)
