"""The XML parts of a document that is an archive: all members are counted, only these are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.readers.errors import UnreadableFileError, UnsafeFileError
from qualcase.readers.safe_xml import SIZE_LIMIT, looks_like_xml
from qualcase.readers.safe_zip import open_zip, read_members

if TYPE_CHECKING:
    from qualcase.readers.reader import RawFile

_SHORT = 256


def read_xml_parts(file: RawFile) -> dict[str, bytes]:
    """Return the members that begin as XML, and very short ones, by their path in the archive.

    Every member is unpacked and counted, also those that nobody needs. Raise what `open_zip` and
    `read_members` raise, and `UnsafeFileError` for more than 64 MB of XML.
    """
    parts: dict[str, bytes] = {}
    kept = 0
    with open_zip(file.name, file.data) as archive:
        for path, chunks in read_members(file.name, archive):
            pieces: list[bytes] = []
            for chunk in chunks:
                if not pieces and not (looks_like_xml(chunk) or len(chunk) <= _SHORT):
                    pieces.append(b"")
                if pieces[:1] != [b""]:
                    pieces.append(chunk)
                    kept += len(chunk)
                if kept > SIZE_LIMIT:
                    raise UnsafeFileError(file.name, "it has more than 64 MB of XML")
            parts[path] = b"".join(pieces)
    return parts


def check_mimetype(file: RawFile, parts: dict[str, bytes], accepted: tuple[str, ...], what: str) -> None:
    """Refuse an archive whose entry `mimetype` does not say that it is `what`."""
    said = parts.get("mimetype", b"").decode("ascii", "replace").strip()
    if said in accepted:
        return
    reason = f"its archive says that it is “{said[:80]}”" if said else "its archive does not say what it is"
    raise UnreadableFileError(
        file.name, f"{reason}, not {what}", hint="It may be misnamed; open it and save it anew."
    )
