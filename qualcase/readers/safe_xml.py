"""The one place where XML is parsed: no document type, no entities, no depth without end, no network."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from lxml import etree

from qualcase.readers.errors import UnreadableFileError, UnsafeFileError

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a library that parses checked XML may still raise.
XmlError = etree.LxmlError
DEPTH_LIMIT = 256
SIZE_LIMIT = 64 * 1024 * 1024
_BLANK = b" \t\r\n"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def parse_xml(name: str, data: bytes) -> etree._Element:
    """Parse one XML document to its root element, after `check_xml` has passed it."""
    check_xml(name, [data])
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise UnreadableFileError(name, f"its XML is damaged ({problem})") from None


def parse_html(name: str, text: str) -> etree._Element | None:
    """Parse HTML to its root element as browsers do, None where it holds nothing at all.

    Raise `UnsafeFileError` for more than 64 MB, elements nested deeper than 256, and a single piece of text
    beyond what the parser holds: it would cut such a document short without a word.
    """
    data = text.encode()
    if len(data) > SIZE_LIMIT:
        raise UnsafeFileError(name, "it has more than 64 MB of HTML")
    parser = etree.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise UnsafeFileError(name, f"its HTML is nested more than {DEPTH_LIMIT} levels deep, or endless")
    return root


def check_xml(name: str, chunks: Iterable[bytes]) -> None:
    """Read XML through, chunk by chunk, and raise `UnsafeFileError` or `UnreadableFileError` for what is bad.

    Refused: any document type declaration (and with it every entity), elements nested deeper than 256, more
    than 64 MB, and what is not well-formed.
    """
    parser = expat.ParserCreate()
    guard = _Guard(name)
    parser.StartDoctypeDeclHandler = guard.refuse_doctype
    parser.StartElementHandler = guard.descend
    parser.EndElementHandler = guard.ascend
    try:
        for chunk in chunks:
            guard.count(len(chunk))
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise UnreadableFileError(name, f"its XML is damaged ({problem})") from None
    except (LookupError, ValueError):
        raise UnreadableFileError(name, "its XML is in an encoding that is not known") from None


def looks_like_xml(first: bytes) -> bool:
    """Say whether bytes that begin so are XML, whatever their name says."""
    for mark in _MARKS:
        first = first.removeprefix(mark)
    return first.replace(b"\0", b"").lstrip(_BLANK)[:1] in (b"<", b"")


class _Guard:
    """Counts what an XML document does while it is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = 0
        self.size = 0

    def refuse_doctype(self, *_: object) -> None:
        raise UnsafeFileError(self.name, "its XML declares a document type, which could do harm")

    def descend(self, *_: object) -> None:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise UnsafeFileError(self.name, f"its XML is nested more than {DEPTH_LIMIT} levels deep")

    def ascend(self, *_: object) -> None:
        self.depth -= 1

    def count(self, size: int) -> None:
        self.size += size
        if self.size > SIZE_LIMIT:
            raise UnsafeFileError(self.name, "one of its parts has more than 64 MB of XML")
