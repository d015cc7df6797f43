"""Crosswalks between codebooks: showing them, bringing them in, taking them out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcase.cli.codebook import codebook
from qualcase.cli.codebook_lines import crosswalk_lines
from qualcase.cli.codebook_options import why
from qualcase.cli.opening import opened
from qualcase.cli.output import emit, write_file
from qualcase.cli.shapes import crosswalk_shape
from qualcase.model.errors import UnknownNameError

if TYPE_CHECKING:
    from qualcase.model.code import Crosswalk
    from qualcase.project import Project


@codebook.command(example="qualcase codebook crosswalk")
@click.argument("name", metavar="[CROSSWALK]", required=False)
@click.option("--import", "taken", metavar="FILE", help="Bring one in from a CSV file, or replace it.")
@click.option("--export", "written", metavar="FILE", help="Write it to a CSV file.")
@click.option("--remove", is_flag=True, help="Take it out of the project.")
@why
def crosswalk(name: str | None, taken: str | None, written: str | None, reason: str, *, remove: bool) -> None:
    """Show what in one codebook answers to what in another, and where one has nothing."""
    if sum((taken is not None, written is not None, remove)) > 1:
        raise click.UsageError("One at a time: --import, --export or --remove.")
    if remove and name is None:
        raise click.UsageError("Say which crosswalk to take out.")
    done: tuple[str, ...] = ()
    with opened() as project:
        if taken is not None:
            found: tuple[Crosswalk, ...] = (project.codebook.import_crosswalk(Path(taken), reason=reason),)
            done = ("Laid down:",)
        elif remove and name is not None:
            found = (project.codebook.drop_crosswalk(name, reason=reason),)
            done = ("Took out of the project:",)
        else:
            found = _named(project, name)
    document = {"crosswalks": [crosswalk_shape(item) for item in found]}
    if written is None:
        emit(document, (*done, *crosswalk_lines(found)))
        return
    _write(found, Path(written))
    emit(document | {"written": [written]}, (f"Wrote {found[0].id} to {written}.",))


def _named(project: Project, name: str | None) -> tuple[Crosswalk, ...]:
    found = tuple(item for item in project.codebook.crosswalks() if name in {None, item.id})
    if name is not None and not found:
        raise UnknownNameError("crosswalk", name, hint="`qualcase codebook crosswalk` lists them.")
    return found


def _write(found: tuple[Crosswalk, ...], path: Path) -> None:
    from qualcase.codebook.crosswalk_csv import write_crosswalk  # noqa: PLC0415 - not for --help

    if len(found) != 1:
        raise click.UsageError(f"There are {len(found)} crosswalks; say which to write.")
    write_file(path, write_crosswalk(found[0]).encode())
