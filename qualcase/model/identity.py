"""Names that never clash: time-ordered identifiers, and finding a thing by part of one."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from qualcase.model.errors import AmbiguousNameError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALPHABET = (
    "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no i, l, o, u, so an id survives being read aloud
)
_DIGITS = {letter: value for value, letter in enumerate(_ALPHABET)}
UID_LENGTH = 26
SHORT_LENGTH = 8


def new_uid() -> str:
    """Return a new UUIDv7 (RFC 9562) as 26 letters and digits, ordered by time of making."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return encode_uid(value.to_bytes(16, "big"))


def encode_uid(raw: bytes) -> str:
    """Return the written form of 16 bytes; ValueError where there are more or fewer."""
    if len(raw) != 16:  # noqa: PLR2004 - the size of a UUID
        message = f"{len(raw)} bytes are not an identifier"
        raise ValueError(message)
    value = int.from_bytes(raw, "big")
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))


def decode_uid(text: str) -> bytes:
    """Return the 16 bytes of a written identifier; ValueError where it is none."""
    if len(text) != UID_LENGTH or any(letter not in _DIGITS for letter in text):
        message = f"{text!r} is not an identifier"
        raise ValueError(message)
    value = 0
    for letter in text:
        value = value << 5 | _DIGITS[letter]
    return value.to_bytes(17, "big")[1:]


def short_uid(uid: str) -> str:
    """Return the last 8 characters, which tell things made at the same moment apart."""
    return uid[-SHORT_LENGTH:]


def find_uid(name: str, uids: Iterable[str], *, what: str) -> str:
    """Return the one identifier that begins with `name` or ends with it (last 8 characters).

    Raises UnknownNameError or AmbiguousNameError, which lists the candidates.
    """
    wanted = name.casefold()
    found = [uid for uid in uids if wanted and (uid.startswith(wanted) or short_uid(uid) == wanted)]
    if not found:
        raise UnknownNameError(what, name)
    if len(found) > 1:
        raise AmbiguousNameError(what, name, found)
    return found[0]
