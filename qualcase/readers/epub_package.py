"""What an e-book says of itself: its package file, its chapters in order, its title and date."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from qualcase.readers.errors import UnreadableFileError, UnsafeFileError
from qualcase.readers.safe_xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/html+xml")
_FIELDS = {
    "title": "title",
    "creator": "author",
    "subject": "subject",
    "date": "date",
    "language": "language",
}
_MOST_CHAPTERS = 10_000


@dataclass(frozen=True, slots=True)
class Package:
    """The paths of the chapters in the archive, in reading order, and the book's own words on itself."""

    chapters: tuple[str, ...]
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def read_package(name: str, parts: dict[str, bytes]) -> Package:
    """Read container.xml and the package that it names.

    Raise `UnsafeFileError` for a path out of the archive, `UnreadableFileError` where one is missing.
    """
    if not parts.get(_CONTAINER):
        raise UnreadableFileError(name, "it has no META-INF/container.xml, so it is no e-book")
    container = parse_xml(name, parts[_CONTAINER])
    rootfile = next((one for one in container.iter() if _local(one) == "rootfile"), None)
    path = resolve(name, "", "" if rootfile is None else rootfile.get("full-path", ""))
    if not parts.get(path):
        raise UnreadableFileError(name, "its container.xml names no package file that it has")
    root = parse_xml(name, parts[path])
    chapters, missing = _spine(name, root, posixpath.dirname(path), parts)
    if not chapters:
        raise UnreadableFileError(name, "it names no chapters that it has")
    warnings = (f"Chapters that the book names but does not hold: {missing}.",) if missing else ()
    return Package(chapters, _metadata(root), warnings)


def resolve(name: str, folder: str, reference: str) -> str:
    """Return the path in the archive that `reference` means from `folder`; refuse one out of it."""
    try:
        parts = urlsplit(reference)
    except ValueError:
        raise UnsafeFileError(name, "a path in its package is no path") from None
    path = unquote(parts.path)
    steps = posixpath.normpath(posixpath.join(folder, path))
    if parts.scheme or parts.netloc or "\\" in path or path.startswith("/") or steps.split("/")[0] == "..":
        raise UnsafeFileError(name, "a path in its package leads out of its archive")
    return steps


def _spine(name: str, root: _Element, folder: str, parts: dict[str, bytes]) -> tuple[tuple[str, ...], int]:
    items: dict[str, str] = {}
    for item in root.iter():
        if _local(item) == "item":
            path = resolve(name, folder, item.get("href", ""))
            if item.get("media-type", "") in _PAGES:
                items[item.get("id", "")] = path
    named = [
        items[one.get("idref", "")]
        for one in root.iter()
        if _local(one) == "itemref" and one.get("idref") in items
    ]
    # A chapter stands once, however often the spine names it.
    once = tuple(dict.fromkeys(named))[:_MOST_CHAPTERS]
    held = tuple(path for path in once if parts.get(path))
    return held, len(once) - len(held)


def _metadata(root: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter():
        name = _FIELDS.get(_local(element))
        words = " ".join((element.text or "").split())
        if name and words and "purl.org/dc" in str(element.tag):
            found.setdefault(name, words)
    return found


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]
