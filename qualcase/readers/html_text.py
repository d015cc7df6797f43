"""The words of an HTML document as a reader sees them: paragraphs, headings and tables, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.readers.document_parts import Paragraph, Table
from qualcase.readers.html_flow import Flow
from qualcase.readers.names import could_be_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCK_LIST = """
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
figure footer form header hgroup hr html legend li main menu nav ol p pre section summary ul listing xmp
table tr td th thead tbody tfoot optgroup option
"""
_BLOCKS = frozenset(_BLOCK_LIST.split()) | _HEADINGS
_UNSEEN_LIST = """
head script style template noscript iframe object embed applet audio video canvas svg map datalist select
title meta link base param source track noframes noembed frameset
"""
_UNSEEN = frozenset(_UNSEEN_LIST.split())
_BOLD = frozenset(("b", "strong"))
_PRE = frozenset(("pre", "listing", "xmp", "textarea"))
# What stands around a document rather than in it.
_AROUND = frozenset(("nav", "footer", "aside"))
_NOTES = ("footnote", "endnote", "rearnote")
_SECTIONS = frozenset(("section", "article"))
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_DIGITS = re.compile(r"[\d\s]+")
_ALONE = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or a table; `kind` as in `Block`; `section` is the mark of the section it stands in."""

    content: Paragraph | Table
    kind: str = "paragraph"
    section: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """What holds for everything inside an element."""

    bold: bool = False
    pre: bool = False
    heading: bool = False
    kind: str = "paragraph"
    section: str = ""


def read_html_parts(root: _Element) -> Iterator[Part]:
    """Yield the parts of a document in reading order, nothing that a browser does not show."""
    flow = Flow()
    place = _Place()
    yield from _walk(root, flow, place)
    yield from _flush(flow, place)


def local_name(element: _Element) -> str:
    """Return an element's name in small letters without its namespace."""
    return str(element.tag).rpartition("}")[2].lower()


def _walk(element: _Element, flow: Flow, place: _Place) -> Iterator[Part]:
    name = local_name(element)
    if name in _UNSEEN or _is_hidden(element):
        return
    if name == "br":
        flow.end_line()
        return
    if name not in _BLOCKS:
        inside = _enter(element, name, place)
        if inside.kind != place.kind:
            yield from _flush(flow, place)
        yield from _inside(element, flow, inside)
        if inside.kind != place.kind:
            yield from _flush(flow, inside)
        return
    yield from _flush(flow, place)
    inside = _enter(element, name, place)
    if name == "table" and not _is_layout(element):
        yield from _table(element, inside)
        return
    yield from _inside(element, flow, inside)
    yield from _flush(flow, inside)


def _inside(element: _Element, flow: Flow, place: _Place) -> Iterator[Part]:
    before = element.text or ""
    flow.add(before, bold=place.bold, pre=place.pre)
    for child in element:
        if _is_label(before, child) and not place.pre:
            yield from _flush(flow, place)
        yield from _walk(child, flow, place)
        before = child.tail or ""
        flow.add(before, bold=place.bold, pre=place.pre)


def _is_label(before: str, element: _Element) -> bool:
    """Say whether a bold name with a colon begins a line of the source: its `<p>` was forgotten."""
    if local_name(element) not in _BOLD or not before.rstrip(" \t").endswith("\n"):
        return False
    name = "".join(map(str, element.itertext())).strip()
    colon = name.endswith(":") or (element.tail or "").lstrip().startswith(":")
    return colon and could_be_name(name)


def _flush(flow: Flow, place: _Place) -> Iterator[Part]:
    paragraph = flow.take(heading=place.heading)
    if paragraph:
        yield Part(paragraph, place.kind, place.section)


def _enter(element: _Element, name: str, place: _Place) -> _Place:
    role = " ".join(str(value) for key, value in element.items() if str(key).endswith(("type", "role")))
    apparatus = name in _AROUND or any(note in role for note in _NOTES)
    return _Place(
        bold=place.bold or name in _BOLD,
        pre=place.pre or name in _PRE,
        heading=place.heading or name in _HEADINGS,
        kind="apparatus" if apparatus and "noteref" not in role else place.kind,
        section=_mark(element) if name in _SECTIONS else place.section,
    )


def _mark(section: _Element) -> str:
    """Return what a section says of its nature: its class, else its id without numbers."""
    return _DIGITS.sub("", section.get("class") or section.get("id") or "")


def _is_hidden(element: _Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_layout(table: _Element) -> bool:
    """Say whether a table only places things: it holds another table, headings, or a single column."""
    rows = list(_rows(table))
    if any(
        local_name(inner) in _HEADINGS or local_name(inner) == "table" for inner in table.iterdescendants()
    ):
        return True
    return max((len(cells) for cells in rows), default=0) <= _ALONE


def _table(table: _Element, place: _Place) -> Iterator[Part]:
    for caption in table:
        if local_name(caption) == "caption":
            yield from _walk(caption, Flow(), place)
    rows = tuple(tuple(_cell(cell, place) for cell in cells) for cells in _rows(table))
    if any(cell for row in rows for cell in row):
        yield Part(Table(rows), place.kind, place.section)


def _rows(table: _Element) -> Iterator[list[_Element]]:
    for row in table.iterdescendants():
        if local_name(row) == "tr" and not _is_hidden(row):
            yield [cell for cell in row if local_name(cell) in ("td", "th")]


def _cell(cell: _Element, place: _Place) -> str:
    flow = Flow()
    parts = [*_walk(cell, flow, place), *_flush(flow, place)]
    return "\n".join(part.content.text for part in parts if isinstance(part.content, Paragraph))
