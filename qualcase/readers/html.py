"""Web pages: the text that a reader sees, by a parser that fetches nothing and runs nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qualcase.readers.assembled import to_assembled
from qualcase.readers.assembly import Assembly
from qualcase.readers.document_parts import Paragraph
from qualcase.readers.html_source import check_tags, decode_html, keep_written_brackets
from qualcase.readers.html_text import local_name, read_html_parts
from qualcase.readers.label_lines import find_label
from qualcase.readers.reader import Reader
from qualcase.readers.safe_xml import parse_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from qualcase.model.source import DocumentText
    from qualcase.readers.html_text import Part
    from qualcase.readers.reader import RawFile

_FEWEST = 3
_NAMES = {
    "author": "author",
    "description": "subject",
    "date": "date",
    "dc.date": "date",
    "dc.title": "title",
}


def read_html(file: RawFile) -> DocumentText:
    """Read a web page; a table of speakers and words is its turns, else labelled paragraphs are."""
    decoded = decode_html(file)
    check_tags(file.name, decoded.text)
    root = parse_html(file.name, keep_written_brackets(decoded.text))
    assembly = Assembly()
    if root is not None:
        add_parts(assembly, read_html_parts(root))
    metadata = {} if root is None else _metadata(root)
    return to_assembled(file, assembly, "html", decoded.encoding, metadata, decoded.warnings)


def add_parts(assembly: Assembly, parts: Iterable[Part]) -> None:
    """Append the parts of a page; sections of another nature than those that hold talk are apparatus."""
    listed = list(parts)
    labels = Counter(part.section for part in listed if _is_labelled(part))
    talk = {section for section, count in labels.items() if count >= _FEWEST}
    for part in listed:
        aside = bool(talk) and bool(part.section) and not labels[part.section]
        assembly.add(part.content, "apparatus" if aside else part.kind)


def _is_labelled(part: Part) -> bool:
    return isinstance(part.content, Paragraph) and bool(find_label("colon", part.content.text, 0))


def _metadata(root: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter():
        name = local_name(element)
        if name == "title" and "title" not in found:
            found["title"] = " ".join("".join(map(str, element.itertext())).split())
        elif name == "meta":
            key = _NAMES.get((element.get("name") or "").casefold())
            if key:
                found.setdefault(key, " ".join((element.get("content") or "").split()))
    return {name: value for name, value in found.items() if value}


READER = Reader((".html", ".htm", ".xhtml"), read_html)
