"""Taking in a colleague's copy of the project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcase.cli.groups import Command
from qualcase.cli.opening import opened
from qualcase.cli.output import emit

if TYPE_CHECKING:
    from qualcase.project.merging import Merged


@click.command(cls=Command, example="qualcase merge bo.qualcase --dry-run")
@click.argument("file", metavar="FILE", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--accept-clock", is_flag=True, help="Take acts that are dated more than a day ahead.")
def merge(file: str, *, dry_run: bool, accept_clock: bool) -> None:
    """Take in a colleague's copy of the project; a backup is made before, and one undo takes it back.

    Of two edits of one thing the later holds. What was deleted in one copy stays deleted. Where two memos
    or definitions differ, both are kept.
    """
    from qualcase.project.merging import say_merged  # noqa: PLC0415 - the desk loads storage

    with opened() as project:
        merged = project.merging.merge(Path(file), dry_run=dry_run, accept_clock=accept_clock)
    emit(_shape(merged, dry_run=dry_run), say_merged(merged, dry_run=dry_run))


def _shape(merged: Merged, *, dry_run: bool) -> dict[str, Any]:
    from qualcase.project.merging import say_conflict  # noqa: PLC0415 - the desk loads storage

    groups = {"added": merged.added, "changed": merged.changed, "removed": merged.removed}
    conflicts = [
        {
            "record": one.record,
            "id": one.uid,
            "name": merged.names.get(one.uid, one.uid),
            "kept": one.kept,
            "ours": one.ours,
            "theirs": one.theirs,
            "sentence": say_conflict(one, merged.names),
        }
        for one in merged.conflicts
    ]
    renamed = [
        {"record": one.record, "id": one.uid, "from": one.before, "to": one.since} for one in merged.renamed
    ]
    return {
        **{name: sum(group.values()) for name, group in groups.items()},
        "conflicts": conflicts,
        "renamed": renamed,
        "kinds": groups,
        "operations": merged.operations,
        "memos_kept": merged.kept,
        "under_retired": merged.stranded,
        "review": merged.review,
        "dry_run": dry_run,
        "backup": None if merged.backup is None else str(merged.backup),
    }
