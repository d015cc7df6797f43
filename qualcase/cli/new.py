"""Beginning a project."""

from __future__ import annotations

from pathlib import Path

import click

import qualcase
from qualcase.cli.groups import Command
from qualcase.cli.options import settings
from qualcase.cli.output import emit


@click.command(cls=Command, example="qualcase new study.qualcase --codebook four-process --case 'My network'")
@click.argument("file", metavar="FILE")
@click.argument("more", metavar="[CODEBOOK]...", nargs=-1)
@click.option(
    "--codebook",
    metavar="NAME|PATH",
    multiple=True,
    help="A codebook that ships, a file, or none; may be repeated.  [four-process]",
)
@click.option("--case", metavar="NAME", help="The first case.  [the file's name without its ending]")
@click.option(
    "--mode",
    metavar="MODE",
    default="codebook",
    help="coding-reliability, codebook or reflexive.  [codebook]",
)
def new(file: str, more: tuple[str, ...], codebook: tuple[str, ...], case: str | None, mode: str) -> None:
    """Begin a project: one file, with its codebooks and its first case."""
    books = (*codebook, *more) or ("four-process",)
    with qualcase.create(Path(file), books, case=case, mode=mode, coder=settings().coder) as project:
        made = [book.id for book in project.codebook.all()]
        document = {
            "project": str(project.path),
            "codebooks": made,
            "mode": project.mode,
            "cases": list(project.cases.list()),
            "coder": project.coder,
        }
    emit(
        document, (f"Began {file} with {' and '.join(made)}, in mode {mode}.", "Next: qualcase import PATH…")
    )
