"""The one door: a project with its desks, used alike by the command line, the terminal UI and notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.project.project import Project, open_project

if TYPE_CHECKING:
    from qualcase.project.creation import create_project

__all__ = ["Project", "create_project", "open_project"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute may be anything
    """Return `create_project`, whose rooms (codebooks, files) an existing project does not need."""
    if name != "create_project":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from qualcase.project.creation import create_project  # noqa: PLC0415 - see above

    return create_project
