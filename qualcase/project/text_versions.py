"""The texts that a source has had: each correction made a version, and none of them is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.errors import UnknownNameError
from qualcase.storage.reading.sources import list_text_versions
from qualcase.storage.texts import read_blocks, read_text, read_turns

if TYPE_CHECKING:
    from qualcase.model.source import Block, Source, Turn
    from qualcase.project.project import Project


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One text of a source, with its turns and blocks; `at` is ISO 8601 in UTC, `coder` who brought it in."""

    number: int
    coder: str
    at: str
    text: str
    turns: tuple[Turn, ...]
    blocks: tuple[Block, ...]
    current: bool


def read_version(project: Project, source: Source, number: int) -> TextVersion:
    """Return a source's text in the version of a number; UnknownNameError where it has none of it."""
    with project.store.reading() as connection:
        versions = {one.number: one for one in list_text_versions(connection, source.uid)}
        if number not in versions:
            known = ", ".join(str(one) for one in versions)
            hint = f"{source.handle} has {'version' if len(versions) == 1 else 'the versions'} {known}."
            raise UnknownNameError("version of the text", str(number), hint=hint)
        found = versions[number]
        return TextVersion(
            number,
            found.coder,
            found.at,
            read_text(connection, found.uid),
            read_turns(connection, found.uid),
            read_blocks(connection, found.uid),
            found.current,
        )
