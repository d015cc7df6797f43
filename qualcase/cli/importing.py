"""Taking files and folders in as sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcase.cli.diagnostics import ANSWERED_NO, WRONG, say_error
from qualcase.cli.groups import Command
from qualcase.cli.opening import opened
from qualcase.cli.options import settings
from qualcase.cli.output import emit
from qualcase.cli.progress import Progress
from qualcase.cli.shapes import source_shape
from qualcase.model.source import SOURCE_KINDS
from qualcase.reports.wording import plural
from qualcase.text.visible import make_visible_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.model.source import Source
    from qualcase.project.importing import ImportReport


@click.command(
    "import", cls=Command, example="qualcase import interviews/ --kind interview --metadata dates.csv"
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--case", metavar="NAME", help="The case that they speak of; several are parted by a semicolon."
)
@click.option("--kind", metavar="KIND", help=f"{', '.join(SOURCE_KINDS[:-1])} or {SOURCE_KINDS[-1]}.")
@click.option(
    "--date",
    metavar="EDTF",
    help="When, no more exactly than is known: 2009-06, 2008-23 (autumn), 2006/2007.",
)
@click.option("--minutes", metavar="N", type=float, help="How long the talk was.")
@click.option("--informant", metavar="NAME", help="Who was spoken with.")
@click.option("--handle", metavar="H", help="What to call the source, instead of S1, S2 …")
@click.option("--encoding", metavar="E", help="The encoding of the text, instead of the one found.")
@click.option("--speakers", metavar="PATTERN|none", help="A regular expression for speaker labels, or none.")
@click.option(
    "--metadata",
    metavar="CSV",
    help="A table with the column file and any of date, kind, case, informant, minutes, title.",
)
@click.option(
    "--text-column",
    metavar="NAME",
    help="In a table with one respondent a row, the column of their words; the others become attributes.",
)
@click.option("--no-original", is_flag=True, help="Keep the text only, not the file's own bytes.")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and write nothing.")
@click.pass_context
def import_files(context: click.Context, /, paths: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401 - one a click option
    """Take in files and folders as sources; what cannot be read is refused by name, with the reason."""
    from qualcase.project.importing import ImportOptions  # noqa: PLC0415 - opens the readers

    metadata = given.pop("metadata")
    options = ImportOptions(
        metadata=Path(metadata) if metadata else None, keep_original=not given.pop("no_original"), **given
    )
    progress = Progress()
    told = None if settings().json else progress
    with opened() as project:
        try:
            report = project.sources.import_paths([Path(path) for path in paths], options, told)
        finally:
            progress.close()
    emit(_shape(report, dry_run=options.dry_run), _lines(report, dry_run=options.dry_run))
    for passed in report.refused:
        say_error(_fault(passed.path, passed.reason), passed.hint)
    if report.refused:
        context.exit(ANSWERED_NO if report.imported or report.skipped else WRONG)


def _shape(report: ImportReport, *, dry_run: bool) -> dict[str, Any]:
    return {
        "imported": [
            source_shape(source, path) for source, path in zip(report.imported, report.files, strict=True)
        ],
        "skipped": [{"path": passed.path, "reason": passed.reason} for passed in report.skipped],
        "refused": [{"path": passed.path, "reason": passed.reason} for passed in report.refused],
        "notes": list(report.notes),
        "dry_run": dry_run,
    }


def _lines(report: ImportReport, *, dry_run: bool) -> Iterator[str]:
    for source in report.imported:
        yield _line(source)
        yield from (f"      note: {warning}" for warning in source.warnings)
    for passed in report.skipped:
        yield f"{'–':<5} {make_visible_line(passed.path)}: {make_visible_line(passed.reason)}"
    yield from (make_visible_line(note) for note in report.notes)
    verb = "Would take in" if dry_run else "Took in"
    words = sum(source.words for source in report.imported)
    many = len(report.imported)
    rest = f", passed over {len(report.skipped)}" if report.skipped else ""
    rest += f", refused {len(report.refused)}" if report.refused else ""
    yield f"{verb} {many} {'source' if many == 1 else 'sources'}, {words:,} words{rest}."


def _line(source: Source) -> str:
    turns = f", {plural(source.turns, 'turn')} of {len(source.speakers)}" if source.speakers else ""
    facts = (
        source.kind.replace("_", " "),
        source.date or "no date",
        f"{plural(source.words, 'word')}{turns}",
    )
    return f"{source.handle:<5} {make_visible_line(source.name)}  {', '.join(facts)}"


def _fault(path: str, reason: str) -> str:
    return reason if Path(path).name in reason else f"{path}: {reason}"
