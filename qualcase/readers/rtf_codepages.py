"""Which encoding a font's character set means in Rich Text, as the format's specification lists them."""

from __future__ import annotations

import codecs

_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
    78: "shift_jis",
    79: "big5",
    80: "euc_kr",
    83: "mac_greek",
    84: "mac_cyrillic",
    85: "gb2312",
    86: "mac_romanian",
    88: "mac_latin2",
}
_BY_NUMBER = {
    10000: "mac_roman",
    10006: "mac_greek",
    10007: "mac_cyrillic",
    10029: "mac_latin2",
    65001: "utf-8",
}
DEFAULT = "cp1252"


def by_charset(charset: int | None) -> str | None:
    """Return the encoding of a font's character set, None for the document's own."""
    return _CHARSETS.get(charset if charset is not None else -1)


def by_number(number: int | None) -> str | None:
    """Return the encoding of a code page, None for one that is not known."""
    name = _BY_NUMBER.get(number or 0, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def decode_bytes(data: bytes, encoding: str) -> tuple[str, bool]:
    """Return the text of some bytes, and whether it is sure; what is no character becomes U+FFFD."""
    try:
        return data.decode(encoding), True
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), False
