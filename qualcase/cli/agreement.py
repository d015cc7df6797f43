"""How far coders agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcase.cli.groups import Command
from qualcase.cli.opening import opened
from qualcase.cli.output import emit, table_lines
from qualcase.cli.shapes import agreement_shape
from qualcase.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.triangulation.agreement import AgreementReport, CodeAgreement

HEADS = ("code", "both", "first", "second", "neither", "percent", "kappa", "alpha", "pos.")


@click.command(cls=Command, example="qualcase agreement --coders Anna,Bjorn --unit sentence")
@click.option("--coders", metavar="A,B", help="Whom to compare; needed where more than two have coded.")
@click.option(
    "--unit", metavar="UNIT", default="character", help="character, sentence, turn, document.  [character]"
)
@click.option(
    "--rule", metavar="RULE", default="any", help="When a larger unit counts as coded: any or half.  [any]"
)
@click.option("--without-interviewer", is_flag=True, help="Leave out what the interviewer says.")
def agreement(coders: str | None, unit: str, rule: str, *, without_interviewer: bool) -> None:
    """Say how far coders agree, code by code, over the sources that all have coded through."""
    names = [name.strip() for name in coders.split(",") if name.strip()] if coders is not None else None
    with opened() as project:
        report = project.rounds.agreement(names, unit, rule, without_interviewer=without_interviewer)
    emit(agreement_shape(report), _lines(report))


def _lines(report: AgreementReport) -> Iterator[str]:
    sources = "1 source" if len(report.sources) == 1 else f"{len(report.sources)} sources"
    yield f"Agreement of {' and '.join(report.coders)} over {sources}, unit: {report.unit}"
    yield ""
    used = [row for row in report.codes if row.units != row.neither]
    yield from table_lines(HEADS, map(_row, used), numeric=HEADS[1:])
    if len(used) < len(report.codes):
        unused = len(report.codes) - len(used)
        verb = "is" if unused == 1 else "are"
        yield f"{plural(unused, 'code')} that nobody used {verb} not shown; --json has them all."
    yield "pos. is positive agreement: of the units that either gave the code, how many both did."
    yield from (f"Note: {note}" for note in report.notes)
    yield from (f"Note on {row.code}: {row.note}" for row in used if row.note)


def _row(row: CodeAgreement) -> tuple[object, ...]:
    figures = (row.percent, row.cohen_kappa, row.krippendorff_alpha, row.positive_agreement)
    return (row.code, row.both, row.first, row.second, row.neither, *map(_figure, figures))


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
