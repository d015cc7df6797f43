"""The lists that go with a report's displays as rows: events, quotations, and what all was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.reports.narrative import chronological, date_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.model.event import Event
    from qualcase.reports.content import ReportContent
    from qualcase.reports.quotations import Quotation

Rows = tuple[list[str], list[list[str | float]]]

EVENT_FIELDS = ["id", "title", "date", "edtf", "earliest", "latest", "basis", "extent", "phase", "actors"]
EVENT_FIELDS += ["codes", "valence", "voice", "turning_point", "quote", "source", "line"]
QUOTATION_FIELDS = ["id", "quotation", "speaker", "role", "source", "turn", "first_line", "last_line", "said"]
QUOTATION_FIELDS += ["about", "code", "layer", "coder", "valence", "evidence", "hash"]


def list_events(events: Iterable[Event]) -> Rows:
    """Return header and one row an event, in order of time; an open bound reads “open”."""
    return EVENT_FIELDS, [_event(event) for event in chronological(events)]


def list_quotations(quotations: Iterable[Quotation], fingerprint: str) -> Rows:
    """Return header and one row a quotation; what is not known reads “not reported”."""
    return QUOTATION_FIELDS, [_quotation(quotation, fingerprint) for quotation in quotations]


def list_manifests(content: ReportContent) -> Rows:
    """Return header and what each display, and the report itself, was made from."""
    made = {
        "report": (content.manifest, ()),
        **{n: (d.manifest, d.notes) for n, d in content.displays.items()},
    }
    header = ["display", "layer", "codebook_version", "filters", "sources", "hash", "software", "notes"]
    return header, [
        [
            name,
            manifest.layer,
            manifest.codebook_version,
            "; ".join(manifest.filters) or "none",
            manifest.sources,
            manifest.hash,
            content.software,
            " ".join(notes) or "none",
        ]
        for name, (manifest, notes) in made.items()
    ]


def _known(value: object) -> str:
    return "not reported" if value is None or value == "" else str(value)


def _event(event: Event) -> list[str | float]:
    date = event.date
    return [
        event.id,
        event.title,
        date_words(date),
        _known(date.edtf),
        date.earliest or "open",
        date.latest or "open",
        _known(date.basis),
        event.extent,
        event.phase or "outside",
        "; ".join(event.actors) or "none named",
        "; ".join(event.codes) or "none",
        _known(event.valence),
        _known(event.voice),
        "yes" if event.turning_point else "no",
        _known(event.quote and " ".join(event.quote.split())),
        _known(event.source),
        event.line if event.line is not None else _known(None),
    ]


def _quotation(quotation: Quotation, fingerprint: str) -> list[str | float]:
    first, last = quotation.lines or (None, None)
    return [
        quotation.id,
        quotation.text,
        _known(quotation.speaker or quotation.voice),
        _known(quotation.role),
        quotation.source,
        quotation.turn if quotation.turn is not None else _known(None),
        first if first is not None else _known(None),
        last if last is not None else _known(None),
        _known(quotation.said),
        _known(quotation.about),
        _known(quotation.code),
        _known(quotation.layer),
        _known(quotation.coder),
        _known(quotation.valence),
        _known(quotation.evidence),
        fingerprint,
    ]
