"""Codings as they stood: any past state is a query, because rows say since and until when they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_

from qualcase.storage.reading.codings import read_codings, select_codings
from qualcase.storage.schema import codings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from qualcase.model.coding import Coding


def codings_at(connection: Connection, sequence: int) -> tuple[Coding, ...]:
    """Return the codings that held after operation `sequence` of this file, ordered as they are listed.

    The order and the names of codes, sources and coders are those of today.
    """
    coding = codings.coding
    held = (coding.c.since <= sequence) & or_(coding.c.until.is_(None), coding.c.until > sequence)
    return read_codings(connection, select_codings().where(held))
