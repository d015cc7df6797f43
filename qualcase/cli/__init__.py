"""The command line: one file a command group, over the project's one door."""

from __future__ import annotations

from qualcase.cli.main import cli, main

__all__ = ["cli", "main"]
