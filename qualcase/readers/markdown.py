"""Markdown: text as written, with its mark-up; front matter, headings and rules are not speech."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.extent import decode_lines
from qualcase.readers.prose import structure_prose
from qualcase.readers.reader import Reader
from qualcase.readers.structure import to_document

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText
    from qualcase.readers.reader import RawFile

_FRONT = re.compile(r"---[ \t]*\n(?P<body>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"(?P<key>[^\s:#-][^:\n]{0,60}):(?:[ \t]+(?P<value>.*))?\Z")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.+)\Z")


def read_markdown(file: RawFile) -> DocumentText:
    """Read Markdown; front matter becomes metadata and stays in the text as apparatus."""
    decoded = decode_lines(file)
    metadata, front = read_front_matter(decoded.text)
    structure = structure_prose(decoded.text, file.speakers, markdown=True, fixed=front)
    return to_document(decoded, structure, "md", metadata)


def read_front_matter(text: str) -> tuple[dict[str, str], tuple[Block, ...]]:
    """Return the fields of front matter as plain strings, and its block; both are empty where there is none.

    Only `key: value` lines and simple lists below a key are read; it is not taken as YAML.
    """
    found = _FRONT.match(text)
    if not found:
        return {}, ()
    return _fields(found["body"]), (Block(0, len(found[0].rstrip()), "apparatus"),)


def _fields(body: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    key: str | None = None
    for line in body.split("\n"):
        field, item = _FIELD.match(line), _ITEM.match(line)
        if field:
            key = field["key"].strip()
            fields[key] = (field["value"] or "").strip().strip("\"'")
        elif item and key is not None:
            value = item["value"].strip().strip("\"'")
            fields[key] = f"{fields[key]}; {value}" if fields[key] else value
        elif line.strip():
            key = key if line[:1].isspace() else None
    return {name: value for name, value in fields.items() if value and value not in ("|", ">")}


READER = Reader((".md", ".markdown"), read_markdown)
