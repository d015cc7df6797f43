"""The desk of reports: the case report, and the passages behind it."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from qualcase.model.errors import UsageError
from qualcase.project.desk import Desk
from qualcase.text.matching import line_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qualcase.coding.frame import CodedData
    from qualcase.model.display import Display
    from qualcase.model.event import Chronology, Event
    from qualcase.project.codings import CodingFilter
    from qualcase.reports.content import ReportContent
    from qualcase.reports.quotations import Quotation

# What a report shows wherever the project has anything for it, by the room's own names.
_ALWAYS = ("data-sources", "coverage")
_WITH_CODINGS = ("code-counts", "code-by-year", "evidence")
_WITH_EVENTS = ("timeline", "phases", "process-by-phase", "process-by-year", "effects")
_DEFAULT_FORMATS = ("html", "md")


@dataclass(frozen=True, slots=True)
class ReportResult:
    """The files written, and the manifest that all of them bear."""

    written: tuple[Path, ...]
    manifest: dict[str, Any]


class Reports(Desk):
    """Case reports."""

    def formats(self) -> tuple[str, ...]:
        """Return the formats that a report can be written in."""
        from qualcase.reports.registry import report_formats  # noqa: PLC0415 - loads the template engine

        return report_formats()

    def write(
        self, formats: Sequence[str], directory: Path, codebook_version: str | None = None
    ) -> ReportResult:
        """Write the case report into a folder in each format, by default HTML and Markdown.

        With a codebook version it is the report as it could last be written under that version, byte for
        byte: a number of the first codebook, or a codebook's id and a number.
        """
        from qualcase.reports.case_report import write_report  # noqa: PLC0415 - loads the template engine

        with self._project.codebook.as_of(codebook_version) if codebook_version else nullcontext():
            content = self.content()
            written = write_report(content, tuple(formats) or _DEFAULT_FORMATS, directory)
        return ReportResult(written, asdict(content.manifest))

    def content(self) -> ReportContent:
        """Return all that a report says, before any format is chosen.

        Raises AlteredTextError where a text is not what was imported, naming the event that quotes it.
        """
        from qualcase.analysis.manifest import manifest_of  # noqa: PLC0415 - loads numpy
        from qualcase.project.quoting import quote_codings  # noqa: PLC0415 - the reports room behind it
        from qualcase.reports.content import ReportContent  # noqa: PLC0415 - loads the template engine

        data = self._project.codings.data()
        self._refuse_altered({source.handle for source in data.sources})
        codings = self._project.codings.list()
        # A case that no source speaks of is not what this report is about.
        spoken_of = {name for source in data.sources for name in source.cases}
        cases = tuple(name for name in data.cases if name in spoken_of) or data.cases
        return ReportContent(
            title=f"Case report: {', '.join(cases) or data.project}",
            project=data.project,
            case=", ".join(cases),
            mode=data.mode,
            manifest=manifest_of(data),
            codebooks=data.codebooks,
            displays=self._displays(data),
            quotations=quote_codings(self._project, codings),
            chronology=self._with_lines(data.chronology),
            sources=data.sources,
            coders=self._coders(data),
        )

    def passages(
        self,
        wanted: CodingFilter,
        format: str,  # noqa: A002 - the word users know
        *,
        context: int = 0,
        group_by: str | None = None,
    ) -> str:
        """Return the retrieved-segments report: passages with provenance, in groups.

        Pages are grouped by code where nothing else is asked for; a table has a column of groups where
        `group_by` names them. Raises AlteredTextError where a text is not what was imported.
        """
        from qualcase.analysis.manifest import manifest_of, with_review  # noqa: PLC0415 - loads numpy
        from qualcase.reports.passages import render_passages  # noqa: PLC0415 - loads the template engine

        filters = tuple(f"{name}: {value}" for name, value in asdict(wanted).items() if value)
        data = self._project.codings.data()
        quotations = self._quoted(wanted, data, context)
        return render_passages(quotations, with_review(manifest_of(data, filters=filters)), format, group_by)

    def groups(self, wanted: CodingFilter, group_by: str) -> dict[str, tuple[str, ...]]:
        """Return the ids of codings by the groups that the report puts them under."""
        from qualcase.reports.passages import group_passages  # noqa: PLC0415 - loads the template engine

        quotations = self._quoted(wanted, self._project.codings.data(), 0)
        grouped = group_passages(quotations, group_by)
        return {name: tuple(one.evidence for one in members) for name, members in grouped.items()}

    def _quoted(self, wanted: CodingFilter, data: CodedData, context: int) -> tuple[Quotation, ...]:
        from qualcase.analysis.time_dimensions import phases_of  # noqa: PLC0415 - loads numpy
        from qualcase.project.quoting import quote_codings  # noqa: PLC0415 - the reports room behind it

        if context < 0:
            raise UsageError(f"{context} is not a number of characters.")
        quotations = quote_codings(self._project, self._project.codings.list(wanted), context)
        self._refuse_altered({one.source for one in quotations})
        names = {phase.id: f"{phase.id} {phase.name}" for phase in data.chronology.phases}
        phases = {one.handle: tuple(names[phase] for phase in phases_of(data, one)) for one in data.sources}
        return tuple(replace(one, phases=phases.get(one.source, ())) for one in quotations)

    def _refuse_altered(self, handles: set[str]) -> None:
        from qualcase.storage.reading.verbatim import refuse_altered  # noqa: PLC0415 - not for --help

        with self._store.reading() as connection:
            refuse_altered(connection, handles)

    def _with_lines(self, chronology: Chronology) -> Chronology:
        sources = {source.handle: source for source in self._project.sources.list()}
        quoted = {event.source for event in chronology.events if event.source and event.start is not None}
        texts = {handle: self._project.sources.text(sources[handle]) for handle in quoted}
        return replace(chronology, events=tuple(_with_line(event, texts) for event in chronology.events))

    def _displays(self, data: CodedData) -> dict[str, Display]:
        from qualcase.analysis.registry import build  # noqa: PLC0415 - loads numpy
        from qualcase.analysis.tables import cross_table  # noqa: PLC0415

        names = _ALWAYS + (_WITH_EVENTS if data.chronology.events else ())
        names += _WITH_CODINGS if data.codings.uid else ()
        shown = {name: build(name, data) for name in names}
        if data.codings.uid:
            shown["process-by-source-kind"] = cross_table(data, rows="process", columns="source_kind")
        elif data.chronology.events:
            shown["evidence"] = build("evidence", data, of="events")
        if any(book.crosswalks for book in data.codebooks):
            shown["crosswalk"] = build("crosswalk", data)
        if agreement := self._agreement(data):
            shown["agreement"] = agreement
        return shown

    def _agreement(self, data: CodedData) -> Display | None:
        from qualcase.analysis.manifest import manifest_of  # noqa: PLC0415 - loads numpy
        from qualcase.triangulation.display import agreement_display  # noqa: PLC0415 - loads numpy

        if len(self._project.rounds.coders_with_codings()) != 2 or data.mode == "reflexive":  # noqa: PLR2004 - agreement of a pair
            return None
        try:
            report = self._project.rounds.agreement(unit="sentence")
        except UsageError:
            return None  # They have no source in common; the report says that none was computed.
        return agreement_display(report, manifest_of(data, unit="sentence", rule="any"))

    def _coders(self, data: CodedData) -> tuple[str, ...]:
        present = set(data.codings.coder.tolist())
        return tuple(name for number, name in enumerate(data.coders) if number in present)


def _with_line(event: Event, texts: dict[str, str]) -> Event:
    if event.source is None or event.start is None:
        return event
    return replace(event, line=line_of(texts[event.source], event.start))
