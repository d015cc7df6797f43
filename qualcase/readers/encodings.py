"""From bytes to text: the encoding found out or given, line ends made one, and a map back to the original."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.readers.errors import BadEncodingNameError, UnreadableFileError

if TYPE_CHECKING:
    from qualcase.readers.reader import RawFile

# UTF-32's mark begins with UTF-16's, so it is asked first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Codecs that Python counts as text but nobody writes documents in; some make characters that are none.
_NOT_FOR_TEXT = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "unicode-escape", "undefined"}
_SAMPLE = 4096
_MOSTLY = 0.6
_SURROGATE = re.compile("[\ud800-\udfff]")
_RETURN = re.compile(r"\r\n")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with LF line ends and without byte-order mark; `offsets` as in `DocumentText`."""

    text: str
    encoding: str
    offsets: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()


def decode(file: RawFile) -> Decoded:
    """Decode a file by its mark, else as UTF-16 where every other byte is NUL, else UTF-8, else Windows-1252.

    Nothing is normalised. An encoding that the user names is strict. A text with NUL is refused.
    """
    text, encoding, warnings = _by_name(file) if file.encoding else _by_sight(file)
    if "\0" in text:
        raise UnreadableFileError(
            file.name,
            f"it holds NUL characters (the first at {text.index(chr(0))}), so it is not text",
            hint="If it is text in another encoding, name it with --encoding.",
        )
    if _SURROGATE.search(text):
        raise UnreadableFileError(file.name, "its text holds half characters (surrogates)")
    return _unify_line_ends(text, encoding, warnings)


def _by_name(file: RawFile) -> tuple[str, str, tuple[str, ...]]:
    name = file.encoding or ""
    try:
        codec = codecs.lookup(name)
        known = codec.name not in _NOT_FOR_TEXT
        return file.data.decode(codec.name if known else "no such encoding"), codec.name, ()
    except (LookupError, ValueError) as problem:
        if isinstance(problem, UnicodeDecodeError):
            raise UnreadableFileError(
                file.name,
                f"byte {problem.start} is not {name}",
                hint="Leave --encoding out to let qualcase find the encoding.",
            ) from None
        raise BadEncodingNameError(
            f"There is no text encoding called “{name}”.", hint="Common ones: utf-8, windows-1252, utf-16."
        ) from None


def _by_sight(file: RawFile) -> tuple[str, str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if file.data.startswith(mark):
            return _strict(file, encoding), encoding, ()
    if unmarked := _utf16_without_mark(file.data[:_SAMPLE]):
        return _strict(file, unmarked), unmarked, ()
    try:
        return file.data.decode(), "utf-8", ()
    except UnicodeDecodeError as problem:
        return _windows(file, problem.start)


def _strict(file: RawFile, encoding: str) -> str:
    try:
        return file.data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UnreadableFileError(
            file.name,
            f"it begins as {encoding.upper()} but byte {problem.start} is not",
            hint="It may be cut short; if its encoding is another one, name it with --encoding.",
        ) from None


def _utf16_without_mark(sample: bytes) -> str | None:
    even, odd = sample[::2], sample[1::2]
    if len(odd) > 1 and odd.count(0) >= _MOSTLY * len(odd) and 0 not in even:
        return "utf-16-le"
    if len(odd) > 1 and even.count(0) >= _MOSTLY * len(even) and 0 not in odd:
        return "utf-16-be"
    return None


def _windows(file: RawFile, failed_at: int) -> tuple[str, str, tuple[str, ...]]:
    try:
        text = file.data.decode("cp1252")
    except UnicodeDecodeError as problem:
        raise UnreadableFileError(
            file.name,
            f"it is neither UTF-8 (byte {failed_at}) nor Windows-1252 (byte {problem.start})",
            hint="Name its encoding with --encoding, or save it as UTF-8.",
        ) from None
    warning = f"Not UTF-8 at byte {failed_at}, so it was read as Windows-1252; --encoding names another."
    return text, "windows-1252", (warning,)


def _unify_line_ends(text: str, encoding: str, warnings: tuple[str, ...]) -> Decoded:
    """Make every line end LF; a lone CR is a line end only in a text that has no LF at all."""
    marked = text.startswith("\ufeff")
    text = text[1:] if marked else text
    if "\n" not in text:
        return Decoded(text.replace("\r", "\n"), encoding, ((0, 1),) if marked else (), warnings)
    dropped = int(marked)
    offsets = [(0, 1)] if marked else []
    for count, found in enumerate(_RETURN.finditer(text)):
        # The LF that stays stood one further back in the file than the CR before it.
        offsets.append((found.start() - count, dropped + count + 1))
    return Decoded(text.replace("\r\n", "\n"), encoding, tuple(offsets), warnings)
