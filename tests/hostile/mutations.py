"""Ways to damage a file: bits flipped, bytes cut out, put in, doubled or moved, and signs with a meaning."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from small_files import make_zip
from tree_mutations import damage_json, damage_xml

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

_SIGNS = """
{ } \\par \\cell \\row \\itap9 \\nestrow \\u-1? \\uc99 \\' \\bin9 \\bin-1 \\*
<table> <tr> <td> <pre> </p> <br>
&# &#0; &#xD800; &#x110000; &amp <!-- ]]> <![CDATA[ <!DOCTYPE <?xml --> ---> 00:00 99:99:99,999 -1 1e999
NaN 9999999999999999999999 0x7fffffff obj endobj stream BT ET Tj << >> [ ] ( ) /Kids /Parent /Length
999999999999 WEBVTT NOTE STYLE <v <c.x> I: P1: Q. A. [00:10] ** __ --- ``` | # > - * 😀 null true {} []
"" \\ud800 \\u0000 , ; : = + @ % %s ${x} ../ t:c='999999999' w:val="" r="ZZZZ99" t="s" t="d" t="e"
<v>-1</v> <v>x</v> xmlns:w="x"
"""
_OTHERS = (
    "\0", "\r", "\n", "\r\n\r\n", "\t", "\f", "\v", "\x1b[2J", "\u2028", "\x85",
    "\u200b", "\u202e", "\u0301", "\ufeff",
    " " * 300, "\n" * 300, "(" * 300, "<p>" * 300, "PK\x03\x04", "0 0 0 0 0 0 Tm",
)  # fmt: skip
_NOT_UTF_8 = (b"\xff\xfe", b"\xfe\xff", b"\xff", b"\xc0\x80", b"\xed\xa0\x80")
PIECES = (*(piece.encode() for piece in (*_SIGNS.split(), *_OTHERS)), *_NOT_UTF_8)
_IN_PARTS, _AS_TREE, _PART_GONE = 0.85, 0.67, 0.04


def damage(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Return a file with one to eight damages; of an archive mostly its parts are damaged, and packed anew.

    What is a tree, XML or JSON, stays one in two of three cases.
    """
    if data.startswith(b"PK") and chance.random() < _IN_PARTS:
        return _damage_part(data, chance)
    if data.startswith((b"[{", b'{"')) and chance.random() < _AS_TREE:
        return damage_json(data, chance)
    return _damage_bytes(data, chance, others)


def _damage_part(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    # The largest parts hold the words, so that they are damaged most.
    hit = chance.choices(range(len(parts)), weights=[len(content) for _, content in parts])[0]
    if chance.random() < _PART_GONE:
        del parts[hit]
        return make_zip(*parts)
    name, content = parts[hit]
    if content.startswith(b"<") and chance.random() < _AS_TREE:
        parts[hit] = (name, damage_xml(content, chance))
    else:
        parts[hit] = (name, _damage_bytes(content, chance, [one for _, one in parts]))
    return make_zip(*parts)


def _damage_bytes(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5, 8))):
        chance.choice(_WAYS)(changed, chance, others)
    return bytes(changed)


def _flip(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _overwrite(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.randrange(256)


def _cut_out(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    start = chance.randint(0, len(data))
    del data[start : start + chance.choice((1, 2, 5, 20, 100))]


def _truncate(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    del data[chance.randint(0, len(data)) :]


def _put_in(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    start = chance.randint(0, len(data))
    data[start:start] = chance.choice(PIECES)


def _replace(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    start = chance.randint(0, len(data))
    data[start : start + chance.randint(1, 12)] = chance.choice(PIECES)


def _double(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    start = chance.randint(0, len(data))
    piece = data[start : start + chance.randint(1, 60)]
    data[start:start] = piece * chance.choice((1, 1, 2, 50))


def _move(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    start = chance.randint(0, len(data))
    size = chance.randint(1, 60)
    piece = data[start : start + size]
    del data[start : start + size]
    place = chance.randint(0, len(data))
    data[place:place] = piece


def _splice(data: bytearray, chance: random.Random, others: Sequence[bytes]) -> None:
    other = chance.choice(others)
    start = chance.randint(0, len(other))
    data[chance.randint(0, len(data)) :] = other[start:]


def _number(data: bytearray, chance: random.Random, _: Sequence[bytes]) -> None:
    digits = [place for place, byte in enumerate(data) if 0x30 <= byte <= 0x39]
    if digits:
        place = chance.choice(digits)
        data[place : place + 1] = chance.choice(
            (b"", b"0", b"-1", b"255", b"65536", b"2147483648", b"9" * 40)
        )


_WAYS: tuple[Callable[[bytearray, random.Random, Sequence[bytes]], None], ...] = (
    _flip, _overwrite, _cut_out, _truncate, _put_in, _put_in, _replace, _replace, _double, _move, _splice,
    _number,
)  # fmt: skip
