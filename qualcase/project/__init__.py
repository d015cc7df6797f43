"""The one door: a project with its desks, used alike by the command line, the terminal UI and notebooks."""

from __future__ import annotations

from qualcase.project.project import Project, create_project, open_project

__all__ = ["Project", "create_project", "open_project"]
