"""Acts as they lie in a journal, chosen by their kind: what a merge reads to tell who wrote what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from qualcase.storage.codec import decode_body
from qualcase.storage.journal import MARKERS
from qualcase.storage.parts import CORRECTION, Placing
from qualcase.storage.schema import journal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import Connection

    from qualcase.model.operation import Change


class JournalAct(NamedTuple):
    """An act as it lies in the journal; `placing` follows where it corrects a text, or turns that round."""

    placing: Placing
    kind: str
    body: bytes | None

    def changes(self) -> tuple[Change, ...]:
        """Return its changes; none where they are redacted."""
        return () if self.body is None else decode_body(self.kind, self.body).changes


def read_acts(
    connection: Connection,
    *,
    of: Collection[str] = (),
    but: Collection[str] = (),
) -> Iterator[JournalAct]:
    """Yield the acts of some kinds and those that took such acts back or did them again.

    Or all `but` some kinds: of these, what turns others round is always among them.
    """
    act, first = journal.operation, journal.operation.alias("first")
    wanted = act.c.kind.in_(of) | first.c.kind.in_(of) if of else act.c.kind.not_in(but)
    query = (
        select(act.c.uid, act.c.clock, act.c.sequence, act.c.kind, first.c.kind, act.c.body)
        .outerjoin(first, (first.c.sequence == act.c.target) & act.c.kind.in_(MARKERS))
        .where(wanted)
    )
    for uid, clock, sequence, kind, target, body in connection.execute(query):
        yield JournalAct(Placing((clock, uid), sequence, CORRECTION in {kind, target}), kind, body)
