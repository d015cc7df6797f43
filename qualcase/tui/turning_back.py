"""Taking the last act back and doing it again, from screens that show more than one kind of thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcase.project.project import Project


def undo_last(project: Project) -> str:
    """Take back the coder's last act and return the sentence that says so."""
    return f"Undone: {project.journal.tell(project.journal.undo())}"


def redo_last(project: Project) -> str:
    """Do again what the coder took back last and return the sentence that says so."""
    return f"Done again: {project.journal.tell(project.journal.redo())}"
