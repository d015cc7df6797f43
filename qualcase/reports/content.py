"""Everything that a case report may say, gathered before any format is chosen."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import qualcase
from qualcase.model.event import Chronology
from qualcase.reports.evidence import index_report
from qualcase.reports.narrative import assemble_narrative

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcase.model.code import Codebook
    from qualcase.model.display import Display, Manifest
    from qualcase.model.source import Source
    from qualcase.reports.evidence import EvidenceIndex
    from qualcase.reports.narrative import NarrativePhase
    from qualcase.reports.quotations import Quotation


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A report before it is written; what is absent is said to be absent, never left out in silence.

    `displays` are named as analyses are, with `-` and `_` alike (`data_sources`, `coverage`,
    `timeline`, `phases`, `process_by_phase`, `code_by_year`, `evidence`, `outcomes`, `crosswalk`,
    `agreement` …); a name without a place of its own goes to the findings. `facts` are method facts
    by label, None where unknown; `author_text` is what the author wrote for a section, by its id.
    """

    title: str
    project: str
    case: str
    mode: str
    manifest: Manifest
    codebooks: tuple[Codebook, ...] = ()
    displays: Mapping[str, Display] = field(default_factory=dict)
    quotations: tuple[Quotation, ...] = ()
    chronology: Chronology = field(default_factory=Chronology)
    narrative: tuple[NarrativePhase, ...] = ()
    sources: tuple[Source, ...] = ()
    coders: tuple[str, ...] = ()
    facts: Mapping[str, str | None] = field(default_factory=dict)
    author_text: Mapping[str, str] = field(default_factory=dict)
    software: str = f"qualcase {qualcase.__version__}"

    def display(self, name: str) -> Display | None:
        """Return a display by its name, with `-` and `_` alike, or None."""
        return {key.replace("-", "_"): value for key, value in self.displays.items()}.get(
            name.replace("-", "_")
        )

    @property
    def story(self) -> tuple[NarrativePhase, ...]:
        """Return the author's narrative, or the one that the events tell by themselves."""
        return self.narrative or assemble_narrative(self.chronology, expected=self._expected())

    def _expected(self) -> frozenset[str]:
        timeline = self.display("timeline")
        marks = timeline.figure.marks if timeline and timeline.figure else ()
        return frozenset(mark.id for mark in marks if mark.hollow)

    @property
    def index(self) -> EvidenceIndex:
        """Return where each id leads on the report's own page."""
        return index_report(self.chronology.events, self.quotations)

    def as_json(self) -> dict[str, Any]:
        """Return the report for re-analysis: displays as `--json` prints them, the rest field by field."""
        return {
            "title": self.title,
            "project": self.project,
            "case": self.case,
            "mode": self.mode,
            "software": self.software,
            "manifest": asdict(self.manifest),
            "coders": list(self.coders),
            "facts": dict(self.facts),
            "author_text": dict(self.author_text),
            "displays": {name: display.as_json() for name, display in self.displays.items()},
            "narrative": [asdict(phase) for phase in self.story],
            "quotations": [asdict(quotation) for quotation in self.quotations],
            "chronology": asdict(self.chronology),
            "codebooks": [asdict(codebook) for codebook in self.codebooks],
            "sources": [asdict(source) for source in self.sources],
        }
