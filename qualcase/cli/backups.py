"""Backups of the project: making, listing and restoring them."""

from __future__ import annotations

from pathlib import Path

import click

from qualcase.cli.groups import Command
from qualcase.cli.opening import find_project, opened
from qualcase.cli.options import settings
from qualcase.cli.output import emit, table_lines
from qualcase.cli.progress import Progress
from qualcase.model.errors import UsageError
from qualcase.reports.wording import plural


@click.command(cls=Command, example="qualcase backup")
@click.argument("file", metavar="[FILE]", type=click.Path(), required=False)
@click.option("--list", "show", is_flag=True, help="List the backups beside the project instead.")
def backup(file: str | None, *, show: bool) -> None:
    """Copy the project, and prove the copy; without FILE into the folder of backups beside it.

    The folder keeps every backup of two days, then the last of 7 days, 4 weeks and 6 months. One is also
    made before every merge, restore and change of format, before 1,000 rows or more are deleted, and
    when half an hour of edits has none yet.
    """
    if show and file:
        raise UsageError("A file is not needed to list the backups.")
    if show:
        _list()
        return
    with opened() as project:
        made = project.backups.write(Path(file) if file else None)
    document = {"ok": True, "file": str(made.path), "operations": made.operations, "digest": made.digest}
    emit(document, (f"Wrote {made.path}: {plural(made.operations, 'act')}, verified.",))


def _list() -> None:
    with opened() as project:
        found = project.backups.list()
    rows = [(f"{one.made_at:%Y-%m-%d %H:%M}", one.reason, str(one.path)) for one in found]
    document = [
        {"made_at": one.made_at.isoformat(), "reason": one.reason, "file": str(one.path)} for one in found
    ]
    lines = table_lines(("made (UTC)", "before", "file"), rows) if rows else ("There are no backups yet.",)
    emit({"ok": True, "backups": document}, lines)


@click.command(
    cls=Command,
    example="qualcase restore .study-backups/20261122-101500-000000-merge-0123456789abcdef.backup",
)
@click.argument("file", metavar="FILE", type=click.Path())
@click.option("--anyway", is_flag=True, help="Also where it was altered, or is another project's.")
def restore(file: str, *, anyway: bool) -> None:
    """Make the project what a backup holds, whole or not at all; what it replaces is backed up first.

    The backup is verified before, to the last row. The project itself may be damaged; name it with -p where
    it is gone.
    """
    from qualcase.project.backups import restore_project  # noqa: PLC0415 - loads storage

    project = Path(find_project())
    with Progress("acts") as progress:
        told = None if settings().json else progress
        done = restore_project(project, Path(file), anyway=anyway, progress=told)
    replaced = None if done.replaced is None else str(done.replaced)
    document = {
        "ok": True, "file": file, "operations": done.copy.operations, "digest": done.copy.digest,
        "replaced": replaced,
    }  # fmt: skip
    how = "taken as it is" if anyway else "verified"
    lines = [f"{project} is as it was in {file}: {plural(done.copy.operations, 'act')}, {how}."]
    if replaced:
        lines.append(f"What it was until now: {replaced}")
    emit(document, lines)
