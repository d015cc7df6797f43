"""Ids of suggestions: the same for the same proposal every time, and telling which source to look in."""

from __future__ import annotations

import hashlib

from qualcase.model.identity import SHORT_LENGTH, encode_uid

_TAG = 2  # Bytes that stand for the source, once at the front and once where the short form begins.
_SHORT = 5  # Bytes behind the short form of an id.
# Letters that the tag alone decides: 13 bits of it at the front, 15 in the short form.
_LETTERS = 3


def name_suggestion(source: str, start: int, end: int, code: str) -> str:
    """Return the id of the proposal of a code for `[start, end)` of a source, by the source's uid."""
    own = hashlib.sha256(f"{source} {start} {end} {code}".encode()).digest()
    tag, rest = _tag(source), 16 - _SHORT
    return encode_uid(tag + own[: rest - _TAG] + tag + own[rest : rest + _SHORT - _TAG])


def may_name(name: str, source: str) -> bool:
    """Whether a name, an id's beginning or its last 8 characters, can be that of a proposal in a source."""
    front, short = _letters(source)
    given = name.casefold()[:_LETTERS]
    return front.startswith(given) or (len(name) == SHORT_LENGTH and given == short)


def _letters(source: str) -> tuple[str, str]:
    whole = name_suggestion(source, 0, 0, "")
    return whole[:_LETTERS], whole[-SHORT_LENGTH:][:_LETTERS]


def _tag(source: str) -> bytes:
    return hashlib.sha256(source.encode()).digest()[:_TAG]
