"""The agreement report as a display: one row a code, the lowest agreement first, no verbal bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.display import NOT_REPORTED, Cell, Column, Display, Row, not_reported

if TYPE_CHECKING:
    from qualcase.model.display import Manifest
    from qualcase.triangulation.agreement import AgreementReport, CodeAgreement

_FEWEST_FOR_PERCENT = 20
_COEFFICIENTS = (
    ("krippendorff_alpha", "Krippendorff α"),
    ("cohen_kappa", "Cohen κ"),
    ("gwet_ac1", "Gwet AC1"),
    ("pabak", "PABAK"),
    ("positive_agreement", "positive agreement"),
)


def agreement_display(report: AgreementReport, manifest: Manifest) -> Display:
    """Return agreement code by code; codes that nobody used are named in a note, not compared."""
    used = [row for row in report.codes if row.neither < row.units]
    idle = [row.code for row in report.codes if row.neither == row.units]
    notes = list(report.notes)
    if idle:
        notes.append(f"coded by nobody in these sources, so nothing to compare: {', '.join(sorted(idle))}")
    notes.append("codes are never pooled: each row is a question of its own")
    return Display(
        "agreement",
        f"Agreement of {' and '.join(report.coders)}, by {report.unit}",
        manifest,
        _columns(report),
        tuple(_row(row) for row in used),
        tuple(notes),
        row_label="code",
    )


def _columns(report: AgreementReport) -> tuple[Column, ...]:
    pair = report.coders if len(report.coders) == 2 else ("first", "second")  # noqa: PLR2004 - two coders
    return (
        Column("both", "both" if len(report.coders) == 2 else "all", numeric=True),  # noqa: PLR2004
        Column("first", f"{pair[0]} only", numeric=True),
        Column("second", f"{pair[1]} only", numeric=True),
        Column("neither", "neither", numeric=True),
        Column("percent", "% agreement", numeric=True),
        *(Column(name, label, numeric=True) for name, label in _COEFFICIENTS),
        Column("ci95", "95 % CI of α"),
        Column("note", "note"),
    )


def _row(row: CodeAgreement) -> Row:
    counts = (row.both, row.first, row.second, row.neither)
    cells = [*(_count(value) for value in counts), _percent(row)]
    cells += [_figure(getattr(row, name)) for name, _ in _COEFFICIENTS]
    limits = _limits(row.ci95) if row.ci95 else not_reported()
    note = Cell(row.note, row.note) if row.note else Cell("", "–")
    return Row(row.code, row.code, (*cells, limits, note))


def _count(value: int | None) -> Cell:
    return not_reported() if value is None else Cell(value, f"{value:,}")


def _limits(limits: tuple[float, float]) -> Cell:
    # Held together by no-break spaces: an interval torn over three lines is not read as one.
    low, high = limits
    return Cell(f"{low} {high}", f"{_rounded(low, 2)}\u00a0…\u00a0{_rounded(high, 2)}")


def _percent(row: CodeAgreement) -> Cell:
    # A share of fewer than twenty says more about the twenty than about the coders.
    if row.percent is None or row.units < _FEWEST_FOR_PERCENT:
        return not_reported()
    return Cell(row.percent * 100, _rounded(row.percent * 100, 1, top=100))


def _figure(value: float | None) -> Cell:
    if value is None:
        return Cell(None, "undefined", empty=NOT_REPORTED)
    return Cell(value, _rounded(value, 3))


def _rounded(value: float, places: int, *, top: float = 1) -> str:
    """Return a figure rounded, but never rounded up to perfect, nor to a zero with a sign."""
    shown = f"{value:.{places}f}"
    if value < top and float(shown) == top:
        return f">{top - 10**-places:.{places}f}"
    return shown.lstrip("-") if float(shown) == 0 else shown
