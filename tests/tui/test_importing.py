"""The import screen: files are seen as they would be stored, put right, and taken in."""

from __future__ import annotations

import threading

import pytest
from at_home import TALK, at_home, make_project

import qualcase
from qualcase.project.chosen_import import ChosenGathering
from qualcase.tui.arrival_form import check_answers
from qualcase.tui.arrival_lines import progress_line
from qualcase.tui.keys import importing as import_keys

NOTES = "Fältanteckningar.\n\nIngen kom till mötet. Vi väntade en timme.\n"
BRACKETED = "".join(f"[id{n % 2}] What number {n} says of it.\n" for n in range(8)) + "Prose.\n" * 3


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A project's folder with a folder of material in it."""
    (tmp_path / "study" / "m").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "study")
    return tmp_path / "study"


@pytest.fixture
def material(folder):
    """An interview, its copy, notes in an older encoding, labels that are not sure, and a file of no use."""
    where = folder / "m"
    (where / "2008-06-12 Holm interview.txt").write_text(TALK, encoding="utf-8")
    (where / "c.txt").write_text(TALK, encoding="utf-8")
    (where / "notes.txt").write_bytes(NOTES.encode("cp1252"))
    (where / "p.txt").write_text(BRACKETED, encoding="utf-8")
    (where / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return where


def at_import(folder, size=(80, 24), texts=()):
    """Open the application on a project in the folder."""
    return at_home(size, path=make_project(folder, texts=texts))


async def look_at(bench, typed="m"):
    """Go to the import screen and choose a folder there."""
    await bench.press("g", "i", "end")
    await bench.type(typed)
    await bench.press("enter")


def sources(folder):
    with qualcase.open(folder / "study.qualcase") as project:
        return {one.name: one for one in project.sources.list()}


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
async def test_the_import_screen_looks_as_it_did(golden, folder, material, size):
    name = "{}x{}".format(*size)
    (material / "p.txt").write_text(TALK.replace("Ms Holm", "P1"), encoding="utf-8")
    async with at_import(folder, size) as bench:
        await bench.press("g", "i")
        golden(f"import-choose-{name}", bench)
        await bench.press("escape")
        golden(f"import-empty-{name}", bench)
        await bench.press("o")
        await bench.type("m")
        await bench.press("enter")
        golden(f"import-seen-{name}", bench)
        await bench.press("j", "j", "e")
        golden(f"import-change-{name}", bench)
        await bench.press("escape", "i")
        golden(f"import-done-{name}", bench)


async def test_every_file_says_what_it_would_become_and_nothing_is_stored(folder, material):
    async with at_import(folder, (160, 48)) as bench:
        await look_at(bench)
        marks = {row.cells[1]: row.cells[0] for row in bench.screen.query_one("#files").rows}
        assert marks == {
            "2008-06-12 Holm interview.txt": "", "c.txt": "=", "notes.txt": "!", "p.txt": "!",
            "picture.png": "×",
        }  # fmt: skip
        about = bench.text_of("arriving")
        assert "interview (from the file's name) · 2008-06-12 (from the file's name)" in about
        assert "Interviewer 2, Ms Holm 2" in about
        assert "Labels: names before a colon, as “Interviewer:” (sure)." in about
        assert "00:10 Ms Holm\n  We met at a fair. There was little trust at first." in about
        await bench.press("j")
        assert "the same content as 2008-06-12 Holm interview.txt" in bench.text_of("arriving")
        await bench.press("j")
        assert "No speakers: it is kept in paragraphs" in bench.text_of("arriving")
        assert "e, Encoding, names another." in bench.text_of("arriving")
        await bench.press("j")
        assert "names in brackets, as “[id0]” (" in bench.text_of("arriving")
        await bench.press("j")
        assert "picture.png cannot be read" in bench.text_of("arriving")
    assert sources(folder) == {}


async def test_what_comes_in_is_what_was_shown_and_the_first_is_coded(folder, material):
    async with at_import(folder) as bench:
        await look_at(bench)
        await bench.press("c")
        assert "Nothing has been taken in yet" in bench.status
        await bench.press("i")
        assert "Took in 3 sources" in bench.status
        assert "c codes the first" in bench.status
        await bench.press("i")
        assert "There is nothing to take in" in bench.status
        await bench.press("c")
        assert bench.document.source.name == "2008-06-12 Holm interview.txt"
        await bench.press("g", "i", "j", "j", "enter")
        assert bench.document.source.name == "notes.txt"
    assert set(sources(folder)) == {"2008-06-12 Holm interview.txt", "notes.txt", "p.txt"}


async def test_what_is_said_of_one_file_holds_for_it_alone(folder, material):
    async with at_import(folder) as bench:
        await look_at(bench)
        await bench.press("enter")
        assert "Found: interview, 2008-06-12" in bench.shown
        await bench.press("down", "tab", *"2008", "tab", "B", "tab", "K", "tab", *"none", "tab", "enter")
        about = bench.text_of("arriving").replace("\n", " ")
        assert "2008 (as you said)" in about
        assert "interview (as you said)" in about
        assert "No speakers" in about
        await bench.press("j", "j", "e", *["tab"] * 5)
        await bench.type("latin-1")
        await bench.press("enter", "i")
    made = sources(folder)
    holm, notes = made["2008-06-12 Holm interview.txt"], made["notes.txt"]
    assert (holm.date, holm.date_basis, holm.cases, holm.informant) == ("2008", "option", ("B",), "K")
    assert (holm.turns, holm.speakers) == (0, ())
    assert (notes.encoding, notes.cases) == ("iso8859-1", ("study",))


async def test_what_is_said_of_all_holds_for_each_that_says_nothing_else(folder, material):
    (folder / "f.csv").write_text("file,informant\nnotes.txt,K\n", encoding="utf-8")
    async with at_import(folder) as bench:
        await look_at(bench)
        await bench.press("e", "tab", *"2009", *["enter"] * 5)
        await bench.press("a", "tab", *"2007", *["enter"] * 5)
        await bench.type("f.csv")
        await bench.press("enter", "i")
    made = sources(folder)
    assert {name: one.date for name, one in made.items()} == {
        "2008-06-12 Holm interview.txt": "2009", "notes.txt": "2007", "p.txt": "2007",
    }  # fmt: skip
    assert made["notes.txt"].informant == "K"


async def test_a_table_of_facts_is_known_as_one_and_does_not_come_in_itself(folder, material):
    (material / "a.csv").write_text("file,informant\nnotes.txt,K\n", encoding="utf-8")
    async with at_import(folder) as bench:
        await look_at(bench)
        await bench.press("j")
        assert "a, Table, lets it speak" in bench.text_of("arriving").replace("\n", " ")
        await bench.press("a", *["tab"] * 6)
        await bench.type("m/a.csv")
        await bench.press("enter", "i")
    assert "a.csv" not in sources(folder)
    assert sources(folder)["notes.txt"].informant == "K"


async def test_a_pattern_for_speakers_is_seen_before_it_is_taken(folder, material):
    (material / "t.txt").write_text("Q~ What then?\nA~ Nothing.\n" * 4, encoding="utf-8")
    async with at_import(folder) as bench:
        await look_at(bench, "m/t.txt")
        assert "No speakers" in bench.text_of("arriving")
        await bench.press("e", *["tab"] * 4)
        await bench.type("[QA]~")
        await bench.press("enter", "enter")
        assert "Speakers:" in bench.text_of("arriving")
        await bench.press("i")
    assert sources(folder)["t.txt"].turns == 8


async def test_a_file_is_left_out_and_taken_in_again(folder, material):
    async with at_import(folder) as bench:
        await look_at(bench)
        await bench.press("x")
        assert "left out" in bench.text_of("arriving")
        # Its copy is then no copy of anything that comes in.
        assert bench.screen.query_one("#files").rows[1].cells[0] == ""
        await bench.press("x")
        assert bench.screen.query_one("#files").rows[1].cells[0] == "="
        await bench.press("x", "i")
    assert set(sources(folder)) == {"c.txt", "notes.txt", "p.txt"}


async def test_what_is_there_already_is_passed_over(folder, material):
    async with at_import(folder, texts=[TALK]) as bench:
        await look_at(bench, "m/c.txt")
        assert "there already as S1" in bench.text_of("arriving").replace("\n", " ")
        await bench.press("i")
        assert "There is nothing to take in" in bench.status


async def test_one_that_fails_does_not_stop_the_rest(folder, material):
    async with at_import(folder) as bench:
        await look_at(bench)
        (material / "notes.txt").unlink()
        await bench.press("i")
        assert "Took in 2 sources" in bench.status
        assert "refused 1" in bench.status
        await bench.press("j", "j")
        assert "notes.txt cannot be read" in bench.text_of("arriving")
    assert len(sources(folder)) == 2


async def test_an_import_is_shown_does_not_freeze_the_screen_and_is_stopped_by_escape(
    folder, material, monkeypatch
):
    gate, at_second = threading.Event(), threading.Event()
    take = ChosenGathering.take_as

    def slowly(gathering, path, options):
        if gathering.arrivals:
            at_second.set()
            assert gate.wait(30)
        take(gathering, path, options)

    monkeypatch.setattr(ChosenGathering, "take_as", slowly)
    async with at_import(folder) as bench:
        await look_at(bench)
        await bench.pilot.press("i")
        await bench.until("1 of 3 files")
        assert "a second" in bench.text_of("import-count")
        assert "left" in bench.text_of("import-count")
        await bench.pilot.press("j")
        await bench.until("2 of 5")
        for key, told in {
            "i": "Files are being taken in",
            "o": "Esc stops that",
            "escape": "Stopping",
        }.items():
            await bench.pilot.press(key)
            await bench.until(told)
        gate.set()
        await bench.settle()
        assert "Stopped: nothing was stored." in bench.status
        with qualcase.open(folder / "study.qualcase") as project:
            assert project.sources.list() == ()
        monkeypatch.setattr(ChosenGathering, "take_as", take)
        await bench.press("i")
        assert "Took in 3 sources" in bench.status


async def test_quitting_waits_for_what_comes_in(folder, material, monkeypatch):
    gate = threading.Event()
    take = ChosenGathering.take_as

    def slowly(gathering, path, options):
        assert gate.wait(30)
        take(gathering, path, options)

    monkeypatch.setattr(ChosenGathering, "take_as", slowly)
    async with at_import(folder) as bench:
        await look_at(bench)
        await bench.pilot.press("i", "q")
        await bench.until("Saving")
        assert bench.app.return_code is None
        gate.set()
        await bench.settle()
        assert bench.app.return_code == 0
    assert len(sources(folder)) == 3


async def test_reading_is_stopped_and_what_was_not_read_comes_in_all_the_same(folder, material, monkeypatch):
    from qualcase.project import preview

    gate = threading.Event()
    read = preview.read_document_safely

    def slowly(*args, **options):
        assert gate.wait(30)
        return read(*args, **options)

    monkeypatch.setattr(preview, "read_document_safely", slowly)
    async with at_import(folder) as bench:
        for key in ("g", "i", "end", "m", "enter", "escape"):
            await bench.pilot.press(key)
        await bench.until("Stopped reading")
        gate.set()
        await bench.press("i")
        assert "Took in 3 sources" in bench.status
        assert "refused 1" in bench.status


async def test_the_preview_is_scrolled(folder, material):
    (material / "p.txt").write_text(BRACKETED * 9, encoding="utf-8")
    async with at_import(folder) as bench:
        await look_at(bench, "m/p.txt")
        pane = bench.screen.query_one("#arriving")
        await bench.press("right_square_bracket", "right_square_bracket")
        assert pane.scroll_offset.y == 16
        await bench.press("left_square_bracket")
        assert pane.scroll_offset.y == 8


async def test_what_cannot_be_looked_at_is_one_sentence(folder):
    async with at_import(folder) as bench:
        await look_at(bench, "z")
        assert "There is no file z" in bench.status
        await bench.press("o")
        await bench.type("m")
        await bench.press("enter")
        assert "There are no files in m" in bench.status
        for key in ("i", "e", "a", "x", "c", "escape"):
            await bench.press(key)
        assert bench.app.screen is bench.screen


async def test_what_another_program_took_in_is_seen(folder, material):
    async with at_import(folder) as bench:
        await look_at(bench, "m/c.txt")
        with qualcase.open(folder / "study.qualcase", coder="Bo") as project:
            project.sources.import_paths([material / "c.txt"])
        await bench.app._look()
        await bench.settle()
        assert "there already as S1" in bench.text_of("arriving").replace("\n", " ")


async def test_a_click_chooses_and_the_second_asks_what_the_file_is(folder, material):
    async with at_import(folder) as bench:
        await look_at(bench)
        await bench.pilot.click("#files", offset=(5, 2))
        await bench.settle()
        assert "notes.txt" in bench.text_of("arriving")
        await bench.pilot.click("#files", offset=(5, 2), times=2)
        await bench.settle()
        assert "What is notes.txt?" in bench.shown


async def test_the_menu_letter_leads_here_and_back(folder, material):
    async with at_import(folder, texts=[TALK]) as bench:
        await look_at(bench)
        await bench.press("backspace")
        assert bench.document.source.handle == "S1"
        await bench.press("g", "i")
        assert len(bench.screen.arrivals.files) == 5


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, ""),
        ({"date": "summer"}, "summer"),
        ({"speakers": "(a+)+"}, "could take for ever"),
        ({"speakers": "none"}, ""),
        ({"encoding": "nonsense"}, "There is no encoding “nonsense”."),
        ({"table": "none.csv"}, "There is no file none.csv."),
    ],
)
def test_answers_are_checked_before_files_are_read_again(change, told):
    answers = (
        dict.fromkeys(("kind", "date", "case", "informant", "speakers", "encoding", "table"), "") | change
    )
    found = check_answers(answers)
    assert found == told if not told else told in found


