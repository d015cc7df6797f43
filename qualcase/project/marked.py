"""Passages that people have marked in a source: codings, and memos with a place of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.coding import Coding
from qualcase.storage.reading.codings import CodingQuery, list_codings
from qualcase.storage.reading.memos import list_memos
from qualcase.storage.records import RECORDS, Names, read_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.coding import Memo
    from qualcase.model.operation import Fields
    from qualcase.storage.connection import Connection

# The field of a record that names the text version in which its place is counted.
VERSION = {"coding": "text", "memo": "text_version"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A coding or a memo on words: `[start, end)` of the text version `text`, with the words there.

    `kind` is its kind of record, `name` the code or the kind of memo.
    """

    kind: str
    uid: str
    source: str
    name: str
    coder: str
    text: str
    start: int
    end: int
    quote: str
    state: str

    @property
    def version(self) -> str:
        """Return the field of its record that names the text version."""
        return VERSION[self.kind]

    @property
    def place(self) -> Fields:
        """Return the fields of its record that say where it is."""
        state = None if self.state == "placed" else self.state
        return {self.version: self.text, "start": self.start, "end": self.end, "state": state}


def marked_passages(connection: Connection, source: str) -> tuple[Marked, ...]:
    """Return the codings and memos on passages of a source, by its uid, codings first."""
    codings = list_codings(connection, CodingQuery(sources=(source,)))
    memos = list_memos(connection, source)
    return (*_mark(connection, "coding", codings), *_mark(connection, "memo", memos))


def _mark(connection: Connection, kind: str, things: Sequence[Coding | Memo]) -> Iterator[Marked]:
    fields = read_fields(connection, RECORDS[kind], Names(connection), [one.uid for one in things])
    for one in things:
        name = one.code if isinstance(one, Coding) else one.kind
        text = fields[one.uid][VERSION[kind]]
        start, end, state = one.start or 0, one.end or 0, one.state or "placed"
        yield Marked(
            kind, one.uid, one.source or "", name, one.coder, text, start, end, one.quote or "", state
        )
