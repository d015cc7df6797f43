"""OpenDocument text (.odt): content.xml read by `safe_xml`, so that no other parser sees the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.readers.archive_parts import check_mimetype, read_xml_parts
from qualcase.readers.assembled import to_assembled
from qualcase.readers.assembly import Assembly
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.odt_text import OFFICE, bold_styles, read_odt_text
from qualcase.readers.reader import Reader
from qualcase.readers.safe_xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

    from qualcase.model.source import DocumentText
    from qualcase.readers.odt_text import OdtText
    from qualcase.readers.reader import RawFile

_TYPES = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-template",
    "application/vnd.oasis.opendocument.text-master",
)
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_FIELDS = {
    f"{_DUBLIN}title": "title",
    f"{_DUBLIN}subject": "subject",
    f"{_META}initial-creator": "author",
    f"{_DUBLIN}creator": "author",
    f"{_META}creation-date": "created",
}
_DAY = 10


def read_odt(file: RawFile) -> DocumentText:
    """Read an OpenDocument text; a table of speakers and words is its turns, else labelled paragraphs are."""
    parts = read_xml_parts(file)
    check_mimetype(file, parts, _TYPES, "an OpenDocument text")
    _refuse_encrypted(file, parts)
    if not parts.get("content.xml"):
        raise UnreadableFileError(
            file.name, "it has no content.xml, so it is no OpenDocument text", hint="Save it anew as .odt."
        )
    root = parse_xml(file.name, parts["content.xml"])
    if root.tag != f"{OFFICE}document-content":
        raise UnreadableFileError(file.name, "its content.xml is not that of an OpenDocument text")
    bold = bold_styles(root)
    if parts.get("styles.xml"):
        bold |= bold_styles(parse_xml(file.name, parts["styles.xml"]))
    found = read_odt_text(root, bold)
    metadata = _metadata(parse_xml(file.name, parts["meta.xml"])) if parts.get("meta.xml") else {}
    return to_assembled(file, _assemble(found), "odt", "utf-8", metadata, _warnings(found))


def _assemble(found: OdtText) -> Assembly:
    assembly = Assembly()
    for part in found.parts:
        assembly.add(part)
    for note in found.notes:
        assembly.add(note, kind="apparatus")
    return assembly


def _refuse_encrypted(file: RawFile, parts: dict[str, bytes]) -> None:
    manifest = parts.get("META-INF/manifest.xml")
    if not manifest:
        return
    root = parse_xml(file.name, manifest)
    if any(str(element.tag).endswith("}encryption-data") for element in root.iter()):
        raise UnreadableFileError(
            file.name,
            "it is protected by a password",
            hint="Save it without a password, and import that file.",
        )


def _warnings(found: OdtText) -> tuple[str, ...]:
    if not found.deleted:
        return ()
    times = "one place" if found.deleted == 1 else f"{found.deleted} places"
    return (f"Text that a tracked change deletes was left out, in {times}.",)


def _metadata(root: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter(*_FIELDS):
        words = " ".join("".join(map(str, element.itertext())).split())
        name = _FIELDS[str(element.tag)]
        if words:
            found.setdefault(name, words[:_DAY] if name == "created" else words)
    return found


READER = Reader((".odt", ".ott"), read_odt)
