"""The words of a Word document in reading order, and its headings, bold beginnings and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.readers.document_parts import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PARAGRAPH, _TABLE, _ROW, _CELL = f"{_WORD}p", f"{_WORD}tbl", f"{_WORD}tr", f"{_WORD}tc"
_RUN, _TEXT_BOX = f"{_WORD}r", f"{_WORD}txbxContent"
_SIGNS = {
    f"{_WORD}tab": "\t",
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    f"{_WORD}softHyphen": "\N{SOFT HYPHEN}",
}
_TEXTS = (f"{_WORD}t", f"{_MATHS}t")
# Deleted and moved-away text is no longer the author's; a fallback repeats what stands beside it.
_SKIPPED = {f"{_WORD}del", f"{_WORD}moveFrom", f"{_COMPATIBILITY}Fallback", f"{_WORD}pPr", f"{_WORD}rPr"}
_OFF = ("0", "false", "off", "none")


def read_parts(body: _Element, is_heading: Callable[[str], bool]) -> Iterator[Paragraph | Table]:
    """Yield the paragraphs and tables of a body in reading order; `is_heading` answers for a style's id."""
    for child in body:
        if child.tag == _PARAGRAPH:
            yield from _read_paragraph(child, is_heading)
        elif child.tag == _TABLE:
            yield Table(tuple(tuple(_row(row)) for row in child.iter(_ROW) if _nearest(row, _TABLE) is child))
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from read_parts(child, is_heading)


def _read_paragraph(element: _Element, is_heading: Callable[[str], bool]) -> Iterator[Paragraph]:
    pieces = list(_pieces(element))
    text = "".join(piece for piece, _ in pieces)
    if text.strip():
        style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
        heading = style is not None and is_heading(style.get(f"{_WORD}val", ""))
        yield Paragraph(text, heading, _bold_length(pieces))
    for box in _boxes(element):
        for part in read_parts(box, is_heading):
            if isinstance(part, Paragraph):
                yield part


def _pieces(element: _Element, *, bold: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield (text, whether bold) of everything in an element but text boxes and what is deleted."""
    for child in element:
        if child.tag in _TEXTS:
            yield child.text or "", bold
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag], bold
        elif child.tag not in _SKIPPED and child.tag != _TEXT_BOX:
            yield from _pieces(child, bold=_is_bold(child) if child.tag == _RUN else bold)


def _is_bold(run: _Element) -> bool:
    properties = run.find(f"{_WORD}rPr")
    if properties is None:
        return False
    bold, style = properties.find(f"{_WORD}b"), properties.find(f"{_WORD}rStyle")
    if bold is not None:
        return bold.get(f"{_WORD}val", "1") not in _OFF
    return style is not None and style.get(f"{_WORD}val", "") == "Strong"


def _bold_length(pieces: list[tuple[str, bool]]) -> int:
    length = 0
    for piece, bold in pieces:
        if not bold and piece.strip():
            break
        length += len(piece)
    return length


def _boxes(element: _Element) -> Iterator[_Element]:
    for box in element.iter(_TEXT_BOX):
        outside = (ancestor.tag for ancestor in box.iterancestors())
        if not any(tag in _SKIPPED for tag in outside) and _nearest(box, _PARAGRAPH) is element:
            yield box


def _row(row: _Element) -> Iterator[str]:
    for cell in row.iter(_CELL):
        if _nearest(cell, _ROW) is row:
            yield "\n".join(_cell_lines(cell))


def _cell_lines(cell: _Element) -> Iterator[str]:
    for part in read_parts(cell, lambda _: False):
        if isinstance(part, Paragraph):
            yield part.text
        else:
            yield from ("\t".join(row) for row in part.rows)


def _nearest(element: _Element, tag: str) -> _Element | None:
    return next(element.iterancestors(tag), None)
