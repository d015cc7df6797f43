"""Word documents: body and tables in order, by python-docx on an archive that has been checked first."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import InvalidXmlError

from qualcase.readers.assembled import to_assembled
from qualcase.readers.assembly import Assembly
from qualcase.readers.document_parts import Paragraph
from qualcase.readers.docx_text import read_parts
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.reader import Reader
from qualcase.readers.safe_xml import XmlError, check_xml, looks_like_xml, parse_xml
from qualcase.readers.safe_zip import open_zip, read_members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.document import Document

    from qualcase.model.source import DocumentText
    from qualcase.readers.reader import RawFile

_HEADINGS = ("heading", "title", "subtitle")
_NOTES = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)
_BROKEN = (OpcError, InvalidXmlError, XmlError, KeyError, ValueError, AttributeError, IndexError, TypeError)


def read_docx(file: RawFile) -> DocumentText:
    """Read a Word document; a table of speakers and words is its turns, else labelled paragraphs are."""
    _check(file)
    try:
        document = docx.Document(io.BytesIO(file.data))
        assembly = _assemble(file, document)
    except _BROKEN as problem:
        raise UnreadableFileError(
            file.name,
            f"it is not a sound Word document ({type(problem).__name__})",
            hint="Save it anew as .docx.",
        ) from None
    return to_assembled(file, assembly, "docx", "utf-8", _metadata(document))


def _check(file: RawFile) -> None:
    """Read every part once; what looks like XML must be harmless XML, whatever its name."""
    with open_zip(file.name, file.data) as archive:
        for _, chunks in read_members(file.name, archive):
            first = next(chunks, b"")
            if first and looks_like_xml(first):
                check_xml(file.name, _chain(first, chunks))
            else:
                for _ in chunks:
                    continue


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _assemble(file: RawFile, document: Document) -> Assembly:
    assembly = Assembly()
    is_heading = _heading_styles(document)
    for part in read_parts(document.element.body, is_heading):
        assembly.add(part)
    for note in _notes(file, document):
        assembly.add(note, kind="apparatus")
    return assembly


def _heading_styles(document: Document) -> Callable[[str], bool]:
    names = {style.style_id: (style.name or "").casefold() for style in document.styles}
    return lambda style: names.get(style, "").startswith(_HEADINGS)


def _notes(file: RawFile, document: Document) -> Iterator[Paragraph]:
    """Yield footnotes and endnotes, which stand outside the body."""
    for relation in document.part.rels.values():
        if relation.reltype in _NOTES and not relation.is_external:
            root = parse_xml(file.name, relation.target_part.blob)
            for note in root:
                for part in read_parts(note, lambda _: False):
                    if isinstance(part, Paragraph):
                        yield part


def _metadata(document: Document) -> dict[str, str]:
    properties = document.core_properties
    found = {"title": properties.title, "author": properties.author, "subject": properties.subject}
    if properties.created:
        found["created"] = properties.created.date().isoformat()
    return {name: value.strip() for name, value in found.items() if value and value.strip()}


READER = Reader((".docx",), read_docx)
