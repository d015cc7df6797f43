"""Files that may come in: what each would become, what the person says of it, and whether it is to come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcase.project.importing import ImportOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from qualcase.model.source import Source
    from qualcase.project.importing import ImportReport
    from qualcase.project.preview import Preview

# What can be said of a file, or of all of them.
FACTS = ("kind", "date", "case", "informant", "speakers", "encoding")


@dataclass(slots=True)
class Newcomer:
    """A file: what it would become, or why it is refused; both empty until it was read.

    `own` is what was said of this file alone, `source` what it has become.
    """

    path: Path
    preview: Preview | None = None
    refusal: str = ""
    own: dict[str, str] = field(default_factory=dict)
    left_out: bool = False
    source: Source | None = None


class Arrivals:
    """The files under one's eyes, in their order; what is said of all of them holds where nothing else is."""

    def __init__(self, paths: Iterable[Path] = (), metadata: Path | None = None) -> None:
        self.files = [Newcomer(path) for path in paths]
        self.common: dict[str, str] = {}
        self.metadata = metadata

    def find(self, path_text: str | None) -> Newcomer | None:
        """Return the file with a path."""
        return next((one for one in self.files if str(one.path) == path_text), None)

    def said(self, file: Newcomer) -> dict[str, str]:
        """Return what holds for a file: said of it, or else of all."""
        return {name: value for name, value in (self.common | file.own).items() if value}

    def options(self, file: Newcomer) -> ImportOptions:
        """Return what was said of a file as an import takes it."""
        said = self.said(file)
        given = {name: said.get(name) for name in FACTS}
        return ImportOptions(metadata=self.metadata, **given)  # type: ignore[arg-type]  # all of them are words

    def say(self, answers: Mapping[str, str], file: Newcomer | None = None) -> list[Newcomer]:
        """Note what was said of a file, or of all; return those that are to be read again."""
        told = {name: answers.get(name, "") for name in FACTS}
        before = {str(one.path): self.said(one) for one in self.files}
        if file is None:
            self.common = told
        else:
            file.own = {name: value for name, value in told.items() if value != self.common.get(name, "")}
        return [one for one in self.files if self.said(one) != before[str(one.path)]]

    def twin(self, file: Newcomer) -> Newcomer | None:
        """Return the file before this one that has the same content and comes in."""
        if file.preview is None:
            return None
        for one in self.files:
            if one is file:
                return None
            if one.preview and one.preview.sha256 == file.preview.sha256 and not one.left_out:
                return one
        return None

    def fate(self, file: Newcomer) -> str:
        """Return what becomes of a file: in, unread, refused, left out, there, or twin."""
        if file.source is not None:
            return "in"
        if file.refusal:
            return "refused"
        if file.left_out:
            return "left out"
        if file.preview is None:
            return "unread"
        if file.preview.same_as:
            return "there"
        return "twin" if self.twin(file) else "comes"

    @property
    def coming(self) -> list[Newcomer]:
        """The files that an import would take now, those among them that were not read yet."""
        return [one for one in self.files if self.fate(one) in {"comes", "unread"}]

    def take_table(self, table: Path | None) -> None:
        """Let a table speak for the files; it is then no source itself."""
        self.metadata = table
        for one in self.files:
            if table is not None and one.path.resolve() == table.resolve():
                one.left_out = True

    def settle(self, report: ImportReport) -> None:
        """Note what an import made of the files."""
        made = dict(zip(report.files, report.imported, strict=True))
        refused = {one.path: one.reason for one in report.refused}
        for file in self.files:
            file.source = made.get(str(file.path), file.source)
            file.refusal = refused.get(str(file.path), file.refusal)
