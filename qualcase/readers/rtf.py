"""Rich Text (.rtf): code pages, Unicode escapes, tables and notes, read sign by sign."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from qualcase.readers.assembled import to_assembled
from qualcase.readers.assembly import Assembly
from qualcase.readers.errors import BadEncodingNameError, UnreadableFileError, UnsafeFileError
from qualcase.readers.reader import Reader
from qualcase.readers.rtf_codepages import DEFAULT
from qualcase.readers.rtf_text import RtfText
from qualcase.readers.rtf_tokens import read_tokens

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText
    from qualcase.readers.reader import RawFile

SIZE_LIMIT = 100 * 1024 * 1024
DEPTH_LIMIT = 1000
_BEGINS = b"{\\rtf"


def read_rtf(file: RawFile) -> DocumentText:
    """Read Rich Text; a table of speakers and words is its turns, else labelled paragraphs are.

    `encoding` is taken instead of the code page that the file names for the whole document.
    """
    if not file.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_BEGINS):
        raise UnreadableFileError(
            file.name,
            "it is no Rich Text, whatever its name says",
            hint="Open it in a word processor and save it as .rtf or .docx.",
        )
    if len(file.data) > SIZE_LIMIT:
        raise UnsafeFileError(file.name, "it has more than 100 MB")
    reading = RtfText(_encoding(file), forced=bool(file.encoding))
    for token in read_tokens(file.data.decode("latin-1")):
        reading.read(token)
        if reading.depth > DEPTH_LIMIT:
            raise UnsafeFileError(file.name, f"its groups are nested more than {DEPTH_LIMIT} levels deep")
        if reading.closed:
            break
    assembly = Assembly()
    for part in reading.finish():
        assembly.add(part)
    for note in reading.notes:
        assembly.add(note, kind="apparatus")
    return to_assembled(file, assembly, "rtf", reading.encoding, reading.metadata, _warnings(reading))


def _encoding(file: RawFile) -> str:
    if not file.encoding:
        return DEFAULT
    try:
        return codecs.lookup(file.encoding).name
    except (LookupError, ValueError):
        raise BadEncodingNameError(
            f"There is no text encoding called “{file.encoding}”.", hint="Common ones: windows-1252, cp1250."
        ) from None


def _warnings(reading: RtfText) -> tuple[str, ...]:
    warnings = []
    if not reading.closed:
        warnings.append("The file ends before its last brace; it may have been cut short.")
    if reading.deleted:
        warnings.append("Text that a tracked change deletes was left out.")
    if reading.unsure:
        warnings.append(
            f"Some bytes are no characters of {reading.encoding} and stand as “\N{REPLACEMENT CHARACTER}”; "
            "--encoding names another code page."
        )
    return tuple(warnings)


READER = Reader((".rtf",), read_rtf)
