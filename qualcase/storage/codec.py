"""How an operation's body is written: canonical JSON, deflated against the words that most bodies hold."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from qualcase.model.identity import encode_uid
from qualcase.model.operation import Change, Operation
from qualcase.storage.errors import UnreadableActError
from qualcase.storage.schema.base import canonical_json

if TYPE_CHECKING:
    from collections.abc import Sequence

# The commonest stretches of a body, the most frequent last, as deflate wants them. It is part of the
# file format: another dictionary would need another format number.
_WORDS = (
    b'"memo","valence":"-","valence":"+","valence":"0","stance":"reported","voice":"weight":"key":1,'
    b'{"c":[["suggestion_decision","[["source_done","[["memo","[["code","[["event","'
    b'{"c":[["coding","",{"code":"","coder":"","codebook_version":1,"end":,"source":"","start":,"text":""},'
    b'"end":],null]],"d":{},"s":"Coded with KM.TRUST"}'
    b'",null,{"code":"01","codebook_version":1,"coder":"01","end":,"source":"01","start":,"text":"01"}]],"d":{},'
    b'"s":"Coded in as KM."}'
)
_LEVEL = 6
# What most acts write is short: a small window holds it and the words, and is made in half the time.
_SHORT_BYTES = 1000
_SHORT, _LONG = (-11, 4), (-zlib.MAX_WBITS, 9)
# What has more digits than 64 bits hold, the quicker library would read as a fraction.
_LONG_NUMBER = re.compile(rb"[0-9]{19}")
# A copy of one that is begun spares looking up by name what computes it, each time.
_SHA256 = hashlib.sha256()
_OPERATION = hashlib.sha256(b"qualcase-operation/1\n")
_AFTER_ONE = hashlib.sha256(b"qualcase-operation/1\n" + (1).to_bytes(2, "big"))
_CHANGE_PARTS = 4  # The kind of record, its uid, and its fields before and after.
# The body of 100,000 codings takes a tenth of it; one that swells further is an attack.
_MOST_BYTES = 1 << 28


def encode_body(operation: Operation) -> bytes:
    """Return the bytes that the journal keeps of an operation: its changes, detail and summary.

    Changes hold what JSON can say, as `plain_changes` leaves them; ValueError where the detail holds more.
    """
    plain = _write(operation)
    window, memory = _SHORT if len(plain) <= _SHORT_BYTES else _LONG
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, window, memory, zdict=_WORDS)
    return packer.compress(plain) + packer.flush()


def _write(operation: Operation) -> bytes:
    changes = [(change.record, change.uid, change.before, change.after) for change in operation.changes]
    whole = {"c": changes, "d": operation.detail, "s": operation.summary}
    if operation.detail:  # What is no number the quicker library would write as nothing.
        return canonical_json(whole).encode()
    try:
        return orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # It has no words for numbers beyond 64 bits.
        return canonical_json(whole).encode()


def decode_body(kind: str, body: bytes) -> Operation:
    """Return the operation that a body holds; UnreadableActError where the bytes are no body."""
    try:
        plain = _inflate(body)
        value: Any = (json.loads if _LONG_NUMBER.search(plain) else orjson.loads)(plain)
        _refuse_misshapen(value)
        return Operation(kind, value["s"], tuple([Change(*change) for change in value["c"]]), value["d"])
    except (zlib.error, ValueError, RecursionError, KeyError, TypeError) as error:
        message = f"What an act of the journal did cannot be read: {error}."
        raise UnreadableActError(message) from None


def _refuse_misshapen(value: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    well = type(value["c"]) is list and type(value["d"]) is dict and type(value["s"]) is str
    if not well or not all(map(_is_change, value["c"])):
        message = "it is not built as an operation's body is"
        raise ValueError(message)


def _is_change(value: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    if type(value) is not list or len(value) != _CHANGE_PARTS:
        return False
    record, uid, before, after = value
    if type(record) is not str or type(uid) is not str:
        return False
    return (before is None or type(before) is dict) and (after is None or type(after) is dict)


def _inflate(body: bytes) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS, zdict=_WORDS)
    plain = unpacker.decompress(body, _MOST_BYTES)
    if not unpacker.eof or unpacker.unused_data:
        message = "it does not end where it should"
        raise ValueError(message)
    return plain


def hash_body(nonce: bytes, body: bytes) -> bytes:
    """Return sha256(nonce ‖ body), which still stands in for the body once it is redacted."""
    digest = _SHA256.copy()
    digest.update(nonce + body)
    return digest.digest()


def write_header(
    uid: str, kind: str, coder: str, clock: int, codebook_version: int, target: str | None
) -> bytes:
    """Return an operation's header as canonical JSON; that library takes several times as long for it."""
    aim = "null" if target is None else f'"{target}"'
    return f'["{uid}",{_quoted(kind)},"{coder}",{clock},{codebook_version},{aim}]'.encode()


@lru_cache
def _quoted(kind: str) -> str:
    return canonical_json(kind)


def hash_written(parents: Sequence[bytes], header: bytes, body_hash: bytes) -> bytes:
    """Return the hash that names an operation: over its parents, its header as JSON, and its body's hash."""
    digest = _OPERATION.copy()
    digest.update(b"".join((len(parents).to_bytes(2, "big"), *parents, header, body_hash)))
    return digest.digest()


def hash_next(parent: bytes, header: bytes, nonce: bytes, body: bytes) -> bytes:
    """Return the hash of an operation that has a body and one parent, as nearly all do.

    It is what `hash_written` makes of these, in less time: journals are long.
    """
    inner, outer = _SHA256.copy(), _AFTER_ONE.copy()
    inner.update(nonce + body)
    outer.update(parent + header + inner.digest())
    return outer.digest()


def hash_row(  # noqa: PLR0917 - as a row has them
    parent: bytes,
    uid: bytes,
    kind: str,
    coder: str,
    clock: int,
    codebook_version: int,
    nonce: bytes,
    body: bytes,
) -> bytes:
    """Return what `hash_next` makes of an operation without a target, straight from its row."""
    header = f'["{encode_uid(uid)}",{_quoted(kind)},"{coder}",{clock},{codebook_version},null]'
    inner, outer = _SHA256.copy(), _AFTER_ONE.copy()
    inner.update(nonce + body)
    outer.update(parent + header.encode() + inner.digest())
    return outer.digest()
