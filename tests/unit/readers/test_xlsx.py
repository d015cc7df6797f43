from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcase.model.errors import QualcaseError
from qualcase.readers.errors import UnreadableFileError, UnsafeFileError
from qualcase.readers.reader import RawFile
from qualcase.readers.registry import read_document
from qualcase.readers.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from qualcase.model.source import DocumentText


def book(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def said(document: DocumentText) -> list[tuple[str | None, str | None, str]]:
    return [(turn.speaker, turn.timestamp, document.text[turn.start : turn.end]) for turn in document.turns]


TALK = [
    ("Turn", "Start", "Speaker", "Text"),
    (1, "00:01", "Anna", "How, then?"),
    (2, "00:09", "Ole:", "Well.\nYes."),
]


def test_a_row_is_a_turn() -> None:
    document = read_document("talk.xlsx", book({"Sheet": [*TALK[:2], (), *TALK[2:]]}))
    assert document.text == "Anna: How, then?\nOle: Well.\nYes."
    assert said(document) == [("Anna", "00:01", "How, then?"), ("Ole", "00:09", "Well.\nYes.")]
    assert document.turns[1].seconds == 9
    assert document.warnings == ("Columns that are not in the text: Turn.",)


def test_sheets_of_turns_follow_each_other_and_others_are_named() -> None:
    document = read_document(
        "talk.xlsx", book({"Day 1": TALK, "Notes": [("a", 1)], "Day 2": TALK, "Empty": []})
    )
    assert [turn.speaker for turn in document.turns] == ["Anna", "Ole", "Anna", "Ole"]
    assert [document.text[block.start : block.end] for block in document.blocks] == ["Day 1", "Day 2"]
    assert "Sheets that are not in the text: Notes." in document.warnings


def test_values_are_what_the_cells_show() -> None:
    row = (
        1,
        2.5,
        3.0,
        True,
        None,
        date(1991, 9, 12),
        datetime.fromisoformat("1991-09-12T10:30"),
        time(9, 5),
        timedelta(minutes=90),
    )
    (table,) = read_tables(RawFile("a.xlsx", book({"S": [row]})))
    expected = "1|2.5|3|TRUE||1991-09-12|1991-09-12 10:30:00|09:05:00|01:30:00"
    assert table.rows == (tuple(expected.split("|")),)


def test_a_formula_without_a_value_is_kept_as_written_and_never_run() -> None:
    document = read_document(
        "f.xlsx", book({"S": [("speaker", "text"), ("A", '=HYPERLINK("http://x")'), ("B", "+one")]})
    )
    assert said(document) == [("A", None, '=HYPERLINK("http://x")'), ("B", None, "+one")]


def test_rows_know_their_number_in_the_sheet() -> None:
    (table,) = read_tables(RawFile("a.xlsx", book({"S": [("a", "b"), (), (), (1, 2)]})))
    assert (table.title, table.numbers) == ("S", (1, 4))


def test_a_survey_is_recognised_and_the_way_is_told() -> None:
    rows = [("id", "age", "What did you learn?")] + [
        (n, 30 + n, "I learned to share my work early") for n in range(4)
    ]
    document = read_document("survey.xlsx", book({"S": rows}))
    assert any("--text-column 'What did you learn?'" in warning for warning in document.warnings)


def rebuilt(data: bytes, name: str, content: bytes | None) -> bytes:
    """Return the archive with one member replaced, or left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info.filename))
        if content is not None:
            new.writestr(name, content)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PLAIN = book({"S": [("speaker", "text"), ("A", "hello")]})


def sheet(inner: str, before: str = "") -> bytes:
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{inner}</sheetData></worksheet>'.encode()


HOSTILE = {
    "entities": rebuilt(PLAIN, SHEET, sheet("<row>&x;</row>", "<!DOCTYPE a [<!ENTITY x 'ha'>]>")),
    "external": rebuilt(
        PLAIN, SHEET, sheet("&x;", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    ),
    "deep": rebuilt(PLAIN, SHEET, sheet("<row>" * 5000 + "</row>" * 5000)),
    "bomb": rebuilt(PLAIN, SHEET, sheet(" " * 60_000_000)),
    "cut_xml": rebuilt(PLAIN, SHEET, sheet("")[:-8]),
    "no_workbook": rebuilt(PLAIN, "xl/workbook.xml", None),
    "strange_reference": rebuilt(PLAIN, SHEET, sheet('<row r="x"><c r="??" t="s"><v>99</v></c></row>')),
    "macros": rebuilt(PLAIN, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
    "traversal": rebuilt(PLAIN, "../../evil.xml", b"x"),
    "truncated": PLAIN[:-40],
    "old_excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000,
    "empty": b"",
    "csv_inside": b"speaker,text\nA,hello\n",
    "wide": rebuilt(
        PLAIN,
        SHEET,
        sheet("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 400))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        read_document(f"{name}.xlsx", HOSTILE[name])
    message = refused.value.message
    assert message.startswith(f"{name}.xlsx cannot be read: ")
    assert "\n" not in message
    assert "root:" not in message


def test_a_false_size_costs_nothing() -> None:
    claimed = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>'
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>hello</t></is></c></row></sheetData></worksheet>'
    assert read_document("a.xlsx", rebuilt(PLAIN, SHEET, (claimed + cells).encode())).text == "hello"


def test_macros_are_named() -> None:
    with pytest.raises(UnsafeFileError, match="macros"):
        read_document("a.xlsx", HOSTILE["macros"])


@settings(max_examples=60)
@given(place=st.integers(0, len(PLAIN) - 1), value=st.integers(0, 255), cut=st.integers(0, 400))
def test_a_damaged_workbook_is_read_or_refused(place: int, value: int, cut: int) -> None:
    data = bytearray(PLAIN[: len(PLAIN) - cut if cut > 300 else len(PLAIN)])
    data[place % len(data)] = value
    read_or_refuse(bytes(data))


@given(inner=st.text("<>/rowcvtis0123456789=\"' AZ&;", max_size=80))
@settings(max_examples=60)
def test_any_sheet_is_read_or_refused(inner: str) -> None:
    read_or_refuse(rebuilt(PLAIN, SHEET, sheet(inner)))


def read_or_refuse(data: bytes) -> None:
    try:
        document = read_document("a.xlsx", data)
    except QualcaseError as refused:
        assert refused.message.endswith(".")  # noqa: PT017 -- either outcome is promised
        return
    assert all(0 <= turn.start < turn.end <= len(document.text) for turn in document.turns)


@pytest.mark.shared
def test_a_meeting_as_a_workbook_is_the_meeting_as_json(shared: Path) -> None:
    """The sheet has 320 rows of turns below its headings, seen in its XML."""
    folder = shared / "data/corpora/real"
    document = read_document("a.xlsx", (folder / "derived/ami_ES2004a_turns.xlsx").read_bytes())
    assert len(document.turns) == 320
    assert said(document)[0] == ("User Interface", None, "Hmm hmm hmm .")
    assert said(document)[1][0] == "Project Manager"
    assert document.warnings == ("Columns that are not in the text: Turn.",)
    meeting = read_document("a.json", (folder / "json/qmsum_ES2004a.json").read_bytes())
    assert [(name, words) for name, _, words in said(document)] == [(n, w) for n, _, w in said(meeting)]


@pytest.mark.shared
def test_a_list_of_interviews_looks_like_one_respondent_a_row(shared: Path) -> None:
    path = shared / "data/corpora/real/csv/ws_transcripts_metadata.csv"
    document = read_document(path.name, path.read_bytes())
    assert document.turns == ()
    assert any("--text-column 'Dublin Core: Description'" in warning for warning in document.warnings)
