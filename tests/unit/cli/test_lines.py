"""What a person reads: lists that fit, passages in full, progress that is told only where it helps."""

from __future__ import annotations

import pytest

from qualcase.cli.output import format_of, table_lines, write_file
from qualcase.cli.passages import coding_lines
from qualcase.cli.progress import Progress
from qualcase.model.coding import Coding
from qualcase.model.errors import InputError, UsageError


@pytest.fixture(autouse=True)
def narrow(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")


def test_columns_stand_under_each_other():
    lines = list(table_lines(("id", "n", "name"), [("S1", 1234, "x"), ("S10", None, "名前")], numeric=("n",)))
    assert lines == ["id       n  name", "S1   1,234  x", "S10         名前"]


def test_the_last_column_wraps_and_a_file_name_never():
    name = "a-very-long-file-name-that-people-want-to-copy-whole-from-the-list.docx"
    lines = list(table_lines(("id", "name"), [("S1", "one two three " * 6), ("S2", name)]))
    assert max(map(len, lines[:-1])) <= 60
    assert name in lines[-1]
    assert "".join(lines).count("three") == 6


def test_a_list_with_no_rows_is_its_heading():
    assert list(table_lines(("id", "name"), [])) == ["id  name"]


def test_a_passage_is_shown_with_all_that_was_said_of_it():
    coding = Coding(
        uid="0" * 18 + "abcdefgh", source="S1", start=2, end=9, quote="two\n words", code="KM", coder="Anna",
        layer="group", memo="why", valence="-", weight=0.5, key=True, origin="suggestion", speaker="Kari",
    )  # fmt: skip
    head, words, memo = coding_lines([coding], {coding.uid: ("before ", " after")})
    assert (
        head
        == "abcdefgh  KM  S1 2:9  Kari  by Anna, valence -, weight 0.5, layer group, origin suggestion, key"
    )
    assert words == "  before “two words” after"
    assert memo == "  memo: why"


def test_a_long_passage_is_shortened_in_the_middle_and_says_so():
    coding = Coding("u" * 26, "S1", 0, 1000, "a" * 500 + "b" * 500, "KM", "Anna", "Anna")
    words = list(coding_lines([coding]))[1]
    assert words == f"  “{'a' * 200} […] {'b' * 200}”"


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.html", "html"), ("b.HTM", "html"), ("c.md", "md"), ("d.txt", "terminal"), ("e.csv", "csv")],
)
def test_a_file_name_tells_its_format(name, form):
    assert format_of(name) == form


def test_a_name_without_ending_tells_none():
    with pytest.raises(UsageError, match="does not tell"):
        format_of("report")


def test_a_file_is_written_whole_for_its_owner_only(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("old", encoding="utf-8")
    write_file(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        write_file(tmp_path, b"new")
    with pytest.raises(InputError, match="cannot be written"):
        write_file(tmp_path / "no" / "t.csv", b"new")
    assert list(tmp_path.iterdir()) == []


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr("qualcase.cli.progress.time.monotonic", made)
    return made


def test_a_short_import_tells_nothing_of_its_progress(clock, capsys):
    progress = Progress()
    for done in range(1, 11):
        clock.now += 0.05
        progress(done, 10, "a.txt")
    progress.close()
    assert capsys.readouterr().err == ""


def test_a_long_import_tells_count_rate_and_time_left(clock, capsys):
    progress = Progress()
    for done in range(1, 101):
        clock.now += 2.0
        progress(done, 100, f"{done}\x1b.txt")
    progress.close()
    out, err = capsys.readouterr()
    lines = err.splitlines()
    assert out == ""
    assert lines[0] == "1 of 100 files, 0.5 a second, 3 min 18 s left  1␛.txt"
    assert lines[-1] == "100 of 100 files, 0.5 a second  100␛.txt"
    assert len(lines) < 50


def test_what_went_before_the_first_is_not_in_the_rate(clock, capsys):
    progress = Progress("acts")
    clock.now += 30.0
    progress(0, 100, "a")
    clock.now += 0.5
    progress(10, 100, "a")
    clock.now += 1.5
    progress(50, 100, "a")
    assert capsys.readouterr().err == "50 of 100 acts, 25.0 a second, 2 s left  a\n"
