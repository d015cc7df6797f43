"""The words of an OpenDocument text in reading order: paragraphs, headings, tables, notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcase.readers.document_parts import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FORMAT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n", f"{TEXT}soft-page-break": ""}
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_NOTES = (f"{TEXT}note", f"{OFFICE}annotation")
_CHANGES = f"{TEXT}tracked-changes"
# Text that names or describes things, and text that a machine wrote beside what it stands for.
_SKIPPED = {
    _CHANGES,
    *_NOTES,
    f"{OFFICE}annotation-end",
    f"{TEXT}ruby-text",
    f"{_SVG}title",
    f"{_SVG}desc",
    f"{OFFICE}event-listeners",
    f"{OFFICE}forms",
    f"{TEXT}sequence-decls",
    f"{TEXT}variable-decls",
    f"{TEXT}user-field-decls",
}
# Runs of blanks and repeated cells are counts: a small file may ask for more than any document has.
_MOST_BLANKS = 1000
_MOST_REPEATS = 100
_WHITE = " \t\n\r"


@dataclass(slots=True)
class OdtText:
    """The parts of a body, its notes, and how many deletions were left out."""

    bold: frozenset[str] = frozenset()
    parts: list[Paragraph | Table] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    deleted: int = 0


def read_odt_text(root: _Element, bold: frozenset[str]) -> OdtText:
    """Return the words of a content.xml; `bold` are the names of the styles that are bold."""
    found = OdtText(bold)
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is not None:
        found.deleted = sum(1 for _ in body.iter(f"{TEXT}deletion"))
        found.parts.extend(_parts(body, found))
    return found


def bold_styles(root: _Element) -> frozenset[str]:
    """Return the names of the character and paragraph styles of a part that are bold."""
    names = set()
    for style in root.iter(f"{_STYLE}style"):
        properties = style.find(f"{_STYLE}text-properties")
        weight = "" if properties is None else properties.get(f"{_FORMAT}font-weight", "")
        if weight == "bold" or weight in {"600", "700", "800", "900"}:
            names.add(style.get(f"{_STYLE}name", ""))
    return frozenset(names)


def _parts(element: _Element, found: OdtText) -> Iterator[Paragraph | Table]:
    for child in element:
        if child.tag in _PARAGRAPHS:
            yield from _paragraph(child, found)
        elif child.tag == f"{_TABLE}table":
            yield Table(tuple(_rows(child, found)))
        elif child.tag in _NOTES:
            _keep_note(child, found)
        elif child.tag not in _SKIPPED:
            yield from _parts(child, found)


def _paragraph(element: _Element, found: OdtText) -> Iterator[Paragraph | Table]:
    pieces = list(_pieces(element, found, bold=_is_bold(element, found)))
    text, bold = _collapse(pieces)
    if text.strip():
        yield Paragraph(text, element.tag == f"{TEXT}h", bold)
    for box in element.iter(f"{_DRAW}text-box"):
        if next(box.iterancestors(*_PARAGRAPHS), None) is element:
            yield from _parts(box, found)


def _pieces(element: _Element, found: OdtText, *, bold: bool) -> Iterator[tuple[str, bool, bool]]:
    """Yield (text, whether bold, whether its blanks are to be collapsed) of a paragraph's content."""
    yield element.text or "", bold, True
    for child in element:
        if child.tag in _SIGNS:
            yield _SIGNS[child.tag], bold, False
        elif child.tag == f"{TEXT}s":
            yield " " * _count(child, f"{TEXT}c", _MOST_BLANKS), bold, False
        elif child.tag in _NOTES:
            _keep_note(child, found)
        elif child.tag not in _SKIPPED and child.tag != f"{_DRAW}text-box":
            yield from _pieces(child, found, bold=bold or _is_bold(child, found))
        yield child.tail or "", bold, True


def _collapse(pieces: list[tuple[str, bool, bool]]) -> tuple[str, int]:
    """Return the text with runs of white space as one blank, as the format demands, and its bold length."""
    out: list[str] = []
    last, length, bold_length, all_bold = " ", 0, 0, True
    for text, bold, white in pieces:
        piece = _one_blank(text, last) if white else text
        if not piece:
            continue
        out.append(piece)
        last = piece[-1]
        length += len(piece)
        all_bold = all_bold and (bold or not piece.strip())
        bold_length = length if all_bold else bold_length
    joined = "".join(out).rstrip()
    return joined, min(bold_length, len(joined))


def _one_blank(text: str, last: str) -> str:
    words = text.translate(dict.fromkeys(map(ord, _WHITE), " "))
    parts = [part for part in words.split(" ") if part]
    if not parts:
        return "" if not words or last == " " else " "
    before = " " if words[0] == " " and last != " " else ""
    return before + " ".join(parts) + (" " if words[-1] == " " else "")


def _rows(table: _Element, found: OdtText) -> Iterator[tuple[str, ...]]:
    for row in table.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table"), None) is table:
            yield tuple(_cells(row, found))


def _cells(row: _Element, found: OdtText) -> Iterator[str]:
    """Yield the cells of a row; one that a merged cell covers holds nothing that is shown."""
    for cell in row:
        if cell.tag == f"{_TABLE}table-cell":
            text = "\n".join(_cell_lines(cell, found))
            yield from (text for _ in range(_count(cell, f"{_TABLE}number-columns-repeated", _MOST_REPEATS)))


def _cell_lines(cell: _Element, found: OdtText) -> Iterator[str]:
    for part in _parts(cell, found):
        if isinstance(part, Paragraph):
            yield part.text
        else:
            yield from ("\t".join(row) for row in part.rows)


def _keep_note(note: _Element, found: OdtText) -> None:
    body = note.find(f"{TEXT}note-body")
    for part in _parts(note if body is None else body, found):
        if isinstance(part, Paragraph):
            found.notes.append(part)


def _is_bold(element: _Element, found: OdtText) -> bool:
    return element.get(f"{TEXT}style-name", "") in found.bold


def _count(element: _Element, name: str, most: int) -> int:
    said = element.get(name, "1")
    return min(int(said), most) if said.isascii() and said.isdigit() and len(said) < 10 else 1  # noqa: PLR2004
