"""Names that look alike and are not: a skeleton in the manner of Unicode Technical Standard #39.

What it covers: compatibility forms (full width, ligatures), characters that are invisible (zero width, soft
hyphen, direction marks, variation selectors), unusual spaces, and the Cyrillic, Greek, Armenian and Latin
letters and the digits below that are drawn like an ASCII character. What it does not: other scripts, `rn` for
`m`, and accents, which stay as they are. The whole table of UTS #39 has thousands of entries; these are the
letters of the scripts that are commonly mixed with Latin.
"""

from __future__ import annotations

import unicodedata

_LOOKALIKES = {
    "а": "a", "с": "c", "е": "e", "һ": "h", "і": "i", "ј": "j", "ӏ": "l", "о": "o", "р": "p", "ԛ": "q",
    "ѕ": "s", "у": "y", "х": "x", "ԝ": "w", "ѵ": "v", "ԁ": "d", "ɡ": "g", "ᴏ": "o",
    "А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H", "І": "l", "Ј": "J", "К": "K", "М": "M", "О": "O",
    "Р": "P", "Ѕ": "S", "Т": "T", "У": "Y", "Х": "X", "Ԍ": "G", "Ӏ": "l", "Ԛ": "Q", "Ԝ": "W", "Ѵ": "V",
    "α": "a", "γ": "y", "ι": "i", "ν": "v", "ο": "o", "ρ": "p", "σ": "o", "υ": "u", "ϲ": "c",
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "l", "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O",
    "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X",
    "ա": "w", "հ": "h", "յ": "j", "ո": "n", "ս": "u", "օ": "o", "զ": "q", "ց": "g",
    "Լ": "L", "Տ": "S", "Օ": "O", "Ս": "U",
    "ı": "i", "I": "l", "1": "l", "|": "l", "0": "O",
}  # fmt: skip
_TABLE = str.maketrans(_LOOKALIKES)
_INVISIBLE = {"\u034f", "\u115f", "\u1160", "\u3164", "\uffa0"}  # letters and marks in name, nothing in print


def skeleton(name: str) -> str:
    """Return what a name looks like; two names with one skeleton are easily taken for each other."""
    visible = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not _is_invisible(letter))
    return " ".join(unicodedata.normalize("NFKD", visible.translate(_TABLE)).split())


def spelled(name: str) -> str:
    """Return a name with everything outside ASCII written as its number, so that the difference is seen."""
    return name.encode("ascii", "backslashreplace").decode("ascii")


def _is_invisible(letter: str) -> bool:
    return (
        unicodedata.category(letter) == "Cf"
        or letter in _INVISIBLE
        or "\ufe00" <= letter <= "\ufe0f"
        or "\U000e0100" <= letter <= "\U000e01ef"
    )
