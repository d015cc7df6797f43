"""XHTML, the dialect of e-books: parsed as the XML that it is, for an HTML parser misreads `<title/>`."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

from qualcase.readers.errors import UnreadableFileError, UnsafeFileError
from qualcase.readers.safe_xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

# A public identifier alone does nothing; one with a subset in [ ] is left for `safe_xml` to refuse.
_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>)?\s*(?:<!--.*?-->\s*)*(?:<!DOCTYPE\s[^>\[]{0,400}>)?",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_OF_XML = {"lt;", "gt;", "amp;", "quot;", "apos;"}


def parse_xhtml(name: str, text: str) -> _Element | None:
    """Parse a chapter to its root element, None where it is not well-formed XML.

    XHTML's names for signs (`&nbsp;`) are read. Raise `UnsafeFileError` for what `safe_xml` refuses.
    """
    head = _HEAD.match(text)
    body = _ENTITY.sub(_sign, text[head.end() if head else 0 :])
    try:
        return parse_xml(name, body.encode())
    except UnsafeFileError:
        raise
    except UnreadableFileError:
        return None


def _sign(found: re.Match[str]) -> str:
    if found[1] in _OF_XML:
        return found[0]
    return html5.get(found[1], found[0])
