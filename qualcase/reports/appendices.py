"""The appendices of a case report: codebook, agreement, trail, events, and how to make it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.reports.document import Absent, CodeList, EventList, Facts, Points, Section, Table
from qualcase.reports.narrative import chronological

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.reports.content import ReportContent
    from qualcase.reports.document import Block

NO_CODEBOOK = "No codebook is in the project."
NOT_ADJUDICATED = "No disagreement has been adjudicated."
IN_THE_JOURNAL = "The journal inside the project holds every act; `qualcase log` prints it."
AS_THEY_STAND = "Names are printed as they stand in the project; no pseudonyms were applied."
NO_CHECKLIST = "No reporting checklist has been filled in."


def make_appendices(content: ReportContent) -> tuple[Section, ...]:
    """Return appendices A to G, each with its content or the sentence that says why it has none."""
    made: tuple[tuple[str, str, Sequence[Block]], ...] = (
        ("codebook", "Codebook", [CodeList(book) for book in content.codebooks] or [Absent(NO_CODEBOOK)]),
        ("agreement", "Agreement and adjudication", _table(content, "adjudication", NOT_ADJUDICATED)),
        ("audit", "Audit trail", _table(content, "audit_trail", IN_THE_JOURNAL)),
        ("pseudonyms", "Pseudonymisation", [Absent(AS_THEY_STAND)]),
        ("checklist", "Reporting checklist", _table(content, "checklist", NO_CHECKLIST)),
        ("events", "Events", _events(content)),
        ("reproduce", "How to reproduce this report", _reproduce(content)),
    )  # fmt: skip
    return tuple(
        Section(f"appendix-{name}", letter, title, tuple(blocks))
        for letter, (name, title, blocks) in zip("ABCDEFG", made, strict=True)
    )


def _table(content: ReportContent, name: str, otherwise: str) -> list[Block]:
    display = content.display(name)
    return [Table(display)] if display else [Absent(otherwise)]


def _events(content: ReportContent) -> list[Block]:
    events = content.chronology.events
    listed: list[Block] = (
        [EventList(chronological(events))] if events else [Absent("No events have been recorded.")]
    )
    tensions = content.chronology.tensions
    return [*listed, Points(tensions)] if tensions else listed


def _reproduce(content: ReportContent) -> list[Block]:
    manifest = content.manifest
    pairs = [
        ("Layer", manifest.layer),
        ("Codebook", manifest.codebook_version),
        ("Filters", "; ".join(manifest.filters) or "none"),
        ("Sources", f"{manifest.sources:,}"),
        ("Content hash", manifest.hash),
        ("Software", content.software),
    ]
    pairs += sorted(manifest.parameters.items())
    files: list[Block] = [
        Facts(
            tuple((f"{source.handle} {source.name}", f"sha256 {source.sha256}") for source in content.sources)
        )
    ]
    return [Facts(tuple(pairs)), *(files if content.sources else [])]
