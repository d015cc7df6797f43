"""The sections of a case report in the order of methods §4; what is absent says so in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.reports.appendices import make_appendices
from qualcase.reports.document import (
    Absent,
    Facts,
    Paragraph,
    Points,
    QuotedCode,
    Quotes,
    Section,
    Story,
    Table,
)
from qualcase.reports.limits import find_limits
from qualcase.reports.quotations import distribution_note
from qualcase.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.reports.content import ReportContent
    from qualcase.reports.document import (
        Block,
    )
    from qualcase.reports.quotations import Quotation

NOT_REPORTED = "not reported"
METHOD_FACTS = (
    "Design", "Sampling", "Recruitment and consent", "Ethics approval", "Anonymisation", "Member checking",
    "Saturation",
)  # fmt: skip
OUTCOMES = ("outcomes", "effects", "before_after")
CLAIMS = ("claims", "triangulation", "negative_cases")
NOT_GENERATED = "The discussion is for the author to write; qualcase never generates it."
# Displays with a place of their own; any other goes to the findings.
PLACED = frozenset(
    {"timeline", "data_sources", "coverage", "agreement", "phases", "crosswalk", "cross_case", "audit_trail",
     "checklist", "adjudication", "events"}
) | set(OUTCOMES) | set(CLAIMS)  # fmt: skip
FINDINGS = ("process_by_phase", "process_by_year", "code_by_year", "evidence")


def make_sections(content: ReportContent) -> tuple[Section, ...]:
    """Return the numbered sections and the appendices."""
    made = (
        ("abstract", "Abstract", _abstract(content)),
        ("glance", "The case at a glance", _glance(content)),
        ("framework", "Question and framework", _framework(content)),
        ("method", "Method", _method(content)),
        ("narrative", "Case narrative by phase", _narrative(content)),
        ("findings", "Findings by process", _findings(content)),
        ("outcomes", "Outcomes", _named(content, OUTCOMES, "No outcomes table was made.")),
        ("claims", "Claims and triangulation", _named(content, CLAIMS, "No claims have been recorded.")),
        ("cross_case", "Cross-case comparison", _named(content, ("cross_case",), "No cases were compared.")),
        ("discussion", "Discussion", _authored(content, "discussion", NOT_GENERATED)),
        ("limits", "Limits", [Points(find_limits(content)), *_written(content, "limits")]),
    )  # fmt: skip
    numbered = (
        Section(name, str(at), title, tuple(blocks)) for at, (name, title, blocks) in enumerate(made, 1)
    )
    return (*numbered, *make_appendices(content))


def _written(content: ReportContent, name: str) -> list[Block]:
    text = content.author_text.get(name, "").strip()
    return [Paragraph(text, by_author=True)] if text else []


def _authored(content: ReportContent, name: str, otherwise: str) -> list[Block]:
    return _written(content, name) or [Absent(otherwise)]


def _shown(content: ReportContent, *names: str) -> list[Block]:
    return [Table(display) for name in names if (display := content.display(name))]


def _named(content: ReportContent, names: tuple[str, ...], otherwise: str) -> list[Block]:
    return _shown(content, *names) or [Absent(otherwise)]


def _abstract(content: ReportContent) -> list[Block]:
    facts = (
        ("Case", content.case),
        ("Project", content.project),
        ("Mode", content.mode),
        ("Coders", ", ".join(content.coders) or NOT_REPORTED),
        ("Sources", f"{content.manifest.sources:,}"),
        ("Events", f"{len(content.chronology.events):,}"),
        ("Quotations", f"{len(content.quotations):,}"),
    )
    return [*_authored(content, "abstract", "The abstract is for the author to write."), Facts(facts)]


def _glance(content: ReportContent) -> list[Block]:
    timeline = _named(content, ("timeline",), "No events have been recorded; there is no timeline.")
    return [*_written(content, "glance"), *timeline]


def _framework(content: ReportContent) -> list[Block]:
    question = _authored(content, "question", "The research question is for the author to state.")
    books = tuple(
        f"{book.title or book.id}, version {book.version}: {plural(len(book.codes), 'code')}, "
        f"{sum(code.kind == 'process' and not code.parent for code in book.codes)} processes at the top."
        for book in content.codebooks
    )
    named: list[Block] = [Points(books)] if books else [Absent("No codebook is in the project.")]
    return [*question, *named, *_named(content, ("crosswalk",), "No crosswalk between frameworks was made.")]


def _method(content: ReportContent) -> list[Block]:
    known = {label: content.facts.get(label) for label in (*METHOD_FACTS, *content.facts)}
    facts = (
        *((label, value or NOT_REPORTED) for label, value in known.items()),
        ("Coding mode", content.mode),
        ("Coders", ", ".join(content.coders) or NOT_REPORTED),
        ("Software", content.software),
    )
    return [
        *_written(content, "method"),
        Facts(facts),
        *_named(content, ("data_sources",), "No data-source table was made."),
        *_named(content, ("coverage",), "No coverage grid was made."),
        *_named(content, ("agreement",), why_no_agreement(content)),
    ]


def why_no_agreement(content: ReportContent) -> str:
    """Return why no agreement is printed: there is always a reason, and it is never a zero."""
    if content.mode == "reflexive":
        return "Reflexive mode: coefficients of agreement are not part of this design."
    if len(content.coders) < 2:  # noqa: PLR2004 -- agreement takes two
        return "Single coder; intercoder agreement not computed."
    return f"{plural(len(content.coders), 'coder')}; intercoder agreement not computed for this report."


def _narrative(content: ReportContent) -> list[Block]:
    story = content.story
    told: list[Block] = (
        [Story(story)]
        if story
        else [Absent("No phases or events have been recorded; there is no narrative.")]
    )
    return [
        *_written(content, "narrative"),
        *told,
        *_named(content, ("phases",), "No table of phases was made."),
    ]


def _findings(content: ReportContent) -> list[Block]:
    others = [name.replace("-", "_") for name in content.displays]
    rest = sorted(name for name in others if name not in PLACED and name not in FINDINGS)
    tables = _named(content, (*FINDINGS, *rest), "No table of findings was made.")
    note = distribution_note(content.quotations)
    warning: list[Block] = [Paragraph(note)] if note else []
    quotes: list[Block] = (
        [Quotes(tuple(_by_code(content)))] if content.quotations else [Absent("No passage is quoted.")]
    )
    return [*_written(content, "findings"), *tables, *warning, *quotes]


def _by_code(content: ReportContent) -> Iterator[QuotedCode]:
    """Yield the quoted codes in the order of the codebooks, codes that none of them holds last."""
    codes: dict[str, list[Quotation]] = {code.id: [] for book in content.codebooks for code in book.codes}
    for quotation in content.quotations:
        codes.setdefault(quotation.code, []).append(quotation)
    for code, quoted in codes.items():
        if not quoted:
            continue
        power = next((quotation for quotation in quoted if quotation.key), None)
        proof = tuple(quotation for quotation in quoted if quotation is not power)
        yield QuotedCode(code, quoted[0].code_name, power, proof)
