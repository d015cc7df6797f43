"""PDF: its text layer in reading order, without what only the page needs; a picture of text is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.assembled import check_signs
from qualcase.readers.encodings import Decoded
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.fixed_prose import structure_fixed_prose
from qualcase.readers.pdf_apparatus import insert_apparatus
from qualcase.readers.pdf_glyphs import UNKNOWN, open_pdf, read_metadata, read_pages
from qualcase.readers.pdf_layout import find_edges, take_margin_numbers
from qualcase.readers.pdf_lines import read_rows
from qualcase.readers.pdf_text import build_body
from qualcase.readers.reader import Reader
from qualcase.readers.structure import to_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import DocumentText
    from qualcase.readers.pdf_layout import Line
    from qualcase.readers.pdf_lines import Row
    from qualcase.readers.pdf_text import Body
    from qualcase.readers.reader import RawFile
    from qualcase.readers.structure import Structure

_UNKNOWN_SHARE = 0.2
_MOST_NUMBERED = 0.8
_SHOWN = 5


def read_pdf(file: RawFile) -> DocumentText:
    """Read a PDF's text; page headers, page numbers and margin numbers are apparatus, never speech."""
    pages: list[list[Row]] = []
    asides: dict[int, str] = {}
    pictured: list[int] = []
    with open_pdf(file.name, file.data) as document:
        metadata = read_metadata(document)
        for number, page in enumerate(read_pages(file.name, document)):
            pages.append(read_rows(file.name, page, number))
            asides[number] = page.aside
            if page.has_pictures:
                pictured.append(number)
    lines = find_edges(pages)
    with_text = {line.row.page for line in lines if line.kind == "text"}
    pictured = [number + 1 for number in pictured if number not in with_text]
    _check(file, lines, scanned=bool(pictured))
    text, structure = _structure(file, lines, asides)
    check_signs(file.name, text)
    structure = replace(structure, warnings=_warnings(text, pictured) + structure.warnings)
    metadata["pages"] = str(len(pages))
    return to_document(Decoded(text, "utf-8"), structure, "pdf", metadata)


def _structure(file: RawFile, lines: list[Line], asides: dict[int, str]) -> tuple[str, Structure]:
    """Return the text and its turns; margin numbers may be what marks turns that nobody's name opens."""
    numbered = take_margin_numbers(lines)
    body = build_body(numbered, asides)
    structure = _prose(file, body)
    beside = sum(line.number is not None for line in numbered)
    if not structure.turns and 0 < beside < _MOST_NUMBERED * len(lines):
        plain = build_body(lines, asides)
        with_numbers = _prose(file, plain)
        if with_numbers.turns:
            body, structure = plain, with_numbers
    return insert_apparatus(body.text, structure, body.apparatus)


def _prose(file: RawFile, body: Body) -> Structure:
    structure = structure_fixed_prose(body.text, file.speakers, body.headings, body.bold_runs)
    return replace(structure, blocks=tuple(_across_hyphens(body.text, structure.blocks)))


def _across_hyphens(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with a paragraph made whole where a hyphen and the line end behind it stayed."""
    whole: list[Block] = []
    for block in blocks:
        before = whole[-1] if whole else None
        joined = before and text[before.end - 1 : block.start] == "-\n" and text[before.end - 2].isalnum()
        if before and joined and before.kind == block.kind == "paragraph":
            whole[-1] = Block(before.start, block.end)
        else:
            whole.append(block)
    return whole


def _check(file: RawFile, lines: list[Line], *, scanned: bool) -> None:
    """Refuse a PDF without words of its own, and one whose letters have no meaning but their shape."""
    text = "".join(line.row.text for line in lines if line.kind == "text")
    if not any(sign.isalnum() for sign in text) and UNKNOWN not in text:
        raise UnreadableFileError(
            file.name,
            "it is a scan without text" if scanned else "it has no text",
            hint="Have a text recognition program (OCR) add the text, check it, and import the result.",
        )
    inked = sum(not sign.isspace() for sign in text)
    if text.count(UNKNOWN) > _UNKNOWN_SHARE * inked:
        raise UnreadableFileError(
            file.name,
            "its letters are shapes that stand for no characters",
            hint="Ask for the document as .docx or .txt, or have a text recognition program (OCR) read it.",
        )


def _warnings(text: str, pictured: list[int]) -> tuple[str, ...]:
    warnings = []
    if pictured:
        named = ", ".join(map(str, pictured[:_SHOWN])) + (" …" if len(pictured) > _SHOWN else "")
        warnings.append(f"Pages that are pictures without text, of which nothing was read: {named}.")
    if UNKNOWN in text:
        warnings.append(f"{text.count(UNKNOWN)} signs have no character in the PDF and stand as “{UNKNOWN}”.")
    return tuple(warnings)


READER = Reader((".pdf",), read_pdf)
