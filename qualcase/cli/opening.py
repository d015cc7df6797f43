"""Which project is meant, and opening it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import qualcase
from qualcase.cli.diagnostics import say
from qualcase.cli.options import settings
from qualcase.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.project import Project


@contextmanager
def opened() -> Iterator[Project]:
    """Open the project that is meant, as the coder who acts, and close it after."""
    with qualcase.open(find_project(), coder=settings().coder) as project:
        yield project


@contextmanager
def opened_to_read() -> Iterator[Project]:
    """Open the project that is meant; say on stderr if some codings are not shown to the coder who acts."""
    from qualcase.project.independence import told_hidden  # noqa: PLC0415 - acts do without it

    with opened() as project:
        yield project
        hidden = told_hidden(project)
    if hidden:
        say(hidden)


def find_project() -> str:
    """Return the project that was named, or the only one in the current folder."""
    named = settings().project or os.environ.get("QUALCASE_PROJECT", "").strip()
    if named:
        return named
    here = sorted(path.name for path in Path.cwd().glob("*.qualcase") if not path.name.startswith("."))
    if not here:
        raise UsageError(
            "There is no project in this folder.",
            hint="Name one with -p FILE, or begin one: qualcase new study.qualcase",
        )
    if len(here) > 1:
        message = f"There are {len(here)} projects in this folder: {', '.join(here)}."
        raise UsageError(message, hint=f"Name the one you mean: -p {here[0]}")
    return here[0]
