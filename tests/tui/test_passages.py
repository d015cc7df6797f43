"""The passages screen on a real project: asking, grouping, reading, changing many at once, writing out."""

from __future__ import annotations

import shutil

import pytest
from golden_screens import compare
from study import make_study, open_study
from textual.events import MouseScrollDown

import qualcase
from qualcase.tui import passage_book
from qualcase.tui.keys import passages as keys
from qualcase.tui.keys.common import LIST
from qualcase.tui.screens.passages import PassagesScreen
from qualcase.tui.targets import Named, Passages
from qualcase.tui.widgets.passage_list import PassageList

HERE = ("g", "p")
TRUST = (*HERE, "o", *"km.trust", "enter")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return make_study(tmp_path_factory.mktemp("study"))


@pytest.fixture
def study(built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return shutil.copy(built, tmp_path / "study.qualcase")


def typed(text):
    return ["space" if letter == " " else letter for letter in text]


def asked(question):
    return (*HERE, "slash", *typed(question), "enter")


def head(bench):
    return bench.text_of("passages-head")


def shown(bench):
    return bench.text_of("passages")


async def test_nothing_asked_says_what_to_do_and_the_acts_say_that_nothing_is_there(study):
    async with open_study(study, *HERE) as bench:
        assert "o takes the passages of a code" in shown(bench)
        for key, said in (
            ("s", "Nothing is shown yet"), ("right_square_bracket", "There are no groups"),
            ("i", "with or without the codes below"), ("L", "Only a question about codes can be kept"),
            ("l", "No question was kept yet"), ("c", "no passage here to change"),
            ("e", "no passages to write"), ("u", "Nothing done here"),
        ):  # fmt: skip
            await bench.press(key)
            assert said in bench.status, key
        await bench.press("v", "V", "escape", "plus", "minus", "z", "f5", "enter", "j", "end")
        assert "o takes the passages of a code" in shown(bench)


async def test_a_code_with_and_without_what_is_below_it_and_group_after_group(study):
    async with open_study(study, *HERE, "o", *"knowledge mob", "enter", size=(120, 40)) as bench:
        assert "5 passages by code · group 1 of 2" in head(bench)
        assert "code: KM.SHARE Knowledge sharing  1 passage" in shown(bench)
        await bench.press("i")
        assert head(bench).startswith(" 0 passages")
        assert "Nothing answers to that." in bench.status
        await bench.press("i")
        assert "With the codes below it." in bench.status
        seen = []
        for _ in range(7):
            await bench.press("s")
            seen.append(bench.status)
        by = ["source", "speaker", "case", "phase", "coder", "no groups", "code"]
        assert [word in said.replace("In no", "no") for word, said in zip(by, seen, strict=True)] == [
            True
        ] * 7
        await bench.press("S", "S")
        assert "coder: Anna  4 passages" in shown(bench)
        await bench.press("S")
        assert "phase: outside the phases  5 passages" in shown(bench)
        await bench.press("S", "S")
        assert "speaker: Mr Berg  1 passage" in shown(bench)
        await bench.press("right_square_bracket")
        assert "group 2 of 2, 1 of 4: Ms Holm" in head(bench)
        await bench.press("j", "left_square_bracket")
        assert "1 of 4: Ms Holm" in head(bench)
        await bench.press("left_square_bracket", "left_square_bracket")
        assert "This is the first group." in bench.status


async def test_a_question_that_cannot_be_understood_comes_back_with_a_caret(study):
    async with open_study(study, *asked("KM+ AND (")) as bench:
        lines = bench.lines()
        place = next(n for n, line in enumerate(lines) if line.strip() == "^")
        assert lines[place - 1].rstrip().endswith("KM+ AND (")
        assert lines[place].index("^") == lines[place - 1].index("KM+") + 9
        assert "a code is missing here" in lines[place + 1]
        typed_line = bench.app.screen.query_one("Input")
        assert typed_line.value == "KM+ AND ("
        await bench.press(*"NS+)", "enter")
        assert "Nothing answers to that." in bench.status
        await bench.press("slash", "escape")
        assert bench.app.screen is bench.screen


async def test_words_have_no_codings_and_lead_to_their_place(study):
    async with open_study(
        study, *HERE, "f", *typed("trust speaker:"), '"', *typed("Mr Berg"), '"', "enter"
    ) as bench:
        assert "1 passage by code · group 1 of 1, 1 of 1: not coded" in head(bench)
        await bench.press("x")
        assert "Nothing is coded on this passage" in bench.status
        await bench.press("enter")
        assert (bench.selected, bench.document.source.handle) == ("trust", "S2")
        await bench.press("backspace")
        assert "words “trust" in bench.text_of("title")


async def test_a_question_is_kept_and_asked_again_by_its_name(study):
    async with open_study(study, *asked("KM.TRUST coder:Bo")) as bench:
        await bench.press("L", *typed("what bo saw"), "enter")
        assert "Kept as “what bo saw”. l asks" in bench.status
        await bench.press("slash", "ctrl+u", *typed("KM.TRUST"), "enter", "L", *typed("What Bo saw"), "enter")
        assert "Kept as “what bo saw” in place of KM.TRUST coder:Bo." in bench.status
        await bench.press(
            "slash", "ctrl+u", *typed("KM.TRUST coder:Bo"), "enter", "L", *typed("what bo saw"), "enter"
        )
        await bench.press("o", *"threat", "enter", "l", *"bo", "enter")
        assert "Passages: what bo saw" in bench.text_of("title")
        assert head(bench).startswith(" 1 passage")
    with qualcase.open(study, coder="Anna") as project:
        assert [(one.name, one.expression) for one in project.queries.list()] == [
            ("what bo saw", "KM.TRUST coder:Bo")
        ]


async def test_context_grows_and_shrinks(study):
    async with open_study(study, *TRUST, size=(120, 40)) as bench:
        assert "memo: late, and slow" in shown(bench)
        await bench.press("minus")
        assert "0 characters of context" in bench.status
        assert "what they had" not in shown(bench)
        await bench.press("minus")
        assert "There is no context shown." in bench.status
        await bench.press("plus", "equals_sign")
        assert "200 characters" in bench.status
        assert "nobody wanted to show what they had" in " ".join(shown(bench).split())
        await bench.press("plus", "plus")
        assert "no more context" in bench.status


async def test_one_goes_to_the_place_and_comes_back_to_the_same_line(study):
    async with open_study(study, *TRUST, "j", "j") as bench:
        line = bench.screen.pane.chosen
        await bench.press("enter")
        assert bench.selected == "Then we built trust, slowly."
        await bench.press("backspace")
        assert isinstance(bench.screen, PassagesScreen)
        assert (bench.screen.pane.chosen, "3 of 4" in bench.status) == (line, True)


async def test_several_questions_are_gone_back_through(study):
    async with open_study(study, *TRUST, "j", "enter", "backspace", size=(120, 30)) as bench:
        bench.app.go("passages", Passages("the threats", "NS.THREAT"))
        await bench.settle()
        assert "Passages: the threats" in bench.text_of("title")
        await bench.press("backspace")
        assert "Passages: KM.TRUST and below" in bench.text_of("title")
        assert "2 of 4" in bench.status
        bench.app.go("passages", Named("KM.SHARE"))
        await bench.settle()
        assert "Passages: KM.SHARE" in bench.text_of("title")


async def test_the_evidence_of_a_cell_is_shown(study):
    with qualcase.open(study, coder="Anna") as project:
        ids = tuple(one.uid for one in project.codings.list() if one.code == "NS.THREAT")
    async with open_study(study, *HERE) as bench:
        bench.app.go("passages", Passages("Threats in S2 and S3", evidence=(*ids, "0" * 26)))
        await bench.settle()
        assert "Passages: Threats in S2 and S3" in bench.text_of("title")
        assert "2 passages by code" in head(bench)
        assert bench.screen.book.notes == ("1 of the evidence has no passage to show",)


async def test_many_are_recoded_after_a_preview_and_one_undo_takes_it_back(study):
    async with open_study(study, *TRUST, "v", "v", size=(120, 40)) as bench:
        assert "2 marked" in bench.status
        assert sum(line.startswith(("▌●", " ●")) for line in shown(bench).splitlines()) == 2
        await bench.press("c", *"km.share", "enter")
        preview = "\n".join(bench.lines())
        assert "2 codings of KM.TRUST will be coded KM.SHARE Knowledge sharing." in preview
        assert "There was little trust at first" in preview
        await bench.press("n")
        assert "4 passages" in head(bench)
        await bench.press("c", *"km.share", "enter", "y")
        assert "Recoded 2 codings to “KM.SHARE Knowledge sharing”. u takes it back." in bench.status
        assert "2 passages" in head(bench)
        await bench.press("u")
        assert "Undone: Gave 2 passages in S1 the code “Knowledge sharing” instead of “" in bench.status
        assert "4 passages" in head(bench)
        await bench.press("r")
        assert "Done again" in bench.status
        assert "2 passages" in head(bench)
        await bench.press("u", "u")
        assert "Nothing done here is left" in bench.status
    with qualcase.open(study, coder="Anna") as project:
        assert sorted(one.code for one in project.codings.list()).count("KM.TRUST") == 4
        assert project.journal.verify().verified


async def test_a_group_is_uncoded_and_another_coders_codings_are_named(study):
    async with open_study(study, *asked("KM+ OR NS+"), "s", "V", size=(120, 40)) as bench:
        assert "6 passages by source" in head(bench)
        await bench.press("x")
        assert "Take away which codings?" in "\n".join(bench.lines())
        await bench.press(*"all 4", "enter")
        preview = "\n".join(bench.lines())
        assert "Not yours: 1 by Bo." in preview
        assert "The texts stay" in preview
        await bench.press("y")
        assert "Took 4 codings" in bench.status
        assert "3 passages by source" in head(bench)
        await bench.press("u")
        assert "6 passages by source" in head(bench)


async def test_key_quotations_and_memos_for_many(study):
    async with open_study(study, *TRUST, "V", "asterisk", "y", size=(120, 40)) as bench:
        assert "4 codings: key quotations now." in bench.status
        assert shown(bench).count("key quotation") == 4
        await bench.press("V", "asterisk", "y")
        assert "no longer" in bench.status
        await bench.press("V", "m")
        assert "It takes the place of 1 other" in "\n".join(bench.lines())
        await bench.press(*typed("about time"), "tab", "enter")
        assert "Wrote a memo on 4 codings." in bench.status
        assert shown(bench).count("memo: about time") == 4
        await bench.press("u")
        assert shown(bench).count("memo: late, and slow") == 1
        await bench.press("V", "V")
        assert "marked" not in bench.status


async def test_what_is_shown_is_written_out_and_nothing_is_written_over_unasked(study, tmp_path):
    async with open_study(study, *TRUST, "s", "s", size=(120, 40)) as bench:
        await bench.press("e", "enter")
        assert "Wrote 4 passages into passages.md." in bench.status
        text = (tmp_path / "passages.md").read_text(encoding="utf-8")
        assert "## Ms Holm (3)" in text
        assert "passages: KM.TRUST and below" in text
        (tmp_path / "passages.md").write_text("mine", encoding="utf-8")
        await bench.press("e", "enter")
        assert "passages.md is there already" in "\n".join(bench.lines())
        await bench.press("n")
        assert (tmp_path / "passages.md").read_text(encoding="utf-8") == "mine"
        await bench.press("e", "enter", "y")
        assert (tmp_path / "passages.md").read_text(encoding="utf-8") == text
        for name in ("out.csv", "out.html"):
            await bench.press("e", "ctrl+u", *name, "enter")
            assert "built trust" in (tmp_path / name).read_text(encoding="utf-8")
        await bench.press("e", "ctrl+u", *"out.docx", "enter")
        assert "The name must end in one of .md, .html, .csv." in bench.status
        assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o600


async def test_of_very_many_codings_pages_are_read_as_they_come_into_sight(study, monkeypatch):
    monkeypatch.setattr("qualcase.tui.screens.passages.MANY", 3)
    monkeypatch.setattr(passage_book, "PAGE", 1)
    async with open_study(study, *HERE, "o", *"knowledge mob", "enter", size=(80, 12)) as bench:
        assert type(bench.screen.book.listing).__name__ == "CodePages"
        assert "5 passages, not grouped" in head(bench)
        assert len(bench.screen.book._pages) < 5
        await bench.press("greater_than_sign")
        assert "“We never built" in shown(bench)
        await bench.press(
            "less_than_sign", "space", "b", "pagedown", "pageup", "home", "end", "k", "up", "down"
        )
        assert "4 of 5" in bench.status
        await bench.press("s")
        assert "5 passages by code" in head(bench)
        assert "Grouped by code." in bench.status
        await bench.press("x")
        assert "5 passages by code" in head(bench)
        assert "a coding taken away" in shown(bench)
        await bench.press("R")
        assert "4 passages by code" in head(bench)


async def test_the_mouse_chooses_scrolls_and_takes(study):
    async with open_study(study, *TRUST, size=(120, 16)) as bench:
        pane = bench.screen.pane
        lines = shown(bench).splitlines()
        second = next(n for n, line in enumerate(lines) if "Bo" in line or "S1 line 6" in line)
        await bench.pilot.click(PassageList, offset=(10, second))
        await bench.settle()
        assert pane.chosen == 1
        await bench.pilot.click(PassageList, offset=(0, second))
        await bench.settle()
        assert bench.screen.book.marked == {1}
        await bench.pilot._post_mouse_events([MouseScrollDown], PassageList, offset=(5, 5), button=0)
        await bench.settle()
        assert shown(bench).splitlines()[:5] != lines[:5]
        await bench.pilot.click(PassageList, offset=(10, 3), times=2)
        await bench.settle()
        assert bench.document.source.handle in {"S1", "S2"}
        assert bench.app._at == "coding"


async def test_a_second_program_is_noticed_and_the_line_kept(study):
    async with open_study(study, *TRUST, "j", "j", "j", size=(120, 40)) as bench:
        with qualcase.open(study, coder="Bo") as other:
            first = next(one for one in other.codings.list() if one.code == "KM.TRUST")
            other.codings.remove(first.uid)
        await bench.app._look()
        await bench.settle()
        assert "3 of 3" in bench.status
        await bench.press("R")
        assert "Read anew." in bench.status


SCENES = {
    "code": (*TRUST, "j"),
    "question": (*asked("(KM+ OR NS+) speaker:Ms*"),),
    "speakers": (*asked("KM+ OR NS+"), "s", "s", "V", "plus"),
    "preview": (*TRUST, "V", "x"),
}


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
@pytest.mark.parametrize("scene", SCENES)
async def test_the_screen_is_as_it_was(study, scene, size):
    async with open_study(study, *SCENES[scene], size=size) as bench:
        compare(bench, "passages", scene, size)


def test_every_key_of_the_screen_is_pressed_here():
    bound = {key for group in (*keys.GROUPS, LIST) for one in group.actions for key in one.keys.split(",")}
    told = """
        o i slash f l L f5 R s S right_square_bracket left_square_bracket plus equals_sign minus z e
        v V escape c x asterisk m u U r
        down j pagedown space up k pageup b home less_than_sign end greater_than_sign enter
    """
    assert set(told.split()) == bound


@pytest.mark.parametrize("key", ["x", "asterisk"])
async def test_what_is_not_ones_own_is_changed_only_after_a_word(study, key):
    async with open_study(study, *TRUST, size=(120, 40)) as bench:
        book = bench.screen.book
        coders = [one.coders for one in book.listing.segments(0, len(book), 0)]
        await bench.press("home", *["down"] * coders.index(("Bo",)))
        before = bench.project.store.digest()
        await bench.press(key)
        assert "Not yours: 1 by Bo." in "\n".join(bench.lines())
        await bench.press("n")
        assert bench.project.store.digest() == before
        await bench.press(key, "y")
        assert bench.project.store.digest() != before
