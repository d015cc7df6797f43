"""E-books (.epub): the chapters in the order of the spine, each read as the web page that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.readers.archive_parts import check_mimetype, read_xml_parts
from qualcase.readers.assembled import to_assembled
from qualcase.readers.assembly import Assembly
from qualcase.readers.epub_package import read_package
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.html import add_parts
from qualcase.readers.html_source import check_tags, decode_html
from qualcase.readers.html_text import read_html_parts
from qualcase.readers.reader import RawFile, Reader
from qualcase.readers.safe_xml import parse_html, parse_xml
from qualcase.readers.xhtml import parse_xhtml

if TYPE_CHECKING:
    from lxml.etree import _Element

    from qualcase.model.source import DocumentText

_ENCRYPTION = "META-INF/encryption.xml"
# Ways to make fonts hard to copy; the text is untouched.
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def read_epub(file: RawFile) -> DocumentText:
    """Read an e-book without protection; a chapter is never continued by the next one's first words."""
    parts = read_xml_parts(file)
    if parts.get("mimetype"):
        check_mimetype(file, parts, ("application/epub+zip",), "an e-book")
    _refuse_protected(file, parts)
    package = read_package(file.name, parts)
    assembly = Assembly()
    for path in package.chapters:
        root = _chapter(file, parts[path])
        if root is not None:
            add_parts(assembly, read_html_parts(root))
    return to_assembled(file, assembly, "epub", "utf-8", package.metadata, package.warnings)


def _chapter(file: RawFile, data: bytes) -> _Element | None:
    text = decode_html(RawFile(file.name, data)).text
    check_tags(file.name, text)
    root = parse_xhtml(file.name, text)
    return parse_html(file.name, text) if root is None else root


def _refuse_protected(file: RawFile, parts: dict[str, bytes]) -> None:
    """Refuse a book whose text is encrypted; fonts may be obfuscated without harm."""
    protected = "META-INF/rights.xml" in parts or "META-INF/sinf.xml" in parts
    if parts.get(_ENCRYPTION):
        root = parse_xml(file.name, parts[_ENCRYPTION])
        methods = [
            element.get("Algorithm", "")
            for element in root.iter()
            if str(element.tag).endswith("}EncryptionMethod")
        ]
        protected = protected or any(method not in _FONTS for method in methods)
    if protected:
        raise UnreadableFileError(
            file.name,
            "it is protected against copying (DRM)",
            hint="Ask its publisher for a copy without protection, or for the text as .docx or .txt.",
        )


READER = Reader((".epub",), read_epub)
