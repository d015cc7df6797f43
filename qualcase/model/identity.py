"""Names that never clash: time-ordered identifiers, and finding a thing by part of one."""

from __future__ import annotations

import secrets
import threading
import time
from struct import Struct
from typing import TYPE_CHECKING

from qualcase.model.errors import AmbiguousNameError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALPHABET = (
    b"0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no i, l, o, u, so an id survives being read aloud
)
_READ = str.maketrans(_ALPHABET.decode(), "0123456789abcdefghijklmnopqrstuv")
_LETTERS = frozenset(_ALPHABET.decode())
# What 10 bits are written as: 6, 5 and 5 bytes are pairs of digits without a rest, but for 2 bits in front.
_PAIRS = tuple(one + other for one in _ALPHABET.decode() for other in _ALPHABET.decode())
_THREE_PARTS = Struct(">IHBIBI")
# A moment is a millisecond and these many bits in which those of one are counted (RFC 9562, 6.2, method 1).
_COUNTED = 12
# A clock that was set back further begins anew: an identifier says when a thing was made.
_ONE_MOMENT = 8 << _COUNTED
_newest, _making = [0], threading.Lock()
UID_LENGTH = 26
SHORT_LENGTH = 8


def new_uid() -> str:
    """Return a new UUIDv7 (RFC 9562) as 26 letters and digits, ordered by time of making.

    Those that one process makes in one moment are in order too: projects list much by it, as nothing else is
    the same in every copy.
    """
    return encode_uid(new_uid_bytes())


def new_uid_bytes() -> bytes:
    """Return the 16 bytes of a new identifier, where they are wanted beside its written form."""
    moment = time.time_ns() // 1_000_000 << _COUNTED | secrets.randbits(_COUNTED - 1)
    with _making:
        if 0 <= _newest[0] - moment < _ONE_MOMENT:
            moment = _newest[0] + 1
        _newest[0] = moment
    first, counted = moment >> _COUNTED & (1 << 48) - 1, moment & (1 << _COUNTED) - 1
    value = first << 80 | 0x7 << 76 | counted << 64 | 0b10 << 62 | secrets.randbits(62)
    return value.to_bytes(16, "big")


def encode_uid(raw: bytes) -> str:
    """Return the written form of 16 bytes; ValueError where there are more or fewer."""
    if len(raw) != 16:  # noqa: PLR2004 - the size of a UUID
        message = f"{len(raw)} bytes are not an identifier"
        raise ValueError(message)
    # Half of the time in which many codings are read went into a loop over base32's groups.
    a, b, c, d, e, f = _THREE_PARTS.unpack(raw)
    x, y, z, two = a << 16 | b, c << 32 | d, e << 32 | f, _PAIRS
    return (
        f"{two[x >> 40]}{two[x >> 30 & 1023]}{two[x >> 20 & 1023]}{two[x >> 10 & 1023]}{two[x & 1023]}"
        f"{two[y >> 30]}{two[y >> 20 & 1023]}{two[y >> 10 & 1023]}{two[y & 1023]}"
        f"{two[z >> 30]}{two[z >> 20 & 1023]}{two[z >> 10 & 1023]}{two[z & 1023]}"
    )


def decode_uid(text: str) -> bytes:
    """Return the 16 bytes of a written identifier; ValueError where it is none."""
    # 26 digits hold 130 bits: the first must be below 8, or it says more than 16 bytes can hold.
    if len(text) != UID_LENGTH or not _LETTERS.issuperset(text) or text[0] > "7":
        message = f"{text!r} is not an identifier"
        raise ValueError(message)
    return int(text.translate(_READ), 32).to_bytes(16, "big")


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
