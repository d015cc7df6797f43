"""Two copies of one project, Anna's and Bo's, and what is done in them."""

from __future__ import annotations

from qualcase.project import open_project


def anna(copies):
    """Open Anna's copy as Anna."""
    return open_project(copies[0], coder="Anna")


def bo(copies):
    """Open Bo's copy as Bo."""
    return open_project(copies[1], coder="Bo")
