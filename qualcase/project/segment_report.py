"""The passages that are shown, as a page with their provenance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.reports.quotations import Quotation, number_quotations
from qualcase.storage.reading.verbatim import refuse_altered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.project.project import Project
    from qualcase.project.retrieval import Listing
    from qualcase.project.segments import Segment

FORMATS = ("md", "html", "csv")
# What the report has no groups for is grouped by source where it is a page, and not at all in a table.
_GROUPED = {"code", "source", "speaker", "coder", "phase"}
_PAGE = 200


def format_segments(
    project: Project,
    listing: Listing,
    format_: str,
    *,
    by: str | None,
    context: int,
    question: str,
    notes: Sequence[str] = (),
) -> str:
    """Return passages with their provenance as a page of a format (md, html or csv), in groups by `by`.

    `notes` are what was said of what was found: of what waits for review only that is told. Raises
    AlteredTextError where a text is not what was imported.
    """
    from qualcase.analysis.manifest import manifest_of, with_review  # noqa: PLC0415 - loads numpy
    from qualcase.coding.frame import IN_REVIEW  # noqa: PLC0415 - loads numpy
    from qualcase.reports.passages import render_passages  # noqa: PLC0415 - loads the template engine

    quotations = number_quotations(_quotations(project, listing, by, context))
    with project.store.reading() as connection:
        refuse_altered(connection, {one.source for one in quotations})
    waiting = [one for one in notes if one.endswith(IN_REVIEW)]
    manifest = with_review(manifest_of(project.codings.data()))
    manifest = replace(manifest, filters=(*manifest.filters, *waiting, f"passages: {question}"))
    other = None if format_ == "csv" else "source"
    return render_passages(quotations, manifest, format_, by if by in _GROUPED else other)


def _quotations(project: Project, listing: Listing, by: str | None, context: int) -> Iterator[Quotation]:
    names = {code.id: code.name for book in project.codebook.all() for code in book.codes}
    labels = {group.first: group.label for group in listing.groups}
    phases: tuple[str, ...] = ()
    for first in range(0, len(listing), _PAGE):
        for row, segment in enumerate(listing.segments(first, _PAGE, context), first):
            if by == "phase" and row in labels:
                phases = (labels[row],)
            yield _quotation(segment, names, phases)


def _quotation(segment: Segment, names: dict[str, str], phases: tuple[str, ...]) -> Quotation:
    codings, line = segment.codings, segment.line
    valences = {coding.valence for coding in codings}
    return Quotation(
        id="",
        text=segment.quote,
        source=segment.source,
        source_title=segment.title,
        source_kind=segment.kind,
        speaker=segment.speaker,
        lines=(line, line + segment.quote.rstrip().count("\n")) if line else None,
        said=segment.date,
        code=", ".join(segment.codes),
        code_name=", ".join(names.get(code, "") for code in segment.codes),
        layer=", ".join(dict.fromkeys(coding.layer for coding in codings)),
        coder=", ".join(segment.coders),
        valence=valences.pop() if len(valences) == 1 else None,
        memo=" / ".join(coding.memo for coding in codings if coding.memo) or None,
        key=any(coding.key for coding in codings),
        evidence=codings[0].uid if codings else "",
        before=segment.before,
        after=segment.after,
        codebook_version=", ".join(dict.fromkeys(str(coding.codebook_version) for coding in codings)),
        phases=phases,
        from_start=segment.from_start,
        to_end=segment.to_end,
        in_review=segment.in_review,
    )
