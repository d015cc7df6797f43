"""An HTML file before it is parsed: its encoding, and angle brackets that somebody wrote as text."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.readers.encodings import decode
from qualcase.readers.errors import BadEncodingNameError, UnreadableFileError, UnsafeFileError
from qualcase.readers.safe_xml import SIZE_LIMIT

if TYPE_CHECKING:
    from qualcase.readers.encodings import Decoded
    from qualcase.readers.reader import RawFile

_DECLARED = re.compile(
    rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})|<\?xml\s[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{1,40})",
    re.IGNORECASE,
)
_WITHIN = 4096
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Pages that say Latin-1 or ASCII mean Windows-1252: browsers have always read them so.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_KNOWN_LIST = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink
blockquote body br button canvas caption center cite code col colgroup command content data datalist dd
del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset
h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend
li link listing main map mark marquee math menu menuitem meta meter multicol nav nobr noembed noframes
noscript object ol optgroup option output p param picture plaintext portal pre progress q rb rp rt rtc
ruby s samp script search section select shadow slot small source spacer span strike strong style sub
summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
xmp xml
"""
_KNOWN = frozenset(_KNOWN_LIST.split())
_NO_TAG = re.compile(r"<(?![A-Za-z/!?])")
_BARE_TAG = re.compile(r"<([A-Za-z][^<>=/\"':]{0,39})>")
_END_TAG = re.compile(r"</([A-Za-z][^\s<>/]{0,39})")


# The parser compares each attribute of an element with all before it.
ATTRIBUTE_LIMIT = 2_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{4000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def check_tags(name: str, text: str) -> None:
    """Raise `UnsafeFileError` for a tag of more than 2,000 attributes; a picture within a tag is one."""
    for tag in _LONG_TAG.finditer(text):
        if len(_QUOTED.sub("", tag[0]).split(None, ATTRIBUTE_LIMIT + 1)) > ATTRIBUTE_LIMIT:
            raise UnsafeFileError(name, f"one of its elements has more than {ATTRIBUTE_LIMIT:,} attributes")


def decode_html(file: RawFile) -> Decoded:
    """Decode by the user's word, a mark, what the page declares where it is true, else by sight."""
    if len(file.data) > SIZE_LIMIT:
        raise UnsafeFileError(file.name, "it has more than 64 MB of HTML")
    declared = None if file.encoding or file.data.startswith(_MARKS) else _declared(file.data)
    if declared is None:
        return decode(file)
    try:
        return decode(replace(file, encoding=declared))
    except (UnreadableFileError, BadEncodingNameError):
        decoded = decode(file)
    warning = f"The page says that it is {declared}, which it is not; it was read as {decoded.encoding}."
    return replace(decoded, warnings=(*decoded.warnings, warning))


def keep_written_brackets(text: str) -> str:
    """Return HTML in which `<[?]>` and `<nick>`, which are no mark-up, are text.

    A name in angle brackets is text where HTML knows no such element and no end tag closes it; so is the
    `<v Name>` of captions.
    """
    closed = {found[1].lower() for found in _END_TAG.finditer(text)}

    def keep(found: re.Match[str]) -> str:
        name = found[1].lower().partition(" ")[0]
        is_voice = name == "v" and " " in found[1]
        return found[0] if (name in _KNOWN or name in closed) and not is_voice else f"&lt;{found[1]}&gt;"

    return _BARE_TAG.sub(keep, _NO_TAG.sub("&lt;", text))


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_WITHIN])
    if not found:
        return None
    name = (found[1] or found[2]).decode("ascii", "replace")
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return _MEANT.get(codec, codec)
