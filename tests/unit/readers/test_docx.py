from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from qualcase.readers.registry import read_document

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText


def read(document: docx.document.Document, speakers: str | None = None) -> DocumentText:
    data = io.BytesIO()
    document.save(data)
    return read_document("talk.docx", data.getvalue(), speakers=speakers)


def said(document: DocumentText) -> list[tuple[str | None, str]]:
    return [(turn.speaker, document.text[turn.start : turn.end]) for turn in document.turns]


def test_paragraphs_and_tables_come_in_order() -> None:
    word = docx.Document()
    word.add_heading("Board", 1)
    word.add_paragraph("First.")
    table = word.add_table(2, 2)
    for place, text in enumerate("abcd"):
        table.cell(place // 2, place % 2).text = text
    word.add_paragraph("")
    word.add_paragraph("Last.")
    document = read(word)
    assert document.text == "Board\n\nFirst.\n\na\tb\nc\td\n\nLast."
    assert document.turns == ()
    assert [block.kind for block in document.blocks][:2] == ["heading", "paragraph"]


def test_labels_open_turns_and_headings_end_them() -> None:
    word = docx.Document()
    word.add_paragraph("(S = Student; I = Interviewer)")
    for line in ("I: How?", "S1: Well.", "And more.", "I: And?", "S1: So."):
        word.add_paragraph(line)
    word.add_heading("After", 2)
    word.add_paragraph("We had tea.")
    assert said(read(word)) == [("I", "How?"), ("S1", "Well.\n\nAnd more."), ("I", "And?"), ("S1", "So.")]


def test_names_in_bold_are_labels() -> None:
    word = docx.Document()
    for name, text in (("Anna", " How?"), ("Ole", " Well."), ("Anna", " And?"), ("Ole", " So.")):
        paragraph = word.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(text)
    assert said(read(word)) == [("Anna", "How?"), ("Ole", "Well."), ("Anna", "And?"), ("Ole", "So.")]


def test_a_table_of_turns_is_chosen_among_tables() -> None:
    word = docx.Document()
    facts = word.add_table(1, 2)
    facts.cell(0, 0).text, facts.cell(0, 1).text = "Place", "the mill"
    rows = [("Start", "Speaker", "Text"), ("0:01", "Anna:", "How?"), ("0:09", "Ole:", " Well.\nYes. ")]
    table = word.add_table(3, 3)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document = read(word)
    assert said(document) == [("Anna", "How?"), ("Ole", "Well.\nYes.")]
    assert (document.first_timestamp, document.turns[1].seconds) == ("0:01", 9)
    for words in ("Place\tthe mill", "Start\tSpeaker\tText", "Anna:"):
        assert words in document.text
    assert read(word, speakers="none").turns == ()


def test_no_word_is_lost_or_doubled() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("one ")
    paragraph._p.append(
        parse_xml(f'<w:ins {nsdecls("w")}><w:r><w:t xml:space="preserve">two </w:t></w:r></w:ins>')
    )
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>gone</w:delText></w:r></w:del>"))
    paragraph._p.append(
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:r><w:t>three</w:t><w:tab/><w:t>four</w:t><w:br/>"
            "<w:t>five</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    word.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent>"
            "<w:p><w:r><w:t>zero</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    table = word.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "six"
    table.cell(1, 0).add_table(1, 1).cell(0, 0).text = "seven"
    table.cell(1, 1).text = "eight"
    assert read(word).text.split() == "zero one two three four five six seven eight".split()  # noqa: SIM905


def test_the_documents_own_properties_are_kept() -> None:
    word = docx.Document()
    word.core_properties.title = "Board, third meeting"
    word.add_paragraph("x")
    assert read(word).metadata["title"] == "Board, third meeting"
