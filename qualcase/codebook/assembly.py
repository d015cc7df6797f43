"""Rows of a file put together into a codebook; a clash names the lines of both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from qualcase.codebook.checks import ERROR, check_codebook
from qualcase.codebook.errors import CodebookFileError
from qualcase.codebook.tree import depth_first

if TYPE_CHECKING:
    from collections.abc import Collection

    from qualcase.codebook.document import Place
    from qualcase.model.code import Code, Codebook


class Row(NamedTuple):
    """A code and where in the file it stands."""

    code: Code
    place: Place


def assemble(codebook: Codebook, rows: tuple[Row, ...], *, name: str) -> Codebook:
    """Return the codebook with the codes of the rows, depth first; CodebookFileError at the first error."""
    codebook = replace(codebook, codes=tuple(row.code for row in rows))
    for finding in check_codebook(codebook):
        if finding.level == ERROR:
            raise _fault(finding.message, [rows[index].place for index in finding.where], name)
    return replace(codebook, codes=depth_first(codebook.codes))


def free_id(name: str, parent: str | None, taken: Collection[str]) -> str:
    """Return an id for a code that has none: its name, after its parent's id where that is taken."""
    own = " ".join(name.split())
    return own if parent is None or own not in taken else f"{parent}.{own}"


def _fault(message: str, places: list[Place], name: str) -> CodebookFileError:
    if not places:
        return CodebookFileError(name, message)
    if len(places) > 1:
        message += f" (first on line {places[1].line})"
    return CodebookFileError(name, message, places[0])
