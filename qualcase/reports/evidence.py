"""Where an id leads: its place on the page, if the page has one, and whether it speaks against."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcase.reports.wording import short_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qualcase.model.display import Display
    from qualcase.model.event import Event
    from qualcase.reports.quotations import Quotation

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")


@dataclass(frozen=True, slots=True)
class Reference:
    """One piece of evidence as it is cited: short label, anchor on this page or None, contrary or not."""

    label: str
    anchor: str | None = None
    adverse: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceIndex:
    """All that a page can lead to, by id."""

    references: Mapping[str, Reference] = field(default_factory=dict)

    def find(self, identity: str) -> Reference:
        """Return how an id is cited; what the page does not hold is named without a link."""
        return self.references.get(identity) or Reference(short_id(identity))

    def holds(self, display: Display) -> bool:
        """Tell whether every row of a display is an event that the page lists with all its facts."""
        rows = [self.references.get(row.id) for row in display.rows]
        return all(found and (found.anchor or "").startswith("event-") for found in rows)


def anchor(kind: str, identity: str) -> str:
    """Return the anchor of a thing; an id that would not do as one is replaced by a hash of it."""
    plain = _PLAIN.fullmatch(identity)
    safe = (
        identity if plain else hashlib.sha256(identity.encode("utf-8", "backslashreplace")).hexdigest()[:12]
    )
    return f"{kind}-{safe}"


def index_display(display: Display) -> EvidenceIndex:
    """Return what a page with one display can lead to: its own rows, where they are its events."""
    rows = {row.id for row in display.rows}
    adverse = {mark.id for mark in display.figure.marks if mark.adverse} if display.figure else set()
    marked = {mark.id for mark in display.figure.marks} if display.figure else set()
    return EvidenceIndex(
        {one: Reference(one, anchor("event", one), one in adverse) for one in sorted(rows & marked)}
    )


def index_report(events: Iterable[Event], quotations: Iterable[Quotation]) -> EvidenceIndex:
    """Return what a report can lead to: its events, and the passages it quotes."""
    references: dict[str, Reference] = {}
    for quotation in quotations:
        here = Reference(quotation.id, anchor("quote", quotation.id), quotation.valence == "-")
        references[quotation.id] = here
        if quotation.evidence:
            # A passage that two codes quote is cited by its first record.
            references.setdefault(quotation.evidence, here)
    for event in events:
        references[event.id] = Reference(event.id, anchor("event", event.id), event.valence == "-")
    return EvidenceIndex(references)
