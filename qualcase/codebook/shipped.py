"""The codebooks that come with qualcase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.codebook.errors import UnknownCodebookError
from qualcase.codebook.yaml_file import read_codebook
from qualcase.model.shipped import shipped_path

if TYPE_CHECKING:
    from qualcase.model.code import Codebook


def shipped_codebooks() -> tuple[str, ...]:
    """Return the names of the shipped codebooks, sorted."""
    return tuple(sorted(path.stem for path in shipped_path("codebooks").glob("*.yaml")))


def read_shipped(name: str) -> Codebook:
    """Return a shipped codebook by its name; UnknownCodebookError where none is called so."""
    if name not in shipped_codebooks():
        raise UnknownCodebookError(name, shipped_codebooks())
    path = shipped_path("codebooks") / f"{name}.yaml"
    return read_codebook(path.read_text(encoding="utf-8"), name=path.name)
