"""Word headings that are partly bold, names with a plain colon, and tables of numbers."""

from __future__ import annotations

import io

import docx

from qualcase.readers.registry import read_document


def _saved(document):
    file = io.BytesIO()
    document.save(file)
    return read_document("talk.docx", file.getvalue())


def _say(document, name, words, colon=":"):
    paragraph = document.add_paragraph()
    paragraph.add_run(name).bold = True
    paragraph.add_run(f"{colon} {words}")


def test_a_partly_bold_heading_is_a_heading():
    document = docx.Document()
    heading = document.add_heading(level=1)
    heading.add_run("Part").bold = True
    heading.add_run(" one: the beginning")
    for number in range(3):
        _say(document, "Anna", f"Question {number}?")
        _say(document, "Bjorn", f"We met {number} times.")
    read = _saved(document)
    assert [turn.speaker for turn in read.turns] == ["Anna", "Bjorn"] * 3
    assert read.text[read.turns[0].start : read.turns[0].end] == "Question 0?"
    assert [block.kind for block in read.blocks] == ["heading"]


def test_a_table_of_numbers_under_the_heading_transcript_is_no_talk():
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for row in (("Name", "Transcript"), ("2006", "17"), ("2007", "21"), ("2008", "4")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = row
    read = _saved(document)
    assert read.turns == ()
    assert "2007\t21" in read.text