def test_progress_tells_how_many_how_fast_and_how_long_still():
    text = "".join(words for words, _ in progress_line(50, 200, 10.0, "holm.txt"))
    assert (
        "██████░░░░░░░░░░░░░░░░░░ 50 of 200 files · 5.0 a second · 30 s left · Esc stops · holm.txt" in text
    )
    assert "1 min 0 s left" in "".join(words for words, _ in progress_line(10, 70, 10.0, ""))
    assert "left" not in "".join(words for words, _ in progress_line(0, 200, 0.0, ""))


async def test_what_was_taken_in_is_taken_back_and_taken_in_again(folder, material):
    async with at_import(folder) as bench:
        await look_at(bench)
        await bench.press("u")
        assert "Nothing was taken in here" in bench.status
        await bench.press("i", "u")
        assert "Undone: " in bench.status
        assert not sources(folder)
        await bench.press("c")
        assert "Nothing has been taken in yet" in bench.status
        await bench.press("U")
        assert "Done again: " in bench.status
        assert "notes.txt" in sources(folder)
        await bench.press("c")
        assert bench.document is not None


def test_every_key_of_the_screen_is_in_these_tests():
    actions = [one for group in import_keys.GROUPS for one in group.actions]
    pressed = {*"oiceaxuU", "escape", "right_square_bracket", "left_square_bracket"}
    assert {key for one in actions for key in one.keys.split(",")} == pressed
