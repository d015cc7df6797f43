"""Beginning a project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcase.model.errors import UsageError
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation
from qualcase.project.codebook import codebook_changes, load_codebook
from qualcase.project.project import Project, default_coder
from qualcase.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

MODES = ("coding-reliability", "codebook", "reflexive")
DEFAULT_CODEBOOK = "four-process"


def create_project(
    path: str | Path,
    codebooks: Sequence[str | Path] = (DEFAULT_CODEBOOK,),
    *,
    case: str | None = None,
    mode: str = "codebook",
    coder: str | None = None,
) -> Project:
    """Make a new project with codebooks by name or file, a first case, and a mode.

    Everything is read and checked before the file is made; the file appears whole or not at all.
    """
    path = Path(path)
    if mode not in MODES:
        raise UsageError(f"“{mode}” is not a mode.", hint=f"Choose one of {', '.join(MODES)}.")
    books = [load_codebook(name) for name in codebooks]
    if len({book.id for book in books}) < len(books):
        raise UsageError("The same codebook was named twice.")
    case = case or path.stem
    if not case.strip():
        raise UsageError("A case needs a name.")
    changes = [
        Change("project", new_uid(), None, {"name": path.stem, "mode": mode}),
        Change("study_case", new_uid(), None, {"name": case}),
    ]
    for position, book in enumerate(books):
        changes += codebook_changes(book, position=position)
    operation = Operation("new", f"Began the project {path.stem}", tuple(changes))
    who = coder or default_coder()
    store = Store.create(path, operation, coder=who)
    return Project(store, who)
